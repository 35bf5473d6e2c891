import Support
import Testing

@Suite("What reprise notebook strip says") struct NotebookStripTests {
  private static let notebook =
    #"{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}"#

  @Test("files that are none by their names, keys that are none, and texts that are none")
  func messages() async throws {
    let folder = try TemporaryFolder()
    for name in ["a.ipynb", "a.json", "b.ipynb"] {
      try folder.write(name == "b.ipynb" ? "{\"cells\": 3}" : Self.notebook, to: name)
    }
    func strip(_ words: String...) async throws -> Program.Result {
      try await Program.run(["notebook", "strip"] + words, in: folder.path)
    }
    let named = try await strip("a.json")
    #expect(named.status == 0 && named.error.contains("`a.json` is no notebook by its name"))
    #expect(named.error.contains("--force"))
    #expect(try await strip("--force", "a.json").error == "")
    let keys = try await strip("--extra-keys", "metadata.x other", "a.ipynb")
    #expect(keys.status == 0)
    #expect(
      keys.error.contains("ignoring the key `other`: keys begin with `metadata.` or `cell.`"))
    #expect(!keys.error.contains("metadata.x"))
    let broken = try await strip("b.ipynb")
    #expect(broken.status == 1 && broken.error.contains("`b.ipynb` is no notebook: "))
    let remote = try await strip("s3://b/a.ipynb")
    #expect(remote.status == 1 && remote.error.contains("aws s3 cp s3://b/a.ipynb a.ipynb"))
  }
}
