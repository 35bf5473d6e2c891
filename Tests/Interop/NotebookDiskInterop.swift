import Notebooks
import Platform
import Support
import SystemPackage
import Testing

/// A disk that becomes full while a notebook runs: what fits is kept, and who lost what is said.
@Suite("Notebooks on a full disk") struct NotebookDiskInterop {
  /// Runs a notebook with files of at most so many KiB; papermill's folders are elsewhere.
  private func run(_ sources: [String], limit: Int, _ world: NotebookWorld) async throws
    -> Program.Result
  {
    var document = NotebookWorld.notebook(sources)
    document.metadata["kernelspec"] = ["name": "python3", "display_name": "Python 3"]
    try document.write(to: world.folder.path.appending("in.ipynb"))
    let command =
      "ulimit -f \(limit); '\(Program.path)' notebook run in.ipynb out.ipynb --cold --no-progress-bar"
    return try await Program.run(
      "/bin/bash", ["-c", command], in: world.folder.path, environment: world.variables)
  }

  @Test("the largest outputs are left out, the others are kept, and the end is told")
  func large() async throws {
    let world = try NotebookWorld()
    let sources = ["print('first')", "print('x' * 3_000_000)", "print('last')"]
    let result = try await run(sources, limit: 1000, world)
    #expect(result.status == 1)
    #expect(
      result.error.contains(
        "out.ipynb`: file too large; it stands there without the outputs of one cell"),
      "\(result.error)")
    let kept = try NotebookDocument(
      parsing: FileSystem.read(world.folder.path.appending("out.ipynb")))
    let texts = kept.cells.map { $0.outputs.compactMap { $0["text"]?.string }.joined() }
    #expect(texts[0] == "first\n" && texts[2] == "last\n")
    #expect(texts[1].hasSuffix("of outputs left out: no room on the disk\n"), "\(texts[1])")
    #expect(kept.cells.map(\.executionCount) == [1, 2, 3])
    #expect(try world.leftovers() == [])
    let names = try FileSystem.names(in: world.folder.path)
    #expect(names.filter { $0.hasPrefix("out.ipynb") || $0.hasPrefix(".out") } == ["out.ipynb"])
  }

  @Test("without room for the cells themselves no kernel is started") func none() async throws {
    let world = try NotebookWorld()
    let result = try await run(["# " + String(repeating: "x", count: 9000)], limit: 4, world)
    #expect(result.status == 1)
    #expect(result.error.contains("cannot write"), "\(result.error)")
    #expect(!FileSystem.exists(world.folder.path.appending("out.ipynb")))
    #expect(try world.leftovers() == [])
  }
}
