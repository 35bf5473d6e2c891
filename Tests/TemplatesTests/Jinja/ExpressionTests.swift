import Formats
import Testing

@Suite("Expressions of templates") struct ExpressionTests {
  @Test(
    "precedence is jinja2's, not Python's",
    arguments: [
      ("-2**2", "4"), ("2**3**2", "64"), ("-5|abs", "5"), ("2 * 3|string", "33"),
      ("1 + 2 ~ 3", "TypeError: unsupported operand type(s) for +: 'int' and 'str' (line 1)"),
      ("not 'a'|length == 1", "False"), ("1, 2", "(1, 2)"), ("1 < 2 < 3", "True"),
      ("3 > 2 > 2", "False"), ("'a' 'b' ~ 1", "ab1"), ("1 if false", ""),
      ("8 is divisibleby 4", "True"),
    ])
  func precedence(expression: String, expected: String) {
    #expect(rendered("{{ \(expression) }}") == expected)
  }

  @Test(
    "numbers are Python's",
    arguments: [
      ("10**20", "100000000000000000000"), ("9223372036854775807 + 1", "9223372036854775808"),
      ("7 / 2", "3.5"), ("-7 // 2", "-4"), ("-7 % 3", "2"), ("7 % -3", "-2"), ("2**-1", "0.5"),
      ("1e16", "1e+16"), ("0.1 + 0.2", "0.30000000000000004"), ("true + 1", "2"),
      ("1 == 1.0", "True"),
      ("10**25 / 3", "3.3333333333333333e+24"), ("1e16 - 10**25", "-9.99999999e+24"),
      ("-7.5 // 2", "-4.0"), ("0x1F + 0b11 + 0o7 + 1_000", "1041"),
      ("1 / 0", "ZeroDivisionError: division by zero (line 1)"),
      ("1 % 0", "ZeroDivisionError: integer modulo by zero (line 1)"),
      ("2.0 ** 5000", "OverflowError: (34, 'Numerical result out of range') (line 1)"),
      (
        "10 ** 5000",
        "ValueError: Exceeds the limit (4300 digits) for integer string conversion; "
          + "use sys.set_int_max_str_digits() to increase the limit (line 1)"
      ),
    ])
  func numbers(expression: String, expected: String) {
    #expect(rendered("{{ \(expression) }}") == expected)
  }

  @Test(
    "texts are code points and containers print as repr",
    arguments: [
      ("u|length", "2"), ("u[0]", "e"), ("u == '\\u00e9'", "False"), ("'한국어'[::-1]", "어국한"),
      ("['a', \"it's\", none, 1.0, {'k': (1,)}]", "['a', \"it's\", None, 1.0, {'k': (1,)}]"),
      ("'abc'[-2:]", "bc"), ("[1, 2, 3][::-1]", "[3, 2, 1]"), ("range(5)[1:3]", "range(1, 3)"),
      ("'a\\n' ~ '\\x41\\u00e9'", "a\nAé"), ("{1: 'a', 1.0: 'b', true: 'c'}", "{1: 'c'}"),
      ("'' 'x'", "x"), ("[1:2]", "TemplateSyntaxError: expected token ',', got ':' (line 1)"),
    ])
  func texts(expression: String, expected: String) {
    #expect(rendered("{{ \(expression) }}", ["u": "e\u{301}"]) == expected)
  }

  @Test(
    "a dot asks for the attribute first, brackets for the item",
    arguments: [
      ("d.a", "1"), ("d['items']", "2"), ("d.items is callable", "True"), ("l.0", "x"),
      ("d.zz", ""),
      ("d.zz.y", "UndefinedError: 'dict object' has no attribute 'zz' (line 1)"),
      ("q.y", "UndefinedError: 'q' is undefined (line 1)"), ("l[9] is defined", "False"),
      ("none.x.y", "UndefinedError: 'None' has no attribute 'x' (line 1)"),
      ("l[9].x", "UndefinedError: list object has no element 9 (line 1)"),
    ])
  func lookups(expression: String, expected: String) {
    #expect(
      rendered("{{ \(expression) }}", ["d": ["a": 1, "items": 2], "l": ["x"]]) == expected)
  }

  @Test(
    "each undefined kind allows what jinja2's does",
    arguments: [
      ("Undefined", "{{ x }}|{{ x|length }}|{% for a in x %}{% endfor %}", "|0|"),
      ("StrictUndefined", "{{ x is defined }}{{ x|default('d') }}", "Falsed"),
      ("StrictUndefined", "{{ x }}", "UndefinedError: 'x' is undefined (line 1)"),
      ("StrictUndefined", "{{ 1 if x }}", "UndefinedError: 'x' is undefined (line 1)"),
      ("StrictUndefined", "{{ 1 if false }}", ""),
      ("ChainableUndefined", "{{ x.y['z'].w }}", ""),
      ("DebugUndefined", "{{ x }}{{ d.y }}", "{{ x }}{{ no such element: dict object['y'] }}"),
    ])
  func undefined(kind: String, source: String, expected: String) {
    let options: JSONValue = .object([.init("undefined", .string(kind))])
    #expect(rendered(source, ["d": [:]], options: options) == expected)
  }
}
