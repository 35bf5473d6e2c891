import Formats
import Notebooks
import Platform
import Support
import SystemPackage
import Testing

/// What stands on the disk of a notebook that does not come to its end.
@Suite("Notebooks on the disk before their end") struct NotebookSavingInterop {
  private func write(_ sources: [String], kernel: String, to path: FilePath) throws {
    var document = NotebookWorld.notebook(sources)
    document.metadata["kernelspec"] = [
      "name": .string(kernel), "display_name": "K", "language": "python",
    ]
    document.cells[0].tags = ["parameters"]
    document.cells[0].metadata["execution"] = ["iopub.status.busy": "2020-01-01T00:00:00Z"]
    document.cells[0].executionCount = 7
    document.cells[0].outputs = [["output_type": "stream", "name": "stdout", "text": "old"]]
    try document.write(to: path)
  }

  @Test("a cell that has ended is on the disk while the next one runs, whatever ends us then")
  func killed() async throws {
    let world = try NotebookWorld()
    try write(["a", "b", "hang"], kernel: "ok", to: world.folder.path.appending("in.ipynb"))
    // Without saves in the middle of a cell: only what is owed for the second can bring it there.
    let command = """
      '\(Program.path)' notebook run in.ipynb out.ipynb --cold --no-progress-bar \
        --autosave-cell-every 0 &
      for i in $(seq 600); do grep -q '"b.n"' out.ipynb 2>/dev/null && break; sleep 0.1; done
      kill -9 $!; wait $!
      """
    let result = try await Program.run(
      "/bin/bash", ["-c", command], in: world.folder.path, environment: world.variables)
    #expect(result.status == 137, "\(result.error)")
    let left = try NotebookDocument(reading: world.folder.path.appending("out.ipynb"))
    let texts = left.cells.map { $0.outputs.compactMap { $0["text"]?.string }.joined() }
    #expect(texts.prefix(2) == ["a\n", "b\n"])
    #expect(left.cells.map(\.status) == [.completed, .completed, .running])
  }

  @Test("a pipe and standard output under its name get the notebook once, when it has run")
  func pipes() async throws {
    let world = try NotebookWorld()
    try write(["a", "b"], kernel: "ok", to: world.folder.path.appending("in.ipynb"))
    // The limit is one that no clock can be set to.
    let command = """
      run() { '\(Program.path)' notebook run in.ipynb "$1" --cold --no-progress-bar \
        --start-timeout \(Int.max) --execution-timeout \(Int.max) --autosave-cell-every 0; }
      run /dev/stdout | cat > stdout.ipynb; mkfifo pipe; cat pipe > pipe.ipynb & run pipe; wait $!
      """
    let result = try await Program.run(
      "/bin/bash", ["-c", command], in: world.folder.path, environment: world.variables)
    #expect(result.status == 0, "\(result.error)")
    for name in ["stdout.ipynb", "pipe.ipynb"] {
      let got = try NotebookDocument(reading: world.folder.path.appending(name))
      #expect(got.cells.map(\.status) == [.completed, .completed], "\(name)")
    }
  }

  @Test("a file for what cells print that cannot be written is told before the kernel starts")
  func copies() async throws {
    let world = try NotebookWorld()
    try write(["a"], kernel: "ok", to: world.folder.path.appending("in.ipynb"))
    let result = try await Program.run(
      ["notebook", "run", "in.ipynb", "out.ipynb", "--cold", "--stdout-file", "none/x"],
      in: world.folder.path, environment: world.variables)
    #expect(result.status == 1 && result.error.contains("none/x"), "\(result)")
    #expect(!FileSystem.exists(world.folder.path.appending("out.ipynb")))
  }

  @Test("without a kernel the notebook is there as papermill leaves it, and no cell is completed")
  func kernels() async throws {
    let world = try NotebookWorld()
    for (kernel, words) in [("nosuch", "there is no kernel"), ("die", "while it was started")] {
      try write(["x = 1", "x"], kernel: kernel, to: world.folder.path.appending("in.ipynb"))
      for (number, options) in [[], ["--no-request-save-on-cell-execute"]].enumerated() {
        let name = "\(kernel)\(number).ipynb"
        let ours = try await Program.run(
          ["notebook", "run", "in.ipynb", name, "-p", "x", "2"] + options, in: world.folder.path,
          environment: world.variables)
        #expect(ours.status == 1 && ours.error.contains(words), "\(ours)")
      }
    }
    let answer = try Peer.run(Self.comparing, in: world.folder)
    #expect(answer["compared"]?.int == 3)
    #expect(answer["differences"]?.array?.map { $0.text() } == [])
  }

  /// Runs the same with papermill; what differs from run to run is blanked, and so is the status of cells that never ran.
  private static let comparing = #"""
    import json, os, papermill
    from pathlib import Path
    os.environ["JUPYTER_PATH"] = f"{folder}/jupyter"
    os.environ["IPYTHONDIR"] = f"{folder}/ipython"
    os.chdir(folder)

    def plain(name, status):
        text = json.loads(Path(name).read_text())
        about = text["metadata"]["papermill"]
        assert about["duration"] > 0 and about["start_time"] < about["end_time"]
        for key in ["duration", "start_time", "end_time", "output_path"]: about[key] = key
        for cell in text["cells"]:
            if "injected-parameters" in cell["metadata"]["tags"]: cell["id"] = "made"
            assert cell["metadata"]["papermill"]["status"] == status
            cell["metadata"]["papermill"]["status"] = None
        return text

    compared, differences = 0, []
    for kernel in ["nosuch", "die"]:
        notebook = json.loads(Path("in.ipynb").read_text())
        notebook["metadata"]["kernelspec"]["name"] = kernel
        Path("in.ipynb").write_text(json.dumps(notebook))
        for number, saves in enumerate([True, False]):
            name = f"{kernel}{number}.ipynb"
            try:
                papermill.execute_notebook("in.ipynb", "theirs-" + name, {"x": 2},
                    request_save_on_cell_execute=saves, progress_bar=False)
                differences.append([name, "papermill ran it"])
            except Exception: pass
            there = Path("theirs-" + name).exists()
            if not there:
                if kernel == "nosuch" and Path(name).exists(): differences.append([name, "is there"])
                compared += kernel == "nosuch"
            else:
                compared += 1
                theirs, ours = plain("theirs-" + name, "completed"), plain(name, "pending")
                # nbclient writes nothing of a cell that it never began; the times of an old run stay with papermill.
                for cell in theirs["cells"]: cell["metadata"].pop("execution", None)
                if theirs != ours: differences.append([name, theirs, ours])
    json.dump({"compared": compared, "differences": differences}, open(f"{folder}/result.json", "w"))
    """#
}
