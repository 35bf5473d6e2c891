@testable import Checks
import Compute
import Platform
import Support
import Testing

extension RowExpression {
  /// Every part in brackets, so that nothing is left to precedence.
  fileprivate var tree: String {
    switch self {
    case .column(let name): name
    case .number(let value): SuiteNumber.text(value)
    case .great(let value): value.text
    case .text(let text): "'\(text)'"
    case .truth(let truth): "\(truth)"
    case .arithmetic(let sign, let a, let b): "(\(a.tree) \(sign.rawValue) \(b.tree))"
    case .comparison(let sign, let a, let b): "(\(a.tree) \(sign.rawValue) \(b.tree))"
    case .among(let a, let list, let isNegated):
      "(\(a.tree) \(isNegated ? "not in" : "in") [\(list.map(\.tree).joined(separator: ", "))])"
    case .isMissing(let a, let isNegated): "(\(a.tree) is \(isNegated ? "not null" : "null"))"
    case .not(let a): "(not \(a.tree))"
    case .and(let a, let b): "(\(a.tree) and \(b.tree))"
    case .or(let a, let b): "(\(a.tree) or \(b.tree))"
    }
  }
}

@Suite("Row expressions") struct RowExpressionTests {
  @Test(
    "operators bind as in Python",
    arguments: [
      ("start <= end", "(start <= end)", "start <= end"),
      (
        "country == 'KR' and age >= 18", "((country == 'KR') and (age >= 18))",
        "country == 'KR' and age >= 18"
      ),
      ("not (a > b)", "(not (a > b))", "not a > b"),
      ("not a > b", "(not (a > b))", "not a > b"),
      ("not a and b", "((not a) and b)", "not a and b"),
      ("not (a and b)", "(not (a and b))", "not (a and b)"),
      ("a or b and c", "(a or (b and c))", "a or b and c"),
      ("(a or b) and c", "((a or b) and c)", "(a or b) and c"),
      ("a and b and c", "((a and b) and c)", "a and b and c"),
      ("a and (b and c)", "(a and (b and c))", "a and (b and c)"),
      ("x in [1, 2]", "(x in [1, 2])", "x in [1, 2]"),
      ("x not in ['a', \"b\", `c`]", "(x not in ['a', 'b', c])", "x not in ['a', 'b', `c`]"),
      ("age is null", "(age is null)", "age is null"),
      ("age is not null or b", "((age is not null) or b)", "age is not null or b"),
      ("a + b * c - d > 0", "(((a + (b * c)) - d) > 0)", "a + b * c - d > 0"),
      ("a - (b - c) == d / e / f", "((a - (b - c)) == ((d / e) / f))", "a - (b - c) == d / e / f"),
      ("(a + b) * -c < -2", "(((a + b) * (0 - c)) < -2)", "(a + b) * (0 - c) < -2"),
      ("a - -1 > - 2.5e-3", "((a - -1) > -0.0025)", "a - -1 > -0.0025"),
      ("0 <= a <= b < 1", "(((0 <= a) and (a <= b)) and (b < 1))", "0 <= a and a <= b and b < 1"),
      ("(a > 1) == true", "((a > 1) == true)", "(a > 1) == true"),
      ("`first name` != 'it''s'", "(first name != 'it's')", "`first name` != 'it''s'"),
      ("`a``b` > 1", "(a`b > 1)", "`a``b` > 1"),
      ("`and` > 1", "(and > 1)", "`and` > 1"),
      ("나이 >= 18", "(나이 >= 18)", "나이 >= 18"),
      ("address.city == 'Seoul'", "(address.city == 'Seoul')", "address.city == 'Seoul'"),
      ("a>1 and b<2", "((a > 1) and (b < 2))", "a > 1 and b < 2"),
      ("a == \"x 'y'\"", "(a == 'x 'y'')", "a == 'x ''y'''"),
      ("a == 'C:\\dir'", "(a == 'C:\\dir')", "a == 'C:\\dir'"),
      ("is_active", "is_active", "is_active"), ("true", "true", "true"),
      ("a > 1_000_000", "(a > 1000000)", "a > 1000000"),
    ])
  func precedence(text: String, tree: String, written: String) throws {
    let expression = try RowExpression(parsing: text)
    #expect(expression.tree == tree)
    #expect(expression.text == written)
    #expect(try RowExpression(parsing: written) == expression)
  }

  @Test("what is written reads back", arguments: 0..<400)
  func back(seed: UInt64) throws {
    let expression = RandomExpression.condition(seed: seed, depth: 6)
    #expect(try RowExpression(parsing: expression.text) == expression, "\(expression.text)")
  }

  @Test(
    "a problem has its column",
    arguments: [
      ("a >", 4, "expected a column or a value, found nothing"),
      ("a > 'b", 5, "a `'` that is never closed"),
      ("한글 == =", 7, "expected a column or a value, found `=`"),
      ("a and b c", 9, "expected an operator, found `c`"),
      ("(a or (b)", 1, "a `(` that is never closed"), ("a)", 2, "a `)` that closes nothing"),
      ("", 1, "an empty condition"),
      ("a in [1 2]", 9, "expected `,` or `]` behind a value, found `2`"),
      ("'a' < 1", 5, "`'a'` is a text, and `1` is a number"),
      ("(a > 1) + 1 > 2", 1, "`+` is of numbers, and `(a > 1)` is a truth value"),
      ("a > 1 and 'x'", 11, "`and` joins conditions, and `'x'` is a text"),
      ("true < false", 6, "`true` is a truth value, and `false` is a truth value"),
      ("a == not b", 6, "`not` behind an operator"),
      ("a is not 5", 10, "expected `null` behind `is`, found `5`"),
    ])
  func problem(text: String, column: Int, message: String) {
    #expect(throws: ParseFailure.self) { try RowExpression(parsing: text) }
    do { _ = try RowExpression(parsing: text) } catch {
      #expect(error.message == message)
      #expect(error.column == column)
    }
  }

  @Test(
    "deep and long expressions are refused before they cost a stack",
    arguments: [
      ("(", "a > 1"), ("not ", "a"), ("- ", "a > 1"), ("a + ", "a > 1"), ("a and ", "a"),
      ("a < ", "a"), ("(a and ", "a"), ("a / (", "a"), ("a or not (", "a"), ("0 < - - ", "a"),
    ])
  func hostile(part: String, end: String) {
    let text = String(repeating: part, count: 200_000) + end
    #expect(throws: ParseFailure.self) { try RowExpression(parsing: text) }
  }

  @Test("a hundred operators are nothing") func long() throws {
    let text = (0..<150).map { "a == \($0)" }.joined(separator: " or ")
    #expect(try RowExpression(parsing: text).text == text)
  }

  @Test("columns are compared by their declared types") func types() throws {
    func told(_ expression: String) -> [String] {
      problems(
        "data: d.csv\ncolumns: {n: int, s: string, b: bool, t: datetime, d: date, c: category}\n"
          + "table: [\"\(expression)\"]\n")
    }
    for fine in [
      "n > 5", "s == 'a'", "b == true", "b == 1", "not b and n > 1", "t > '2026-01-01'",
      "t >= d", "c == 1", "c == 'a'", "n in [1, 2]", "s in ['a']", "n / 2 > c", "u > 'a'",
    ] { #expect(told(fine) == [], "\(fine)") }
    #expect(
      told("n == 'a'") == ["3:12 `n` is a number, and `'a'` is a text (leave out the quotes)"])
    #expect(
      told("s == 5") == ["3:12 `s` is a text, and `5` is a number (put the number in quotes)"])
    #expect(
      told("s in ['a', 5]") == [
        "3:21 `s` is a text, and `5` is a number (put the number in quotes)"
      ])
    #expect(told("t + 1 > 5") == ["3:10 `+` is of numbers, and `t` is a time"])
    #expect(
      told("n and b") == ["3:10 `and` joins conditions, and `n` is a number (compare it: `n > 0`)"])
    #expect(told("t > 5") == ["3:12 `t` is a time, and `5` is a number"])
    #expect(told("b < 'x'") == ["3:12 `b` is a truth value, and `'x'` is a text"])
  }
}
