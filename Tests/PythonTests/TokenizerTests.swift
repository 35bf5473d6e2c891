import Testing

@testable import Python

@Suite("Python tokens") struct TokenizerTests {
  private static func kinds(_ text: String) -> [TokenKind] {
    TokenList(tokenizing: Array(text.utf8)).tokens.map(\.kind)
  }

  private static func problem(_ text: String) -> String? {
    TokenList(tokenizing: Array(text.utf8)).problems.first?.message
  }

  @Test("blocks open and close, and blank lines and comments do neither") func blocks() {
    #expect(
      Self.kinds("if a:\n  # c\n\n  b\nc\n") == [
        .ifKeyword, .name, .colon, .newline, .comment, .lineBreak, .lineBreak, .indent, .name,
        .newline, .dedent, .name, .newline, .end,
      ])
  }

  @Test("a last line without an end has one all the same", arguments: ["a", "a # c", "a\\\n"])
  func lastLine(text: String) {
    let kinds = Self.kinds(text)
    #expect(kinds.suffix(2) == [.newline, .end])
  }

  @Test("what is in the fields of f-strings is made of tokens, with any quotes") func formats() {
    #expect(
      Self.kinds("f\"a{b[\"c\"]!r:>{d}}{{\"") == [
        .formatStart, .formatMiddle, .leftBrace, .name, .leftBracket, .string, .rightBracket,
        .exclamation, .name, .colon, .formatMiddle, .leftBrace, .name, .rightBrace, .rightBrace,
        .formatMiddle, .formatEnd, .newline, .end,
      ])
  }

  @Test("the longest operator is taken") func operators() {
    #expect(
      Self.kinds("a **= b // c := d -> e ... != f") == [
        .name, .doubleStarEqual, .name, .doubleSlash, .name, .colonEqual, .name, .arrow, .name,
        .ellipsis, .notEqual, .name, .newline, .end,
      ])
  }

  @Test(
    "numbers", arguments: ["0", "00", "1_000", "0xFf", "0o17", "0b1", "1.", ".5", "1e-5", "1.5J"])
  func numbers(text: String) { #expect(Self.kinds(text) == [.number, .newline, .end]) }

  @Test(
    "what is no token says why",
    arguments: [
      ("'abc", "unterminated string literal (detected at line 1)"),
      ("'''abc\n", "unterminated triple-quoted string literal (detected at line 2)"),
      ("f'{a'", "unterminated string literal (detected at line 1)"),
      ("(", "'(' was never closed"), (")", "unmatched ')'"),
      ("(]", "closing parenthesis ']' does not match opening parenthesis '('"),
      ("1__0", "invalid decimal literal"), ("0xg", "invalid hexadecimal literal"),
      (
        "07",
        "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers"
      ),
      ("a \\ b", "unexpected character after line continuation character"),
      ("x = €", "invalid character '€' (U+20AC)"),
      ("x\u{0}", "source code cannot contain null bytes"),
      ("if a:\n    b\n  c\n", "unindent does not match any outer indentation level"),
      ("if a:\n\tb\n        c\n", "inconsistent use of tabs and spaces in indentation"),
    ]) func problems(text: String, message: String)
  { #expect(Self.problem(text) == message) }

  @Test("a statement in a bracket that was forgotten begins a line") func forgottenBracket() {
    let list = TokenList(tokenizing: Array("a = (1,\ndef f(): pass\n".utf8))
    #expect(list.problems.map(\.message) == ["'(' was never closed"])
    #expect(list.tokens.contains { $0.kind == .defKeyword })
  }

  @Test("lines end at LF, CR LF and CR, and columns count characters") func lines() {
    let list = TokenList(tokenizing: Array("a\r\nb\r한글 = c\n".utf8))
    #expect(list.lines.starts == [0, 3, 5, 16])
    #expect(list.place(of: 14) == (line: 3, column: 6))
  }

  @Test(
    "the encoding that a comment names",
    arguments: [
      ("# -*- coding: latin-1 -*-\n", "latin-1"),
      ("#!python\n# vim: set fileencoding=utf-8 :\n", "utf-8"),
      ("x = 1\n# coding: ascii\n", nil), ("#coding\n", nil),
    ]) func encoding(text: String, name: String?)
  {
    let list = TokenList(tokenizing: Array(text.utf8))
    #expect(list.encoding.map { String(decoding: list.source[$0], as: UTF8.self) } == name)
  }

  @Test("logical lines know their level") func logicalLines() {
    let list = TokenList(tokenizing: Array("if a:\n  b(\n1)\n# c\nd\n".utf8))
    let lines = list.logicalLines
    #expect(lines.map(\.level) == [0, 1, 1, 0])
    #expect(lines.map(\.isTrivia) == [false, false, true, false])
  }
}
