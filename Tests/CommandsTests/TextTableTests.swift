import Testing

@testable import Commands

@Suite("Tables of text") struct TextTableTests {
  private func table() -> TextTable {
    var table = TextTable([
      .init(title: "RUN"), .init(title: "NAME", yields: 1),
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
    "what does not fit is narrowed first, and then goes; what is freed is used",
    arguments: [
      (22, "RUN  NAME         loss", "b2   데이터 실험  12.5"),
      (21, "RUN  NAME        loss", "b2   데이터 실…  12.5"),
      (17, "RUN  NAME    loss", "b2   데이…   12.5"),
      // `loss` goes; `NAME` takes the room that it leaves.
      (16, "RUN  NAME", "b2   데이터 실험"),
      (12, "RUN  NAME", "b2   데이터…"),
      (11, "RUN  NAME", "b2   데이…"),
      (10, "RUN", "b2"),
      // A column that never yields is not cut.
      (1, "RUN", "b2"),
    ])
  func narrow(width: Int, head: String, row: String) {
    let lines = table().text(width: width).split(separator: "\n").map(String.init)
    #expect(lines[0] == head)
    #expect(lines[2] == row)
  }

  @Test("a column is not narrowed below its title, or six cells") func least() {
    var table = TextTable([.init(title: "ID"), .init(title: "LONGTITLE", yields: 1)])
    table.rows = [["1", "abcdefghijklmnop"]]
    #expect(table.text(width: 13) == "ID  LONGTITLE\n1   abcdefgh…")
    #expect(table.text(width: 12) == "ID\n1")
  }

  @Test("among equals the last gives way first") func equals() {
    var table = TextTable([
      .init(title: "A", yields: 1), .init(title: "B", yields: 1), .init(title: "C", yields: 1),
    ])
    table.rows = [["aaaaaaaa", "bbbbbbbb", "cccccccc"]]
    #expect(table.text(width: 26) == "A         B         C\naaaaaaaa  bbbbbbbb  ccccc…")
    #expect(table.text(width: 20) == "A         B\naaaaaaaa  bbbbbbbb")
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
