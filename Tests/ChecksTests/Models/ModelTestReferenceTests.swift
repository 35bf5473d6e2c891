import Platform
import SystemPackage
import Testing

@testable import Checks

@Suite("The reference of model tests") struct ModelTestReferenceTests {
  private func page() throws -> String {
    try FileSystem.readText(
      FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
        .removingLastComponent().appending("docs/reference/model-tests.md"))
  }

  @Test("its keys are those that are read") func keys() throws {
    let page = try page()
    // The first cells of tables; a row may be of several keys.
    let cells = page.split(separator: "\n").filter { $0.hasPrefix("| `") }
      .map { String($0.dropFirst().prefix { $0 != "|" }) }
    for key in ModelSuiteReader.keys {
      #expect(cells.contains { $0.contains("`\(key)`") }, "`\(key)` has no row")
    }
    let keys =
      ModelSuiteReader.caseKeys + ModelSuiteReader.longKeys + ModelSuiteReader.validationKeys
    for key in Set(keys).sorted() { #expect(page.contains("`\(key)`"), "`\(key)` is not told of") }
  }

  @Test("its suites can be read") func suites() throws {
    let blocks = try page().split(separator: "```").filter { $0.hasPrefix("yaml\n") }
    #expect(!blocks.isEmpty)
    for block in blocks {
      let suite = try ModelSuite(parsing: Array(block.dropFirst(5).utf8), file: "m.yml")
      #expect(suite.tests.count > 3)
    }
  }
}
