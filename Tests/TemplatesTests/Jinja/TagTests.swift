import Formats
import Platform
import Templates
import Testing

@Suite("Tags of templates") struct TagTests {
  @Test(
    "scopes are jinja2's",
    arguments: [
      ("{% set x = 1 %}{% for i in [1] %}{% set x = 2 %}{% endfor %}{{ x }}", "1"),
      ("{% if true %}{% set x = 2 %}{% endif %}{{ x }}", "2"),
      ("{% for i in [1, 2] %}{{ x }}{% set x = i %}{{ x }}{% endfor %}", "12"),
      (
        "{% set ns = namespace(n=0) %}{% for i in [1, 2] %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}",
        "3"
      ),
      ("{% with a = 1, b = 2 %}{{ a }}{{ b }}{% endwith %}{{ a }}", "12"),
      ("{% macro m(a, b=a) %}{{ a }}{{ b }}{{ x }}{% endmacro %}{% set x = 3 %}{{ m(1) }}", "113"),
      ("{% set x %}a{{ 1 }}{% endset %}{{ x|upper }}", "A1"),
      ("{% for i in [1, 2] %}{% macro m() %}{{ i }}{% endmacro %}{{ m() }}{% endfor %}", "12"),
    ])
  func scopes(source: String, expected: String) { #expect(rendered(source) == expected) }

  @Test(
    "loops know where they are",
    arguments: [
      (
        "{% for x in 'abc' %}{{ loop.index }}{{ loop.revindex0 }}{{ loop.last }} {% endfor %}",
        "12False 21False 30True "
      ),
      (
        "{% for x in [1, 2, 3] if x > 1 %}{{ loop.length }}{{ loop.first }}{% endfor %}",
        "2True2False"
      ),
      ("{% for x in [] %}a{% else %}b{% endfor %}", "b"),
      ("{% for a, b in [[1, 2]] %}{{ a + b }}{% endfor %}", "3"),
      (
        "{% for x in [[1, [2]]] recursive %}{{ loop.depth }}{% if x is iterable %}{{ loop(x) }}{% endif %}{% endfor %}",
        "1223"
      ),
      (
        "{% for x in [1, 1, 2] %}{{ loop.changed(x) }}{{ loop.cycle('a', 'b') }}{% endfor %}",
        "TrueaFalsebTruea"
      ),
      ("{% for x in [1, 2, 3] %}{% if x == 2 %}{% continue %}{% endif %}{{ x }}{% endfor %}", "13"),
      ("{% for x in 5 %}{% endfor %}", "TypeError: 'int' object is not iterable (line 1)"),
      (
        "{% for a, b in [1] %}{% endfor %}",
        "TypeError: cannot unpack non-iterable int object (line 1)"
      ),
    ])
  func loops(source: String, expected: String) {
    #expect(rendered(source, options: ["extensions": ["jinja2.ext.loopcontrols"]]) == expected)
  }

  @Test("white space is kept and removed by signs and options")
  func whiteSpace() {
    #expect(rendered("a \n {%- if true -%} \n b {%- endif %}\n") == "ab")
    #expect(
      rendered("{% if true %}\n  x\n{% endif %}\ny", options: ["trim_blocks": true]) == "  x\ny")
    let both: JSONValue = ["trim_blocks": true, "lstrip_blocks": true]
    #expect(rendered("  {% if true %}\n  x\n  {%+ endif %}\ny", options: both) == "  x\n  y")
    #expect(rendered("a\r\nb\n", options: ["keep_trailing_newline": true]) == "a\nb\n")
    #expect(rendered("a\nb", options: ["newline_sequence": "\r\n"]) == "a\r\nb")
    #expect(rendered("{% raw %}{{ x }}{% endraw %}{# c #}.") == "{{ x }}.")
    #expect(
      rendered(
        "# for x in [1, 2]\n{{ x }}\n# endfor\n## note",
        options: ["line_statement_prefix": "#", "line_comment_prefix": "##"]) == "1\n2\n")
  }

  @Test("templates extend, include and import each other")
  func inheritance() {
    let templates = [
      "base": "<{% block a %}A{% endblock %}{% block b %}B{{ self.a() }}{% endblock %}>",
      "inc": "[{{ x }}{{ y }}]",
      "lib": "{% macro hi(n) %}hi {{ n }}{% endmacro %}{% set v = 1 %}{% set _h = 2 %}",
    ]
    func check(_ source: String, _ expected: String) {
      #expect(rendered(source, ["y": 2], templates: templates) == expected)
    }
    check("{% extends 'base' %}lost{% block a %}{{ super() }}2{% endblock %}", "<A2BA2>")
    check("{% set x = 1 %}{% include 'inc' %}{% include 'inc' without context %}", "[12][]")
    check("{% include ['no', 'inc'] %}{% include 'no' ignore missing %}", "[2]")
    check("{% include 'no' %}", "TemplateNotFound: no (line 1)")
    check("{% import 'lib' as l %}{{ l.hi(1) }}{{ l.v }}{{ l._h }}", "hi 11")
    check("{% from 'lib' import hi as h, v %}{{ h('x') }}{{ v }}", "hi x1")
    check(
      "{% from 'lib' import no %}{{ no.x }}",
      "UndefinedError: the template 'lib' (imported on line 1) does not export the requested name 'no' (line 1)"
    )
  }

  @Test("what is printed is escaped where autoescape is on")
  func autoescape() {
    #expect(
      rendered(
        "{{ '<' }}{{ '<'|safe }}{{ '<'|safe ~ more }}", ["more": ">"], options: ["autoescape": true]
      )
        == "&lt;<<&gt;")
    #expect(rendered("{% autoescape true %}{{ '<' }}{% endautoescape %}{{ '<' }}") == "&lt;<")
  }

  @Test("macros take arguments, the rest of them, and a caller")
  func macros() {
    #expect(
      rendered("{% macro m(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, z=3) }}")
        == "1(2,){'z': 3}")
    #expect(
      rendered(
        "{% macro m() %}[{{ caller(1) }}]{% endmacro %}{% call(x) m() %}c{{ x }}{% endcall %}")
        == "[c1]")
    #expect(
      rendered("{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}")
        == "TypeError: macro 'm' takes not more than 1 argument(s) (line 1)")
  }

  @Test(
    "what never ends is ended",
    arguments: [
      (
        "{% for i in range(99999999) %}{% for j in range(99999999) %}x{% endfor %}{% endfor %}",
        "LimitExceeded"
      ),
      ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "RecursionError"),
      ("{{ 'abc' * 99999999999 }}", "LimitExceeded"),
      ("{{ 9 ** 9 ** 9 ** 9 ** 9 ** 9 ** 9 }}", "LimitExceeded"),
      ("{{ " + String(repeating: "(", count: 5000), "RecursionError"),
      ("{{ 1" + String(repeating: "+1", count: 5000) + " }}", "RecursionError"),
      ("{% for x in l %}{% do l.append(x) %}{% endfor %}", "LimitExceeded"),
    ])
  func limits(source: String, expected: String) {
    var limits = TemplateLimits()
    limits.bytes = 1 << 20
    limits.rounds = 100_000
    let answer = rendered(
      source, ["l": [1]], options: ["extensions": ["jinja2.ext.do"]], limits: limits)
    #expect(answer.hasPrefix(expected + ": "), "\(answer)")
  }

  @Test("errors say where they are and show the line")
  func places() throws {
    let source = Array("a\n  {{ 한|nofilter }}\n".utf8)
    let environment = TemplateEnvironment()
    let error = try #require(throws: TemplateError.self) { try environment.template(bytes: source) }
    #expect(error.line == 2)
    let failure = error.failure(in: "a.txt", source: source)
    #expect(failure.description.contains("--> a.txt:2"))
    #expect(failure.excerpt?.contains("{{ 한|nofilter }}") == true)
  }

  @Test("a session's templates see what earlier ones changed, and say whether they may")
  func sessions() throws {
    let environment = TemplateEnvironment()
    let session = RenderSession(TemplateContext(["l": [1]]))
    let first = try environment.template("{{ l.append(2) }}")
    let second = try environment.template("{{ l }}")
    #expect(first.mutatesContext && !second.mutatesContext)
    _ = try first.render(session)
    #expect(String(decoding: try second.render(session), as: UTF8.self) == "[1, 2]")
  }
}
