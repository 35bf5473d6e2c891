import Formats
import Platform
import Support
import SystemPackage
import Testing

/// Notebooks as entry points, in the peers' kernel.
@Suite("Notebooks as entry points") struct NotebookEntryInterop {
  private func environment(_ folder: borrowing TemporaryFolder) throws -> [String: String] {
    let bin = try Peer.python.removingLastComponent().string
    // Kernels that are left waiting for the next run are no business of a test.
    return ["PATH": bin + ":/usr/bin:/bin", "CI": "1", "MPLCONFIGDIR": folder.path.string]
  }

  private func run(
    _ words: [String], in project: FilePath, _ variables: [String: String]
  ) async throws -> Program.Result {
    try await Program.run(words, in: project, environment: variables)
  }

  @Test("the example's notebook is run, recorded, read by nbformat, and played again to the same")
  func example() async throws {
    let folder = try TemporaryFolder()
    let project = folder.path.appending("islands")
    try FileSystem.copyTree(
      Program.repository.appending("project-examples/islands"), to: project)
    try await Program.shell("git init -q . && git add -A && git commit -qm one", in: project)
    let variables = try environment(folder)
    let made = try await run(["run", "-P", "species=Gentoo"], in: project, variables)
    #expect(made.status == 0, "\(made.error)")
    #expect(made.output == "Gentoo: 54.6 g a millimetre, correlation 0.70\n")
    let shown = try await run(["runs", "show", "--json"], in: project, variables)
    let record = try JSONValue(parsing: shown.output)
    let metric = try #require(record["metrics"]?["correlation"]?.number)
    #expect(abs(metric - 0.7027) < 0.001)
    #expect(record["tags"]?["reprise.kernel_start"]?.string == "cold")
    #expect(record["outputs"]?.array?.first?["path"]?.string == "results/lines.csv")
    let document = FilePath(try #require(record["artifact_uri"]?.string)).appending("document")
    let judged = try await Program.run(
      Peer.python,
      [
        "-c",
        """
        import nbformat, sys
        nb = nbformat.read(sys.argv[1], as_version=4)
        nbformat.validate(nb)
        code = [c for c in nb.cells if c.cell_type == "code"]
        print([c.execution_count for c in code], [[o.output_type for o in c.outputs] for c in code])
        print(nb.metadata.papermill.parameters, "injected-parameters" in code[1].metadata.tags)
        """, document.appending("out.ipynb").string,
      ], in: project)
    #expect(
      judged.output == """
        [1, 2, 3, 4, 5, 6] [[], [], ['execute_result'], ['display_data'], ['execute_result'], ['stream']]
        {'species': 'Gentoo'} True

        """, "\(judged.error)")
    let page = try FileSystem.readText(document.appending("report.html"))
    #expect(page.contains("data:image/png;base64,"))
    let replay = try await run(["replay", "latest", "--json"], in: project, variables)
    #expect(replay.status == 0, "\(replay.error)")
    let verdict = try JSONValue(parsing: replay.output)
    #expect(verdict["verdict"]?.string != "different", "\(replay.output)")
  }

  @Test(
    "a cell that fails, a time limit, an MLflow client, and what is wrong before the kernel starts")
  func others() async throws {
    let folder = try TemporaryFolder()
    let variables = try environment(folder)
    func notebook(_ name: String, _ cells: String...) throws {
      let cells: [JSONValue] = cells.enumerated().map { index, source in
        [
          "cell_type": "code", "id": .string("c\(index)"), "source": .string(source), "outputs": [],
          "execution_count": nil,
          "metadata": index == 0 ? ["tags": ["parameters"]] : [:],
        ]
      }
      let value: JSONValue = [
        "nbformat": 4, "nbformat_minor": 5, "cells": .array(cells),
        "metadata": [
          "kernelspec": ["name": "python3", "display_name": "Python", "language": "python"]
        ],
      ]
      try folder.write(value.text(), to: name)
    }
    try notebook("fails.ipynb", "a = 1", "print('before')", "1 / (a - 1)", "print('never')")
    try notebook("hangs.ipynb", "a = 1", "import time\ntime.sleep(600)")
    try notebook(
      "logs.ipynb", "a = 1.5",
      "import mlflow\nmlflow.log_metric('m', a)\nmlflow.log_param('p', 'q')")
    try notebook("dies.ipynb", "a = 1", "import os\nos.kill(os.getpid(), 9)")
    try folder.write(
      """
      entry_points:
        fails: {notebook: fails.ipynb}
        hangs: {notebook: hangs.ipynb, timeout: 8}
        logs: {notebook: logs.ipynb, parameters: {a: {type: float, default: 2.5}}}
        dies: {notebook: dies.ipynb}
        gone: {notebook: gone.ipynb}
        other: {notebook: fails.ipynb, parameters: {b: {type: int, default: 1}}}
      """, to: "MLproject")
    let place = folder.path
    let fails = try await run(["run", "-e", "fails"], in: place, variables)
    #expect(fails.status == 1)
    #expect(fails.output == "before\n")
    #expect(fails.error.contains("ZeroDivisionError: division by zero"))
    #expect(fails.error.contains("cell 3 of `fails.ipynb` failed"))
    let hangs = try await run(["run", "-e", "hangs"], in: place, variables)
    #expect(hangs.status == 124, "\(hangs.error)")
    let logs = try await run(["run", "-e", "logs", "--json"], in: place, variables)
    let record = try JSONValue(parsing: logs.output)
    #expect(record["metrics"]?["m"]?.number == 2.5, "\(logs.error)")
    #expect(record["params"]?["p"]?.string == "q")
    let dies = try await run(["run", "-e", "dies"], in: place, variables)
    #expect(dies.status == 138)
    #expect(dies.error.contains("SIGKILL"), "\(dies.error)")
    for (words, part) in [
      (["-e", "gone"], "does not exist"), (["-e", "other"], "has no parameter `b`"),
      (["-e", "fails", "-P", "a=x"], "a"), (["-e", "fails", "-P", "aa=1"], "did you mean `a`?"),
    ] {
      let wrong = try await run(["run"] + words, in: place, variables)
      #expect(wrong.status == 2)
      #expect(wrong.error.contains(part), "\(wrong.error)")
    }
    let runs = try await run(["runs", "--json"], in: place, variables)
    #expect(try JSONValue(parsing: runs.output).array?.count == 4)
  }
}
