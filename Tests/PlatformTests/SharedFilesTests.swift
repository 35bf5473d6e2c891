import Platform
import Support
import SystemPackage
import Testing

@Suite("The program's own files") struct SharedFilesTests {
  private func holder(_ place: String) throws -> (TemporaryFolder, FilePath) {
    let folder = try TemporaryFolder()
    let holder = folder.path.pushing(FilePath(place)).lexicallyNormalized()
    for name in ["templates", "lint-rules"] {
      try FileSystem.createDirectory(holder.appending(name))
    }
    return (folder, holder)
  }

  @Test(
    "are found from where the program lies",
    arguments: [
      (".", ".build/x86_64-unknown-linux-gnu/debug/reprise"), (".", ".build-asan/release/reprise"),
      ("share/reprise", "bin/reprise"),
    ])
  func found(place: String, program: String) throws {
    let (folder, holder) = try holder(place)
    let found = try SharedFiles.folder(
      variables: [:], program: folder.path.pushing(FilePath(program)))
    #expect(found == holder)
  }

  @Test("are where REPRISE_HOME says, or that is said to be wrong")
  func home() throws {
    let (folder, holder) = try holder("elsewhere")
    let variables = ["REPRISE_HOME": holder.string]
    #expect(try SharedFiles.folder(variables: variables, program: "/bin/reprise") == holder)
    #expect(throws: Failure.self) {
      try SharedFiles.folder(
        variables: ["REPRISE_HOME": folder.path.string], program: "/bin/reprise")
    }
  }

  @Test("are missed with a hint")
  func missing() throws {
    let folder = try TemporaryFolder()
    let failure = try #require(throws: Failure.self) {
      try SharedFiles.folder(variables: [:], program: folder.path.appending("bin/reprise"))
    }
    #expect(failure.code == .notFound)
    #expect(failure.hint?.contains("REPRISE_HOME") == true)
  }
}
