import Formats
import Notebooks
import Platform
import Runner
import Support
import SystemPackage
import Testing

/// `reprise notebook test` beside nbval, cell by cell.
@Suite("Notebooks as nbval tests them") struct NotebookTestInterop {
  private static let count = 24

  /// What a test says of a cell.
  private struct Word {
    var ours: CellVerdict.Kind
    var theirs: String

    var isSame: Bool { Self.word(for: ours) == theirs }

    private static func word(for kind: CellVerdict.Kind) -> String {
      switch kind {
      case .identical, .equal, .unchecked: "passed"
      case .different, .failed: "failed"
      case .skipped, .notRun: "skipped"
      }
    }

    /// Why we say something else; nil when there is no reason for that.
    func reason(_ fact: JSONValue) -> String? {
      let kind = fact["kind"]?.string ?? ""
      let mutation = fact["mutation"]?.string ?? ""
      let isPassed = ours == .identical || ours == .equal || ours == .unchecked
      switch (theirs, ours) {
      case (_, .skipped) where fact["marker"] == "skip-execution": return "skip-execution is kept"
      case ("passed", .different) where kind == "picture" && mutation == "picture":
        return "pictures are compared"
      case ("passed", .different) where kind == "unlike" && mutation == "reorder":
        return "the order of what is displayed counts"
      case ("failed", _) where !isPassed: return nil
      case ("failed", _) where mutation == "uncounted": return "outputs without a count are outputs"
      case ("failed", _) where kind == "error": return "an error that is stored is no failure"
      case ("failed", _) where kind == "cleared" || kind == "updated":
        return "outputs are what a person sees in the end"
      case ("failed", .equal) where ["time", "address", "id"].contains(kind):
        return "times, addresses and ids differ with every run"
      case ("failed", .equal) where mutation == "tiny": return "numbers have a tolerance"
      case ("failed", .equal) where mutation == "end": return "a last line needs no end"
      default: return nil
      }
    }
  }

  @Test("every cell of 24 notebooks gets nbval's verdict, or another for a reason that is known")
  func verdicts() async throws {
    let world = try NotebookWorld()
    let answer = try Peer.run(
      "COUNT = \(Self.count)\nSEED = 20261123\n" + NotebookTestPeer.script, in: world.folder)
    var (reasons, unexplained, words): ([String: Int], [String], [String: Int]) = ([:], [], [:])
    for mode in ["strict", "lax", "clean"] {
      let reports = try await mode == "clean" ? byProgram(world) : inProcess(world, mode == "lax")
      for seed in 0..<Self.count {
        let facts = try #require(answer["facts"]?["\(seed)"]?.array)
        let kinds = try #require(reports["\(seed).ipynb"])
        try #require(facts.count == kinds.count)
        for (number, fact) in facts.enumerated() {
          let theirs = answer[mode]?["\(seed).ipynb::Cell \(number)"]?.string ?? "nothing"
          let word = Word(ours: kinds[number], theirs: theirs)
          words["\(theirs) \(kinds[number].rawValue)", default: 0] += 1
          if word.isSame { continue }
          if let reason = word.reason(fact) {
            reasons[reason, default: 0] += 1
          } else {
            unexplained.append("\(mode) \(seed):\(number) \(word) \(fact.text())")
          }
        }
      }
    }
    #expect(unexplained == [])
    // The generator must not drift away from what differs, nor from what does not.
    #expect(reasons.count == 9, "\(reasons)")
    for pair in ["passed identical", "passed equal", "passed unchecked", "failed different"]
      + ["failed failed", "skipped skipped"]
    { #expect(words[pair, default: 0] > 5, "\(pair): \(words)") }
    #expect(try world.leftovers() == [])
  }

  /// In warm kernels, through the library.
  private func inProcess(
    _ world: NotebookWorld, _ isLax: Bool
  ) async throws -> [String: [CellVerdict.Kind]] {
    var reports: [String: [CellVerdict.Kind]] = [:]
    for seed in 0..<Self.count {
      let name = "\(seed).ipynb"
      let document = try NotebookDocument(reading: world.folder.path.appending(name))
      var execution = try world.execution("python3")
      execution.kernel.allowsWarm = true
      execution.kernel.serverFolder = world.folder.path.appending("servers")
      execution.kernel.serverIdle = 20
      var options = NotebookTestOptions()
      options.isLax = isLax
      let result = try await NotebookTest(document, execution, options)
        .run(listener: NotebookWarnings())
      #expect(result.status == .completed)
      reports[name] = result.cells.map(\.kind)
    }
    return reports
  }

  /// In cold kernels, with patterns and without pictures, as somebody types it.
  private func byProgram(_ world: NotebookWorld) async throws -> [String: [CellVerdict.Kind]] {
    let result = try await run(
      ["-j", "2", "--nbval-sanitize-with", "patterns.cfg", "--ignore-images", "--json"], world)
    #expect(result.status == 1, "\(result.error)")
    let reports = try #require(try JSONValue(parsing: result.output).array)
    #expect(reports.count == Self.count)
    return Dictionary(
      uniqueKeysWithValues: reports.map { report in
        let kinds = (report["cells"]?.array ?? []).map { cell in
          CellVerdict.Kind(rawValue: cell["verdict"]?.string ?? "") ?? .notRun
        }
        return (report["path"]?.string ?? "", kinds)
      })
  }

  private func run(_ words: [String], _ world: NotebookWorld) async throws -> Program.Result {
    try await Program.run(
      ["notebook", "test"] + words, in: world.folder.path, environment: try environment(world))
  }

  private func environment(_ world: NotebookWorld) throws -> [String: String] {
    var variables = world.variables
    // A kernel that is left waiting for the next run is no business of a test.
    variables["CI"] = "1"
    return variables
  }

  // MARK: With kernels, by ourselves

  private func write(_ sources: [String], to name: String, _ world: NotebookWorld) throws {
    var document = NotebookWorld.notebook(sources)
    document.metadata["kernelspec"] = ["name": "python3", "display_name": "Python 3"]
    for index in document.cells.indices { document.cells[index].executionCount = index + 1 }
    try document.write(to: world.folder.path.appending(name))
  }

  @Test("--update writes what differs and nothing else, so that it is the file that Jupyter wrote")
  func update() async throws {
    let world = try NotebookWorld()
    let made = try Peer.run(
      #"""
      import json, nbformat
      from nbclient import NotebookClient
      from nbformat.v4 import new_code_cell, new_notebook
      sources = ["import datetime\nprint(datetime.datetime.now())", "print('a')\ndisplay('b')\n{'c': 1}",
                 "print('same')", "1 / 0", "x = 2", "raise ValueError('v')"]
      book = new_notebook(cells=[new_code_cell(source) for source in sources])
      book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
      book.cells[5].metadata["tags"] = ["raises-exception"]
      NotebookClient(book, allow_errors=True).execute()
      nbformat.write(book, f"{folder}/true.txt")
      book.cells[1].outputs[1].data["text/plain"] = "'changed'"
      book.cells[1].outputs.append(nbformat.v4.new_output("stream", name="stderr", text="more"))
      book.cells[4].outputs = [nbformat.v4.new_output("display_data", data={"text/html": "<b>\n</b>"})]
      book.cells[5].outputs[0].evalue = "w"
      nbformat.write(book, f"{folder}/a.ipynb")
      json.dump([cell.execution_count for cell in book.cells], open(f"{folder}/result.json", "w"))
      """#, in: world.folder)
    #expect(made == [1, 2, 3, 4, 5, 6])
    let before = try world.folder.read("a.ipynb")
    let tested = try await run(["a.ipynb"], world)
    #expect(tested.status == 1, "\(tested)")
    #expect(tested.output.contains("a.ipynb:cell 2 different"))
    #expect(tested.output.contains("-'changed'\n+'b'"))
    #expect(try world.folder.read("a.ipynb") == before)
    let updated = try await run(["a.ipynb", "--update", "--json"], world)
    #expect(updated.status == 0, "\(updated)")
    let report = try #require(try JSONValue(parsing: updated.output).array?.first)
    #expect(report["verdict"] == "updated" && report["updated"] == true)
    #expect(report["counts"]?["different"] == 3 && report["counts"]?["equal"] == 1)
    // The traceback of the error is new, the rest is as it was.
    func lines(_ name: String) throws -> [Substring] {
      try world.folder.read(name).split(separator: "\n").filter { !$0.contains("\\u001b") }
    }
    #expect(try lines("a.ipynb") == lines("true.txt"))
    #expect(try await run(["a.ipynb"], world).status == 0)
    #expect(try world.leftovers() == [])
  }

  @Test("what a kernel cannot finish is a failure, and the rest was not run")
  func unfinished() async throws {
    let world = try NotebookWorld()
    try write(["1", "import time\ntime.sleep(100)", "2"], to: "slow.ipynb", world)
    try write(["x = 1", "import os\nos.kill(os.getpid(), 9)", "2"], to: "dead.ipynb", world)
    try write(["x = 1", "", "# nothing"], to: "good.ipynb", world)
    let result = try await run(
      [
        "slow.ipynb", "dead.ipynb", "good.ipynb", "--timeout", "10", "--junit", "out.xml", "--json",
      ],
      world)
    #expect(result.status == 1, "\(result.error)")
    let reports = try #require(try JSONValue(parsing: result.output).array)
    #expect(reports.map { $0["verdict"] } == ["failed", "failed", "same"])
    let verdicts = reports.map { $0["cells"]?.array?.map { $0["verdict"]?.string ?? "" } ?? [] }
    #expect(
      verdicts == [
        ["different", "failed", "not-run"], ["identical", "failed", "not-run"],
        ["identical", "identical", "identical"],
      ])
    let details = reports.map { $0["cells"]?.array?[1]["detail"]?.string ?? "" }
    #expect(details[0] == "it ran longer than 10 s", "\(details)")
    #expect(details[1].hasPrefix("the kernel died: killed by signal 9 (SIGKILL)"), "\(details)")
    let counts = try Peer.run(
      #"""
      import json, xml.etree.ElementTree as tree
      root = tree.parse(f"{folder}/out.xml").getroot()
      names = ("tests", "failures", "errors", "skipped")
      told = [[suite.get("name")] + [int(suite.get(name)) for name in names] for suite in root]
      found = [[suite.get("name"), len(suite)] + [len(suite.findall(f"testcase/{word}")) for word in
               ("failure", "error", "skipped")] for suite in root]
      json.dump([told, found, [int(root.get(name)) for name in names]], open(f"{folder}/result.json", "w"))
      """#, in: world.folder)
    #expect(counts[0] == counts[1] && counts[2] == [9, 3, 0, 2], "\(counts.text())")
    #expect(try world.leftovers() == [])
  }

  @Test("a signal ends the kernels, and nothing is written", arguments: ["INT", "TERM"])
  func interrupted(signal: String) async throws {
    let world = try NotebookWorld()
    let waiting = "import time\nopen('begun', 'w').close()\ntime.sleep(100)"
    try write(["print(1)", waiting], to: "a.ipynb", world)
    try write(["1"], to: "b.ipynb", world)
    let before = try world.folder.read("a.ipynb")
    // With job control, because a shell has what it puts behind itself ignore interrupts.
    let script = """
      set -m
      "\(Program.path)" notebook test a.ipynb b.ipynb --update > said 2>&1 &
      for _ in $(seq 600); do [ -e begun ] && break; sleep 0.1; done
      kill -\(signal) $!
      wait $!
      """
    let result = try await Program.run(
      "/bin/bash", ["-c", script], in: world.folder.path, environment: try environment(world))
    let said = try world.folder.read("said")
    #expect(result.status == (signal == "INT" ? 130 : 143), "\(said)")
    #expect(said.contains("\na.ipynb   interrupted") && said.contains("\nb.ipynb   interrupted"))
    #expect(try world.folder.read("a.ipynb") == before)
    #expect(try world.leftovers() == [])
  }
}

extension JSONValue {
  fileprivate subscript(index: Int) -> JSONValue? {
    array.flatMap { $0.indices.contains(index) ? $0[index] : nil }
  }
}
