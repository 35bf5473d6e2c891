import Formats
import Platform
import Testing

@Suite("Dotenv texts") struct DotenvTests {
  @Test(
    "a line gives a name a value",
    arguments: [
      ("A=1", "A", "1"), ("  A = 1  ", "A", "1"), ("export A=1", "A", "1"),
      ("export\tA=1", "A", "1"),
      ("A=", "A", ""), ("A=1 # note", "A", "1"), ("A=1#kept", "A", "1#kept"),
      ("A=#kept", "A", "#kept"),
      ("A= # note", "A", ""), ("A='1 # 2' # note", "A", "1 # 2"), ("A=\"a\\nb\"", "A", "a\nb"),
      ("A='a\\nb'", "A", "a\\nb"), ("A='it\\'s'", "A", "it's"), ("A=\"\\q\\\\\"", "A", "\\q\\"),
      ("A=\"two\nlines\"", "A", "two\nlines"), ("A=a b  c", "A", "a b  c"), ("A=b=c", "A", "b=c"),
      ("'A B'=1", "A B", "1"), ("# c\r\n\r\nA=1\r\n", "A", "1"), ("\u{FEFF}A=1", "A", "1"),
      ("export X\nA=1", "A", "1"), ("exported=1", "exported", "1"), ("A=it's", "A", "it's"),
      ("A=a\u{2028}b", "A", "a\u{2028}b"), ("한=값", "한", "값"),
    ])
  func line(text: String, name: String, value: String) throws {
    let entries = try DotenvText(parsing: text).entries
    #expect(entries.map(\.name) == [name])
    #expect(entries.map(\.value) == [value])
  }

  @Test(
    "what is no such line is refused with its place",
    arguments: [
      ("A", 1, 1), ("A=1\nB", 2, 1), ("A=1\r\n  =x", 2, 3), ("A='x", 1, 1), ("A=\"x\" y", 1, 1),
      ("A B=1", 1, 1), ("''=1", 1, 1), ("A=\"x\ny\"\nB", 3, 1), ("A=\"\\", 1, 1), ("A=\u{0}", 1, 1),
      ("A=1\r\rB", 3, 1),
    ])
  func refused(text: String, line: Int, column: Int) throws {
    let failure = try #require(throws: ParseFailure.self) { try DotenvText(parsing: text) }
    #expect(failure.line == line)
    #expect(failure.column == column)
  }

  @Test(
    "`${NAME}` stands for a value of the environment, else of a line above",
    arguments: [
      ("B=${A}", "mine"), ("B=${X}", ""), ("B=${X:-other}", "other"), ("B=${A:-other}", "mine"),
      ("C=1\nB=x${C}y${C}", "x1y1"), ("B=${B}", ""), ("A=file\nB=${A}", "mine"), ("B=$A", "$A"),
      ("B=${A", "${A"),
      ("B='${A}'", "mine"), ("B=${X:other}", "${X:other}"), ("B=${}", ""), ("B=$${A}", "$mine"),
      ("B=1\nB=${B}2", "12"),
    ])
  func references(text: String, value: String) throws {
    #expect(try DotenvText(parsing: text).variables(in: ["A": "mine"])["B"] == value)
  }
}
