import Notebooks
import Support
import Testing

@Suite("Merging notebooks") struct NotebookMergeTests {
  typealias Cell = NotebookDocument.Cell

  private func side(_ cells: [Cell]) throws -> NotebookSide {
    try NotebookSide(parsing: NotebookDocument(cells: cells).utf8())
  }

  private func merge(
    _ base: [Cell], _ ours: [Cell], _ theirs: [Cell], _ options: MergeOptions = MergeOptions()
  ) throws -> NotebookMerge {
    NotebookMerge(base: try side(base), ours: try side(ours), theirs: try side(theirs), options)
  }

  private func cell(_ id: String, _ source: String, count: Int? = nil, _ output: String? = nil)
    -> Cell
  {
    var cell = Cell(.code, id: id, source: source)
    cell.executionCount = count
    if let output {
      cell.outputs = [["output_type": "stream", "name": "stdout", "text": .string(output)]]
    }
    return cell
  }

  @Test("lines of one cell that both sides changed come together") func lines() throws {
    let base = [cell("aa", "a\nb\nc")]
    let merged = try merge(base, [cell("aa", "A\nb\nc")], [cell("aa", "a\nb\nc\nd")])
    #expect(merged.conflicts == [])
    #expect(merged.document.cells.map(\.source) == ["A\nb\nc\nd"])
  }

  @Test("lists in metadata come together item by item, and conflict where both changed an item")
  func lists() throws {
    func document(_ items: [NotebookJSON]) throws -> NotebookSide {
      var document = NotebookDocument(cells: [cell("aa", "x")])
      document.metadata["list"] = .array(items)
      return try NotebookSide(parsing: document.utf8())
    }
    func merge(_ ours: [NotebookJSON], _ theirs: [NotebookJSON]) throws -> NotebookMerge {
      NotebookMerge(
        base: try document(["a", "b", "c"]), ours: try document(ours), theirs: try document(theirs),
        MergeOptions())
    }
    let merged = try merge(["A", "b", "c"], ["a", "b", "c", "d"])
    #expect(merged.conflicts == [])
    #expect(merged.document.metadata["list"] == .array(["A", "b", "c", "d"]))
    let shorter = try merge(["b", "c"], ["a", "b"])
    #expect(shorter.document.metadata["list"] == .array(["b"]))
    let both = try merge(["A", "b", "c"], ["x", "b", "c"])
    #expect(both.conflicts == ["the notebook's metadata `list`"])
    #expect(both.document.metadata["list"] == .array(["A", "b", "c"]))
  }

  @Test("members that the format does not know are merged, and are no metadata") func others()
    throws
  {
    func document(_ members: NotebookObject) throws -> NotebookSide {
      var one = cell("aa", "x")
      one.others = members
      return try NotebookSide(parsing: NotebookDocument(cells: [one]).utf8())
    }
    func merge(_ ours: NotebookObject, _ theirs: NotebookObject) throws -> NotebookMerge {
      NotebookMerge(
        base: try document(["a": 1, "b": 2]), ours: try document(ours),
        theirs: try document(theirs), MergeOptions())
    }
    let merged = try merge(["a": 3, "b": 2], ["a": 1, "c": 4])
    #expect(merged.conflicts == [])
    #expect(merged.document.cells[0].others == ["a": 3, "c": 4])
    let both = try merge(["a": 3, "b": 5], ["a": 6, "b": 7])
    #expect(both.conflicts == ["cell 1: the member `a`", "cell 1: the member `b`"])
    #expect(both.document.cells[0].others == ["a": 3, "b": 5])
  }

  @Test("new cells of both sides stand at their places") func cells() throws {
    let base = [cell("aa", "a = 1"), cell("bb", "b = 2")]
    let merged = try merge(
      base, [cell("xx", "import os")] + base, base + [cell("yy", "print(b)")])
    #expect(merged.conflicts == [])
    #expect(merged.document.cells.map(\.id) == ["xx", "aa", "bb", "yy"])
  }

  @Test("a conflict keeps both cells between marks, and is a notebook") func conflict() throws {
    let merged = try merge([cell("aa", "x = 1")], [cell("aa", "x = 2")], [cell("aa", "x = 3")])
    #expect(merged.conflicts == ["cell 1: the source"])
    #expect(
      merged.document.cells.map(\.source) == [
        "<<<<<<< ours", "x = 2", "=======", "x = 3", ">>>>>>> theirs",
      ])
    #expect(Set(merged.document.cells.map(\.id)).count == 5)
    #expect(throws: Never.self) { try NotebookDocument(parsing: merged.utf8()) }
  }

  @Test(
    "strategies decide",
    arguments: [
      (MergeStrategy.useLocal, "x = 2"), (.useRemote, "x = 3"), (.useBase, "x = 1"),
      (.union, "x = 2\nx = 3"),
    ])
  func strategies(strategy: MergeStrategy, wanted: String) throws {
    var options = MergeOptions()
    options.strategy = strategy
    let merged = try merge(
      [cell("aa", "x = 1")], [cell("aa", "x = 2")], [cell("aa", "x = 3")], options)
    #expect(merged.conflicts == [])
    #expect(merged.document.cells.map(\.source) == [wanted])
  }

  @Test("counts never conflict, outputs that do are taken away") func outputs() throws {
    let merged = try merge(
      [cell("aa", "x", count: 1, "1")], [cell("aa", "x", count: 2, "2")],
      [cell("aa", "x", count: 3, "3")])
    #expect(merged.conflicts == [])
    #expect(merged.document.cells.first?.outputs == [])
    #expect(merged.document.cells.first?.executionCount == nil)
  }

  @Test("a cell that one side changed and the other took away is a conflict") func removed() throws
  {
    let base = [cell("aa", "a = 1"), cell("bb", "b = 2")]
    let merged = try merge(base, [cell("bb", "b = 2")], [cell("aa", "a = 5"), cell("bb", "b = 2")])
    #expect(merged.conflicts.count == 1)
    let gone = try merge(
      base, [cell("bb", "b = 2")], [cell("aa", "a = 1", count: 4, "out"), cell("bb", "b = 2")])
    #expect(gone.conflicts == [])
    #expect(gone.document.cells.map(\.id) == ["bb"])
  }

  @Test("tags of both sides stay, metadata in conflict is noted") func metadata() throws {
    var (base, ours, theirs) = (cell("aa", "x"), cell("aa", "x"), cell("aa", "x"))
    (base.tags, ours.tags, theirs.tags) = (["a", "b"], ["a", "c"], ["a", "b", "d"])
    ours.metadata["name"] = "one"
    theirs.metadata["name"] = "two"
    let merged = try merge([base], [ours], [theirs])
    #expect(merged.document.cells.first?.tags == ["a", "c", "d"])
    #expect(merged.conflicts == ["cell 1: metadata `name`"])
    #expect(merged.document.cells.first?.metadata["name"]?.string == "one")
  }

  @Test("what only one side changed is taken, whatever it is", arguments: 0..<150)
  func oneSided(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    func cells() -> [Cell] {
      (0..<(random.next() % 8)).map { index in
        let source = (0..<(1 + random.next() % 4)).map { _ in "line \(random.next() % 9)" }
        return cell("id\(random.next() % 9)\(index)", source.joined(separator: "\n"))
      }
    }
    let (base, other) = (cells(), cells())
    for (ours, theirs) in [(base, other), (other, base), (other, other)] {
      let merged = try merge(base, ours, theirs)
      #expect(merged.conflicts == [])
      #expect(merged.document.cells.map(\.source) == other.map(\.source))
    }
  }
}
