import Formats
import Notebooks
import Testing

@testable import Runner

@Suite("Outputs beside those that are stored") struct CellOutputComparisonTests {
  private func compare(
    _ old: [NotebookJSON], _ new: [NotebookJSON],
    _ change: (inout NotebookTestOptions) -> Void = { _ in }
  ) throws -> CellOutputComparison.Result {
    var options = NotebookTestOptions()
    change(&options)
    return try CellOutputComparison(options).compare(old, new)
  }

  private func stream(_ text: String, _ name: String = "stdout") -> NotebookJSON {
    ["output_type": "stream", "name": .string(name), "text": .string(text)]
  }

  private func shown(
    _ data: NotebookJSON, _ type: String = "display_data", count: Int? = nil
  ) -> NotebookJSON {
    var output: NotebookJSON = [
      "output_type": .string(type), "data": data, "metadata": ["a": .int(count ?? 0)],
    ]
    if let count { output["execution_count"] = .int(count) }
    return output
  }

  private func text(_ text: String) -> NotebookJSON { ["text/plain": .string(text)] }

  private func widget(_ model: String) -> NotebookJSON {
    ["application/vnd.jupyter.widget-view+json": ["model_id": .string(model), "version_major": 2]]
  }

  private func error(_ name: String, _ value: String, _ trace: String = "t") -> NotebookJSON {
    [
      "output_type": "error", "ename": .string(name), "evalue": .string(value),
      "traceback": [.string(trace)],
    ]
  }

  @Test("counts, metadata, tracebacks and the sizes of pieces are no difference at all")
  func identical() throws {
    let pairs: [([NotebookJSON], [NotebookJSON])] = [
      ([], []), ([stream("a"), stream("b")], [stream("ab")]),
      ([stream("a"), stream("x", "stderr"), stream("b")], [stream("ab"), stream("x", "stderr")]),
      (
        [shown(text("1"), "execute_result", count: 3)],
        [shown(text("1"), "execute_result", count: 9)]
      ),
      ([error("E", "v", "one")], [error("E", "v", "two")]),
    ]
    for (old, new) in pairs {
      let result = try compare(old, new)
      #expect(result.verdict.kind == .identical, "\(old) \(new) \(result)")
      #expect(result.changes.isEmpty)
    }
  }

  @Test("what counts as equal is told")
  func equal() throws {
    let pairs: [([NotebookJSON], [NotebookJSON], String)] = [
      (
        [stream("loss 0.25000000000001\n")], [stream("loss 0.25\n")],
        "numbers differ by at most 9.992007221626409e-15"
      ),
      ([stream("at 12:03:44\n")], [stream("at 12:05:00\n")], "left out as a time"),
      ([stream("a")], [stream("a\n")], "written differently"),
      (
        [shown(text("1"), "execute_result", count: 3)], [shown(text("1"))], "written differently"
      ),
      (
        [shown(widget("0123456789abcdef0123456789abcdef"))],
        [shown(widget("f123456789abcdef0123456789abcdef"))], "left out as a time, an id or a place"
      ),
      (
        [stream("a"), shown(text("1")), stream("b")], [stream("ab"), shown(text("1"))],
        "outputs come in another order"
      ),
      (
        [stream("a"), stream("b", "stderr")], [stream("b", "stderr"), stream("a")],
        "outputs come in another order"
      ),
    ]
    for (old, new, detail) in pairs {
      let result = try compare(old, new)
      #expect(result.verdict.kind == .equal, "\(old) \(new)")
      #expect(result.verdict.detail?.contains(detail) == true, "\(result.verdict)")
      #expect(result.changes.isEmpty)
    }
  }

  @Test("a difference is told by its output")
  func different() throws {
    let pairs: [([NotebookJSON], [NotebookJSON], String)] = [
      ([stream("a\nb\n")], [stream("a\nc\n")], "stdout: line 2: `b` became `c`"),
      ([stream("a")], [stream("a", "stderr")], "stdout is missing"),
      ([], [stream("a")], "stdout is new"), ([shown(text("1"))], [], "output 1 is missing"),
      (
        [shown(text("1")), shown(text("2"))], [shown(text("1")), shown(text("3"))],
        "output 2, text/plain: line 1: `2` became `3`"
      ),
      ([shown(text("1"))], [error("E", "v")], "output 1: display_data became error"),
      ([error("E", "v")], [error("F", "v")], "output 1, ename: line 1: `E` became `F`"),
      ([error("E", "v")], [error("E", "w")], "output 1, evalue: line 1: `v` became `w`"),
      (
        [shown(["text/plain": "1", "text/html": "x"])], [shown(text("1"))],
        "output 1: text/html is missing"
      ),
      (
        [shown(["application/json": ["auc": 0.5]])], [shown(["application/json": ["auc": 0.6]])],
        "output 1, application/json: $.auc: 0.5 became 0.6"
      ),
      ([shown(["image/png": "AA=="])], [shown(["image/png": "AQ=="])], "output 1, image/png"),
    ]
    for (old, new, detail) in pairs {
      let result = try compare(old, new)
      #expect(result.verdict.kind == .different, "\(old) \(new)")
      #expect(result.verdict.detail?.hasPrefix(detail) == true, "\(result.verdict)")
      #expect(!result.changes.isEmpty)
    }
  }

  @Test("what is shown of a difference leaves out what counts as equal")
  func settled() throws {
    let result = try compare(
      [stream("12:00:01 start\n12:00:02 loss 0.5\n12:00:03 end\n"), shown(text("0.1"))],
      [
        stream("13:00:01 start\n13:00:02 loss 0.6\n13:00:03 end\n"),
        shown(text("0.1000000000000001")),
      ]
    )
    guard case .changed(let parts) = try #require(result.changes.first),
      case .text(let text) = try #require(parts.first).content
    else {
      Issue.record("\(result.changes)")
      return
    }
    #expect(result.changes.count == 1)
    #expect(
      text.hunks.flatMap(\.lines) == [
        .same("12:00:01 start\n"), .removed("12:00:02 loss 0.5\n"), .added("13:00:02 loss 0.6\n"),
        .same("12:00:03 end\n"),
      ])
  }

  @Test("tolerances, pictures and the sanitizer are the caller's")
  func options() throws {
    let numbers = ([stream("0.50")], [stream("0.51")])
    #expect(try compare(numbers.0, numbers.1).verdict.kind == .different)
    #expect(try compare(numbers.0, numbers.1) { $0.rtol = 0.05 }.verdict.kind == .equal)
    #expect(try compare(numbers.0, numbers.1) { $0.atol = 0.02 }.verdict.kind == .equal)
    #expect(try compare(numbers.0, numbers.1) { $0.atol = 0.005 }.verdict.kind == .different)

    let pictures: [[NotebookJSON]] = ["AA==", "AQ=="].map { bytes in
      [shown(["image/png": bytes, "text/plain": "p"]), shown(["image/jpeg": bytes])]
    }
    #expect(try compare(pictures[0], pictures[1]).verdict.differences == 2)
    #expect(
      try compare(pictures[0], pictures[1]) { $0.ignoresImages = true }.verdict.kind == .equal)
    let drawings: [[NotebookJSON]] = ["<a/>", "<b/>"].map { [shown(["image/svg+xml": $0])] }
    #expect(
      try compare(drawings[0], drawings[1]) { $0.ignoresImages = true }.verdict.kind == .different)

    let sanitizer: @Sendable (String) throws -> String = { text in
      #expect(text != "AA==")
      return text.filter { !"xyz".contains($0) }
    }
    let sides: [[NotebookJSON]] = ["x", "y"].map { letter in
      [
        stream("\(letter)a"), shown(["text/html": "b\(letter)", "image/png": "AA=="]),
        error("E\(letter)", "v\(letter)"),
      ]
    }
    #expect(try compare(sides[0], sides[1]).verdict.kind == .different)
    #expect(try compare(sides[0], sides[1]) { $0.sanitizer = sanitizer }.verdict.kind == .equal)
  }

  @Test(
    "outputs of unlikely shapes are no trap",
    arguments: [
      NotebookJSON.null, 7, "x", [], [:], ["output_type": 3], ["output_type": "stream"],
      ["output_type": "stream", "text": [1], "name": [:]], ["output_type": "display_data"],
      ["output_type": "display_data", "data": []], ["output_type": "error", "evalue": 4],
      ["output_type": "display_data", "data": ["image/png": 3, "a/json": [], "text/plain": [1]]],
    ]) func hostile(output: NotebookJSON) throws
  {
    for other in [[], [stream("a")], [shown(text("a"))], [error("E", "v")], [output]] {
      for change in [{ (_: inout NotebookTestOptions) in }, { $0.ignoresImages = true }] {
        _ = try compare([output], other, change)
        _ = try compare(other, [output], change)
      }
    }
  }
}

@Suite("Which outputs of a file stay") struct OutputAlignmentTests {
  private func stream(_ text: String) -> NotebookJSON {
    ["output_type": "stream", "name": "stdout", "text": .string(text)]
  }

  private func value(_ text: String, count: Int) -> NotebookJSON {
    [
      "output_type": "execute_result", "data": ["text/plain": .string(text)],
      "execution_count": .int(count),
    ]
  }

  @Test("those that count as the same do, from both ends; new values take the file's count")
  func kept() throws {
    var cell = NotebookDocument.Cell(.code, id: "a", source: "1")
    cell.executionCount = 4
    cell.outputs = [stream("a 12:00:01"), value("old", count: 4), stream("z")]
    let comparison = CellOutputComparison(NotebookTestOptions())
    func words(_ new: [NotebookJSON]) throws -> [String] {
      try OutputAlignment(comparison: comparison).replacement(cell, new).map { output in
        switch output {
        case .kept(let place): "kept \(place)"
        case .new(let value): value.text().filter { !$0.isWhitespace }
        }
      }
    }
    let new =
      "{\"data\":{\"text/plain\":\"new\"},\"execution_count\":4,\"output_type\":\"execute_result\"}"
    #expect(
      try words([stream("a 12:05:09"), value("new", count: 1), stream("z")])
        == ["kept 0", new, "kept 2"])
    #expect(try words([value("new", count: 1), stream("z")]) == [new, "kept 2"])
    #expect(try words([]) == [])
    #expect(
      try words([stream("a 12:05:09"), stream("b"), value("old", count: 2), stream("z")])
        == [
          "kept 0", "{\"name\":\"stdout\",\"output_type\":\"stream\",\"text\":\"b\"}", "kept 1",
          "kept 2",
        ])
    cell.executionCount = nil
    #expect(try words([value("new", count: 1)]) == [new.replacing(":4", with: ":null")])
  }
}
