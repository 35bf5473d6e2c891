import Formats
import Notebooks
import Platform
import Support
import SystemPackage
import Testing

/// Whole notebooks beside nbclient, which papermill runs them with too: the outputs of every cell.
@Suite("Notebooks as nbclient runs them") struct NotebookExecutionInterop {
  private static let count = 24

  private static let making =
    NotebookCorpus.script + #"""
      import json, nbformat
      for seed in range(COUNT): nbformat.write(make(seed), f"{folder}/{seed}.ipynb")
      json.dump(None, open(f"{folder}/result.json", "w"))
      """#

  /// Runs each notebook with nbclient and compares what came of it; texts of a stream are one, and what differs from run
  /// to run (addresses, numbers of processes) is taken out.
  private static let comparing = #"""
    import json, os, re, nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    os.environ["JUPYTER_PATH"] = f"{folder}/jupyter"
    os.environ["IPYTHONDIR"] = f"{folder}/ipython"
    PATTERNS = [(r"0x[0-9a-f]{6,}", "0x"), (r"ipykernel_\d+/\d+", "ipykernel")]

    def plain(value):
        if isinstance(value, str):
            for pattern, word in PATTERNS: value = re.sub(pattern, word, value)
            return value
        if isinstance(value, list): return [plain(item) for item in value]
        if isinstance(value, dict): return {key: plain(item) for key, item in value.items()}
        return value

    def outputs(cell):
        streams, others = {}, []
        for output in cell.outputs:
            if output.output_type != "stream": others.append(plain(json.loads(json.dumps(output))))
            else: streams[output.name] = streams.get(output.name, "") + plain(output.text)
        return {"count": cell.execution_count, "streams": streams, "others": others}

    differences, cells = [], 0
    for seed in range(COUNT):
        theirs = nbformat.read(f"{folder}/{seed}.ipynb", 4)
        failed = False
        try:
            NotebookClient(theirs, timeout=120, resources={"metadata": {"path": f"{folder}/run"}}).execute()
        except CellExecutionError:
            failed = True
        ours = nbformat.read(f"{folder}/{seed}.out.ipynb", 4)
        nbformat.validate(ours)
        status = json.load(open(f"{folder}/{seed}.json"))
        if status["failed"] != failed: differences.append([seed, status, failed])
        mine = [cell for cell in ours.cells if "papermill-error-cell-tag" not in cell.metadata.get("tags", [])]
        if len(mine) != len(theirs.cells): differences.append([seed, len(mine), len(theirs.cells)])
        for number, (left, right) in enumerate(zip(theirs.cells, mine)):
            if left.cell_type != "code": continue
            cells += 1
            if outputs(left) != outputs(right):
                differences.append([seed, number, left.source, outputs(left), outputs(right)])
        if ours.metadata.language_info != theirs.metadata.language_info: differences.append([seed, "language_info"])
    json.dump({"cells": cells, "differences": differences}, open(f"{folder}/result.json", "w"))
    """#

  @Test("24 notebooks of IPython and bash have the same outputs, cell by cell")
  func outputs() async throws {
    let world = try NotebookWorld()
    let words = "COUNT = \(Self.count)\n"
    _ = try Peer.run(words + Self.making, in: world.folder)
    for seed in 0..<Self.count {
      let document = try NotebookDocument(reading: world.folder.path.appending("\(seed).ipynb"))
      var execution = try world.execution(try #require(document.kernelName))
      execution.output = world.folder.path.appending("\(seed).out.ipynb")
      execution.kernel.allowsWarm = seed % 2 == 0
      execution.kernel.serverFolder = world.folder.path.appending("servers")
      execution.kernel.serverIdle = 20
      let result = try await execution.run(document, listener: NotebookWarnings())
      try world.folder.write("{\"failed\": \(result.exitCode != 0)}", to: "\(seed).json")
    }
    let answer = try Peer.run(words + Self.comparing, in: world.folder)
    #expect((answer["cells"]?.int ?? 0) > 100)
    #expect(answer["differences"]?.array?.map { $0.text() } == [])
    #expect(try world.leftovers() == [])
  }

  @Test("200,000 lines and a line of 20 MB come whole")
  func large() async throws {
    let world = try NotebookWorld()
    let result = try await world.run(
      "python3",
      ["for i in range(200_000): print('line', i)", "print('x' * 20_000_000)", "print('end')"])
    #expect(result.status == .completed)
    let lines = result.texts(0).joined()
    #expect(lines == (0..<200_000).map { "line \($0)\n" }.joined())
    #expect(result.texts(1).map(\.utf8.count) == [20_000_001])
    #expect(result.texts(2) == ["end\n"])
  }
}
