import Formats
import Platform
import Testing

@Suite("Literals of Python") struct PythonLiteralTests {
  @Test(
    "are read as Python reads them",
    arguments: [
      ("None", .none), (" True ", .bool(true)), ("-12", .int(-12)), ("3L", .int(3)),
      ("'a\\'b'", .string("a'b")), ("\"é\"", .string("é")), ("[]", .list([])), ("()", .tuple([])),
      ("(1)", .int(1)), ("(1,)", .tuple([.int(1)])), ("[1, 'a',]", .list([.int(1), .string("a")])),
      (
        "{'descr': '<f8', 'shape': (3, 4), }",
        .dictionary([
          .init(key: .string("descr"), value: .string("<f8")),
          .init(key: .string("shape"), value: .tuple([.int(3), .int(4)])),
        ])
      ),
    ] as [(String, PythonLiteral)]) func read(text: String, expected: PythonLiteral) throws
  {
    #expect(try PythonLiteral(parsing: text.utf8) == expected)
  }

  @Test(
    "other texts are refused",
    arguments: [
      "", "a", "1.5", "[1", "[,]", "[1 2]", "{1}", "{1: 2 3: 4}", "'a", "'\\n'", "1 2", "--1",
      "True1",
      "99999999999999999999", String(repeating: "[", count: 40), "(", "{'a':}",
    ]) func refused(text: String)
  {
    #expect(throws: ParseFailure.self) { try PythonLiteral(parsing: text.utf8) }
  }
}
