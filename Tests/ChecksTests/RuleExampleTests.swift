import Checks
import Platform
import Support
import SystemPackage
import Testing

@Suite("The rules that are shipped") struct RuleExampleTests {
  private static let folder = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent().appending("lint-rules")

  @Test("every example is as its rule says")
  func examples() throws {
    let library = try RuleLibrary([(Self.folder, "lint-rules")], withExamples: true)
    #expect(library.rules.count > 0)
    let problems = try RuleTest.run(library)
    #expect(problems.map(\.description) == [])
  }
}
