import Formats
import Testing

/// What jinja2 does to expressions before it renders shows in what they give.
@Suite("Constants that jinja2 folds") struct FoldingTests {
  @Test(
    "constants alone are worth what jinja2's optimizer makes of them",
    arguments: [
      ("{{ 5[1:2] }}|", "|"), ("{{ 5[1:2] is defined }}", "False"),
      ("{% set x = 5[1:2] %}", "TypeError: 'int' object is not subscriptable (line 1)"),
      ("{{ [][:, 1:2] is defined }}", "False"),
      ("{{ n[1:2, 3] }}", "SyntaxError: invalid syntax (line 1)"),
      ("{{ (1 > 2) and (1|nothing) }}", "False"),
      (
        "{{ (n > 2) and (1|nothing) }}",
        "TemplateAssertionError: No filter named 'nothing'. (line 1)"
      ),
      ("{{ 1e400 }}", "inf"),
      ("{{ 1e400 + n }}", "NameError: name 'inf' is not defined (line 1)"),
      ("{{ [1e308 * 10 * 0, n] }}", "NameError: name 'nan' is not defined (line 1)"),
      ("{{ 'nan'|float is number }}", "True"),
      ("{{ 'a'|float(default='x', default='y') }}", "y"),
      ("{{ (1, 2)|join('-') ~ 3 }}", "1-23"),
    ])
  func constants(template: String, expected: String) {
    #expect(rendered(template, ["n": 2]) == expected)
  }

  @Test(
    "a written minus in front of a power counts as Python reads it",
    arguments: [
      ("-2 ** 2", "4"), ("-2 ** n", "-4"), ("-n ** 2", "4"), ("-2.5 ** n", "-6.25"),
      ("2 ** -n", "0.25"),
    ])
  func powers(expression: String, expected: String) {
    #expect(rendered("{{ \(expression) }}", ["n": 2]) == expected)
  }

  @Test(
    "what Python refuses to compile comes after what jinja2 refuses",
    arguments: [
      ("{% break %}{{ n|nothing }}", "TemplateAssertionError: No filter named 'nothing'. (line 1)"),
      ("{{ f(a=1, a=2) }}", "SyntaxError: keyword argument repeated: a (line 1)"),
      (
        "{{ f(a=1, a=2) }}{% macro m(a, a) %}{% endmacro %}",
        "SyntaxError: duplicate argument 'l_1_a' in function definition (line 1)"
      ),
      (
        "{% call f(caller=1) %}{% endcall %}",
        "SyntaxError: keyword argument repeated: caller (line 1)"
      ),
    ])
  func refused(template: String, expected: String) {
    let extensions: JSONValue = ["extensions": ["jinja2.ext.loopcontrols"]]
    #expect(rendered(template, ["n": 2], options: extensions) == expected)
  }

  @Test(
    "jinja2's habits that no manual tells",
    arguments: [
      ("{% for x in [1, 2] %}{% continue %}{% else %}e{% endfor %}", "e"),
      ("{% for x in [1, 2] %}{% if x == 2 %}{% break %}{% endif %}{% else %}e{% endfor %}", ""),
      (
        "{% set x | default(n) %}{% endset %}",
        "AssertionError: Tried to resolve a name to a reference that was unknown to the frame ('n')"
      ),
      ("{{ '\\N{hangul syllable han}\\N{CJK UNIFIED IDEOGRAPH-4E00}\\N{euro sign}' }}", "한一€"),
      ("{{ range(*n) }}", "TypeError: Value after * must be an iterable, not int (line 1)"),
      (
        "{{ n|int(**n) }}",
        "TypeError: jinja2.filters.do_int() argument after ** must be a mapping, not int (line 1)"
      ),
      (
        "{% call n.bit_length() %}{% endcall %}",
        "TypeError: int.bit_length() takes no keyword arguments (line 1)"
      ),
      ("{{ ({'a': 1, 'b': 2}.keys() - ['a'])|list }}", "['b']"),
      ("{{ {'a': 1}.keys() <= {'a': 2, 'b': 1}.keys() }}", "True"),
      ("{{ (-8) ** 0.5 * 2 }}", "(3.4638242249419736e-16+5.656854249492381j)"),
      (
        "{{ n.__class__ }}{{ ''.__class__.__mro__ }}",
        "<class 'int'>(<class 'str'>, <class 'object'>)"
      ),
      ("{{ '%(a).*f' % {'a': 1} }}", "TypeError: not enough arguments for format string (line 1)"),
    ])
  func habits(template: String, expected: String) {
    let extensions: JSONValue = ["extensions": ["jinja2.ext.loopcontrols"]]
    #expect(rendered(template, ["n": 2], options: extensions) == expected)
  }
}
