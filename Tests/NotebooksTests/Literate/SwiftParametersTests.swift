import Formats
import Testing

@testable import Notebooks

@Suite("Parameters in Swift") struct SwiftParametersTests {
  @Test(
    "types come from annotations, else from the values",
    arguments: [
      ("let a: Int = 1", "int", true), ("let a = 1", "int", false),
      ("let a = 1.5", "float", false),
      ("var a = -2", "int", false), ("let a: Double = 1", "float", true),
      ("let a: Float = 0.1", "float", true), ("let a = \"x\"", "str", false),
      ("let a = true", "bool", false), ("let a: String? = nil", "str | None", true),
      ("let a = [1, 2]", "list[int]", false), ("let a = [1, 2.5]", "list[float]", false),
      ("let a: [String: Int] = [:]", "dict[str, int]", true), ("let a = f(1)", "any", false),
      ("let a = \"\\(b)\"", "any", false), ("let a: URL = URL(string: \"x\")!", "any", true),
      ("let a = 1_000", "int", false), ("let a = 0xFF", "int", false),
      ("let a = 1e-3", "float", false),
    ])
  func types(source: String, type: String, isDeclared: Bool) throws {
    let parameter = try #require(SwiftParameters.parameters(in: source).first)
    #expect(parameter.name == "a")
    #expect(parameter.type.text == type)
    #expect(parameter.isDeclared == isDeclared)
  }

  @Test("names, defaults, limits and helps, in the order of the cell")
  func cell() {
    let source = """
      import Foundation
      let rate = 0.1  // [0, 1] of learning
      var layers = [
        64,  // the first
        32,
      ]  // widths
      let a = 1, b: String = "x, y"
      let `default` = false; let last = 2 +
        3
      func f() { let inner = 1 }
      struct S { let member = 1 }
      let computed: Int
      """
    let found = SwiftParameters.parameters(in: source)
    #expect(found.map(\.name) == ["rate", "layers", "a", "b", "default", "last"])
    #expect(found.map(\.line) == [2, 3, 7, 7, 8, 8])
    #expect(found.map { $0.range?.text } == ["[0, 1]", nil, nil, nil, nil, nil])
    #expect(found.map(\.help) == ["of learning", "widths", "", "", "", ""])
    #expect(found[1].defaultValue == .list([.int(64), .int(32)]))
    #expect(found[3].defaultValue == .string("x, y"))
    #expect(found[4].defaultValue == .bool(false))
    #expect(found[5].defaultText == "2 +\n  3")
  }

  @Test(
    "literals are read with their escapes",
    arguments: [
      (#""a\n\t\"\\\u{AC00}""#, YAMLValue.string("a\n\t\"\\가")), ("-1.5e3", .float(-1500)),
      (##"#"a\n"#"##, .string("a\\n")),
      (
        #"["k": [1], "l": []]"#,
        .map([
          .init(.string("k"), .list([.int(1)])), .init(.string("l"), .list([])),
        ])
      ), ("[nil, true]", .list([.none, .bool(true)])), ("-9223372036854775808", .int(.min)),
    ])
  func literals(text: String, value: YAMLValue) {
    #expect(SwiftLiteral.value(of: Array(text.utf8)) == value)
  }

  @Test(
    "what is no literal has no value",
    arguments: [
      "a", "1 + 1", "f()", "[1", "[1 2]", "\"\\(a)\"", "1.2.3", "", "-", "[1: 2, 3]", "\"\\q\"",
    ])
  func others(text: String) {
    #expect(SwiftLiteral.value(of: Array(text.utf8)) == nil)
  }
}
