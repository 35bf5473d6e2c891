import Formats
import Platform
import Support
import SystemPackage
import Testing

/// Runs of the built program, followed in a real browser on the built program's pages while they go on. Nothing waits for a
/// time: each cell waits until a file is there, and the browser until the page shows what it should.
@Suite("Interop.PagesLive") struct PagesLiveInterop {
  /// Runs a script on a project; see ``PagesLiveScripts``.
  private func look(_ script: String, _ files: [String: String]) throws -> JSONValue {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(text, to: "project/\(name)") }
    try folder.write(Program.path.string, to: "program")
    try folder.write("", to: "addresses")
    return try Peer.run(PagesBrowser.prologue + PagesLiveScripts.prologue + script, in: folder)
  }

  private func check(_ result: JSONValue, _ steps: [String]) {
    #expect(result["steps"]?.array?.compactMap(\.string) == steps)
    #expect(result["problems"]?.array == [])
  }

  @Test(
    "cells show what they put out while they run, and the end, without the page being loaded again")
  func following() throws {
    let result = try look(
      PagesLiveScripts.following,
      ["MLproject": PagesLiveScripts.manifest, "train.py": PagesLiveScripts.train])
    check(result, PagesLiveScripts.followingSteps)
    // A screen reader is told which cell runs, and of no output.
    #expect(
      result["said"]?.array?.compactMap(\.string) == [
        "Cell 3 of 4 is running.", "Cell 4 of 4 is running.", "4 of 4 cells ran.",
      ])
    #expect(result["looks"]?.int == 20)
  }

  @Test("a server that comes again, and a run that is killed, are seen on the page")
  func breaking() throws {
    let result = try look(
      PagesLiveScripts.breaking,
      ["MLproject": PagesLiveScripts.manifest, "train.py": PagesLiveScripts.train])
    check(result, PagesLiveScripts.breakingSteps)
  }

  @Test("a notebook's cells are followed too: what they replace, and what they take back")
  func notebook() throws {
    let cells: [JSONValue] = PagesLiveScripts.notebook.enumerated().map { index, source in
      [
        "cell_type": "code", "id": .string("c\(index)"), "source": .string(source), "outputs": [],
        "execution_count": nil, "metadata": index == 0 ? ["tags": ["parameters"]] : [:],
      ]
    }
    let notebook: JSONValue = [
      "nbformat": 4, "nbformat_minor": 5, "cells": .array(cells),
      "metadata": [
        "kernelspec": ["name": "python3", "display_name": "Python 3", "language": "python"],
        "language_info": ["name": "python"],
      ],
    ]
    let result = try look(
      PagesLiveScripts.notebookSteps,
      [
        "MLproject": "name: n\nentry_points:\n  main:\n    notebook: n.ipynb\n",
        "n.ipynb": notebook.text(),
      ])
    check(result, PagesLiveScripts.notebookStepNames)
  }
}
