import Testing

@Suite("Syntax errors of templates") struct SyntaxTests {
  @Test(
    "messages and lines are jinja2's",
    arguments: [
      ("{{ a", "unexpected end of template, expected 'end of print statement'. (line 1)"),
      (
        "\n{% if a %}",
        "Unexpected end of template. Jinja was looking for the following tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'. (line 2)"
      ),
      ("{% nope %}", "Encountered unknown tag 'nope'. (line 1)"),
      (
        "{% for a in b %}{% endif %}",
        "Encountered unknown tag 'endif'. Jinja was looking for the following tags: 'endfor' or 'else'. The innermost block that needs to be closed is 'for'. (line 1)"
      ),
      ("{{ 1 + }}", "unexpected 'end of print statement' (line 1)"),
      ("{{ }}", "Expected an expression, got 'end of print statement' (line 1)"),
      ("{{ a.! }}", "unexpected char '!' at 5 (line 1)"),
      ("{{ (1] }}", "unexpected ']', expected ')' (line 1)"),
      ("{# x", "Missing end of comment tag (line 1)"),
      ("{% raw %}x", "Missing end of raw directive (line 1)"),
      ("{{ '\\x4' }}", "truncated \\xXX escape (line 1)"),
      ("{{ 0777 }}", "expected token 'end of print statement', got 'integer' (line 1)"),
      ("{% set 1 = 2 %}", "can't assign to 'const' (line 1)"),
      (
        "{% block a-b %}{% endblock %}",
        "Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead. (line 1)"
      ),
    ])
  func messages(source: String, expected: String) {
    #expect(rendered(source) == "TemplateSyntaxError: " + expected)
  }

  @Test(
    "what fails when jinja2 compiles",
    arguments: [
      ("{{ a|nope }}", "No filter named 'nope'. (line 1)"),
      ("\n{{ a is nope }}", "No test named 'nope'. (line 2)"),
      (
        "{% block a %}{% endblock %}{% block a %}{% endblock %}", "block 'a' defined twice (line 1)"
      ),
      (
        "{% for x in y %}{% set loop = 1 %}{% endfor %}",
        "Can't assign to special loop variable in for-loop target (line 1)"
      ),
    ])
  func assertions(source: String, expected: String) {
    #expect(rendered(source) == "TemplateAssertionError: " + expected)
  }

  @Test("an unknown filter in a branch fails when it is reached")
  func branches() {
    #expect(rendered("{% if false %}{{ a|nope }}{% endif %}") == "")
    #expect(
      rendered("{% if true %}{{ a|nope }}{% endif %}")
        == "TemplateRuntimeError: No filter named 'nope' found. (line 1)")
  }
}
