import Testing

@testable import Commands

@Suite("Tables of text") struct TextTableTests {
  private func table() -> TextTable {
    var table = TextTable([
      .init(title: "RUN"), .init(title: "NAME", yields: 1, isText: true),
      .init(title: "loss", alignment: .right, yields: 2),
    ])
    table.rows = [
      ["a1", "calm-otter", "0.25"], ["b2", "데이터 실험", "12.5"], ["c3", "x", ""],
    ]
    return table
  }

  @Test("columns are as wide as their longest cell") func whole() {
    #expect(
      table().text(width: nil) == """
        RUN  NAME         loss
        a1   calm-otter   0.25
        b2   데이터 실험  12.5
        c3   x
        """)
  }

  @Test(
    "what does not fit goes as a whole, and names are cut last",
    arguments: [
      (22, "RUN  NAME         loss", "b2   데이터 실험  12.5"),
      (21, "RUN  NAME", "b2   데이터 실험"),
      (16, "RUN  NAME", "b2   데이터 실험"),
      (15, "RUN  NAME", "b2   데이터 실…"),
      // Eight cells are the least that a name is cut to.
      (13, "RUN  NAME", "b2   데이터 …"),
      (12, "RUN  loss", "b2   12.5"),
      (8, "RUN", "b2"),
      // A column that never yields is not dropped.
      (1, "RUN", "b2"),
    ])
  func narrow(width: Int, head: String, row: String) {
    let lines = table().text(width: width).split(separator: "\n").map(String.init)
    #expect(lines[0] == head)
    #expect(lines[2] == row)
  }

  @Test("numbers and times are whole or not there", arguments: 1...60)
  func whole(width: Int) {
    var table = TextTable([
      .init(title: "RUN"), .init(title: "STARTED", yields: 1),
      .init(title: "validation_accuracy", alignment: .right, yields: 2),
    ])
    table.rows = [["a1", "2026-11-21 14:03", "0.9714285"], ["b2", "just now", "1e-07"]]
    let text = table.text(width: width)
    #expect(!text.contains("2026") || text.contains("2026-11-21 14:03"))
    #expect(!text.contains("0.97") || text.contains("0.9714285"))
    #expect(text.split(separator: "\n").dropFirst().allSatisfy { !$0.contains("…") })
  }

  @Test("a long name leaves room for the columns beside it, and takes what they leave")
  func long() {
    var table = TextTable([
      .init(title: "NAME", isText: true), .init(title: "loss", alignment: .right, yields: 1),
    ])
    table.rows = [[.init(String(repeating: "n", count: 60)), "0.25"]]
    let line = { (width: Int) in
      table.text(width: width).split(separator: "\n").last.map(String.init)
    }
    #expect(line(26) == String(repeating: "n", count: 19) + "…  0.25")
    #expect(line(40) == String(repeating: "n", count: 33) + "…  0.25")
    #expect(line(25) == String(repeating: "n", count: 24) + "…")
    #expect(line(66) == String(repeating: "n", count: 60) + "  0.25")
  }

  @Test("a long title is cut, the numbers below it are not") func title() {
    var table = TextTable([
      .init(title: "RUN"),
      .init(title: "validation_accuracy_top_five", alignment: .right, yields: 1),
    ])
    table.rows = [["a1", "0.25"]]
    #expect(table.text(width: 25) == "RUN  validation_accuracy…\na1                   0.25")
    #expect(table.text(width: 24) == "RUN\na1")
  }

  @Test("among equals the last goes first") func equals() {
    var table = TextTable([
      .init(title: "A", yields: 1), .init(title: "B", yields: 1), .init(title: "C", yields: 1),
    ])
    table.rows = [["aaaaaaaa", "bbbbbbbb", "cccccccc"]]
    #expect(table.text(width: 28) == "A         B         C\naaaaaaaa  bbbbbbbb  cccccccc")
    #expect(table.text(width: 27) == "A         B\naaaaaaaa  bbbbbbbb")
  }

  @Test("a cell is one line, whatever is in it") func control() {
    var table = TextTable([.init(title: "VALUE"), .init(title: "NEXT")])
    table.rows = [["two\nlines", "\u{1B}[2Jx"]]
    #expect(table.text(width: nil) == "VALUE       NEXT\ntwo\\nlines  \\u{1B}[2Jx")
  }

  @Test("styles go around the text alone") func styled() {
    var table = TextTable([.init(title: "A"), .init(title: "B", alignment: .right)])
    table.rows = [[.init("x", .red), "1"], [.init("long", .green), .init("22", .dim)]]
    let text = table.text(width: nil) { "<\($1)>\($0)</>" }
    #expect(
      text == """
        <bold>A</>      <bold>B</>
        <red>x</>      1
        <green>long</>  <dim>22</>
        """)
  }

  @Test("a table without rows is its head") func empty() {
    #expect(TextTable([.init(title: "A"), .init(title: "B")]).text(width: 80) == "A  B")
  }
}
