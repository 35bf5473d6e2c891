import Notebooks
import Support
import Testing

@Suite("Comparing notebooks") struct NotebookDifferenceTests {
  typealias Cell = NotebookDocument.Cell

  private func side(_ cells: [Cell]) throws -> NotebookSide {
    try NotebookSide(parsing: NotebookDocument(cells: cells).utf8())
  }

  private func words(_ old: [Cell], _ new: [Cell]) throws -> [String] {
    NotebookDifference(try side(old), try side(new)).cells.map { change in
      switch change {
      case .removed(_, let number): "-\(number)"
      case .added(_, let number): "+\(number)"
      case .changed(let difference): "~\(difference.oldNumber)>\(difference.number)"
      }
    }
  }

  @Test("cells are found again by their ids, whatever they hold") func ids() throws {
    let old = [Cell(.code, id: "aa", source: "x = 1"), Cell(.code, id: "bb", source: "y = 2")]
    let new = [
      Cell(.code, id: "cc", source: "new"), Cell(.code, id: "aa", source: "something else"),
      Cell(.code, id: "bb", source: "y = 2"),
    ]
    #expect(try words(old, new) == ["+1", "~1>2"])
    #expect(try words(old, old) == [])
  }

  @Test("ids that are positions tell nothing") func positions() throws {
    let old = ["a = 1", "b = 2"].enumerated().map { Cell(.code, id: "\($0)", source: $1) }
    let new = ["import os", "a = 1", "b = 2"].enumerated().map {
      Cell(.code, id: "\($0)", source: $1)
    }
    #expect(try words(old, new).first == "+1")
  }

  @Test("similar sources are one cell that changed") func similar() throws {
    let old = [Cell(.code, id: "0", source: "frame = read('a.csv')\nframe.head()")]
    let new = [
      Cell(.markdown, id: "0", source: "# Title"),
      Cell(.code, id: "1", source: "frame = read('b.csv')\nframe.head()"),
    ]
    #expect(try words(old, new) == ["+1", "~1>2"])
  }

  @Test("lines have their places and three lines around them") func lines() {
    let old = (1...20).map { "line \($0)\n" }.joined()
    let new = old.replacing("line 10\n", with: "changed\n")
    let difference = TextDifference(old, new)
    #expect(difference.hunks.count == 1)
    #expect(difference.hunks.first?.oldStart == 7)
    #expect(difference.hunks.first?.lines.count == 8)
  }

  @Test("tables are compared by cells, images by what they are") func outputs() throws {
    func table(_ value: String) -> NotebookJSON {
      [
        "output_type": "display_data", "metadata": [:],
        "data": [
          "text/html": .string(
            "<table><tr><th></th><th>price</th></tr><tr><th>0</th><td>\(value)</td></tr></table>"),
          "image/png": .string(value == "1" ? "aGVsbG8=" : "d29ybGQh"),
        ],
      ]
    }
    let sides = try ["1", "2"].map {
      try side([Cell(.code, id: "aa", source: "x", outputs: [table($0)])])
    }
    guard case .changed(let cell)? = NotebookDifference(sides[0], sides[1]).cells.first,
      case .changed(let parts)? = cell.outputs.first
    else {
      Issue.record("no output changed")
      return
    }
    #expect(parts.map(\.name) == ["image/png", "text/html"])
    guard case .data(let old?, _) = parts[0].content, case .table(let table) = parts[1].content
    else {
      Issue.record("\(parts)")
      return
    }
    #expect(old.size == 5)
    #expect(table.cells.map { [$0.row, $0.column, $0.old, $0.new] } == [["0", "price", "1", "2"]])
  }

  @Test("what is taken and put back gives the new text", arguments: 0..<200)
  func property(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    func text() -> String {
      (0..<(random.next() % 60)).map { _ in "\(random.next() % 12)\n" }.joined()
    }
    let (old, new) = (text(), text())
    let difference = TextDifference(old, new, context: 100)
    let lines = difference.hunks.flatMap(\.lines)
    let left = lines.compactMap { if case .added = $0 { nil } else { Self.text($0) } }.joined()
    let right = lines.compactMap { if case .removed = $0 { nil } else { Self.text($0) } }.joined()
    #expect(old == new ? lines.isEmpty : left == old && right == new)
  }

  private static func text(_ line: TextDifference.Hunk.Line) -> String {
    switch line {
    case .same(let text), .removed(let text), .added(let text): text
    }
  }
}
