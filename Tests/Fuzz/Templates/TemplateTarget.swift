import Templates

extension FuzzTarget {
  /// Lexer, parser, compiler and a render with small limits: whatever stands there, it ends and does not trap, and it
  /// says the same twice.
  static let template = FuzzTarget(
    name: "template",
    seeds: [
      "{% for x in [1, 2] if x %}{{ loop.index }}{% else %}e{% endfor %}{{ 'a' ~ 2 ** 70 }}",
      "{%- macro m(a, b=1) -%}{{ caller() }}{% endmacro %}{% call m(1) %}c{% endcall %}{# x #}",
      "{% set ns = namespace(v=1) %}{% set ns.v, b = 2, 3 %}{% raw %}{{ }}{% endraw %}{{ n[1:2] }}",
      "{% block a scoped %}{{ super() }}{% endblock %}{% with a=1 %}{{ a|upper is string }}{% endwith %}",
      "{{ {'a': (1,)}.a if x else [none] }}{% filter upper %}{% autoescape true %}{{ '<' }}"
        + "{% endautoescape %}{% endfilter %}",
      "{{ '%s %d' % (1, 2) }}{{ '{:>5}'.format(3) }}{{ 'a-b'|replace('-', '_')|title }}",
    ],
    words: [
      "{{", "}}", "{%", "%}", "{#", "#}", "-%}", "{%-", "+%}", "raw", "endraw", "for", "endfor",
      " in ", "if", "elif", "else", "endif", "set", "endset", "macro", "endmacro", "call",
      "endcall", "filter", "endfilter", "block", "endblock", "with", "endwith", "recursive",
      "loop(", "namespace(", "is ", "not ", "**", "//", "~", "\\N{", "\\u", "0x", "1e9", "1_0",
      "include", "import", "extends", "scoped", "required", "caller()", "varargs", "self.",
      "super()", "|tojson", "|batch(2)", "|map('upper')", "range(", "lipsum(",
      "99999999999999999999",
    ]
  ) { bytes in
    var limits = TemplateLimits()
    limits.bytes = 1 << 16
    limits.rounds = 20_000
    limits.integerBits = 1 << 12
    var options = TemplateOptions()
    options.extensions = ["jinja2.ext.do", "jinja2.ext.loopcontrols"]
    if let first = bytes.first {
      options.trimBlocks = first & 1 != 0
      options.lstripBlocks = first & 2 != 0
      options.autoescape = first & 4 != 0
      options.undefined = UndefinedKind.allCases[Int(first >> 3) % 4]
      if first & 64 != 0 { options.lineStatementPrefix = "#" }
    }
    let environment = TemplateEnvironment(options: options, limits: limits)
    let context = TemplateContext([
      ("n", .list([.int(1), .text("é"), .float(2.5)])), ("x", .bool(true)),
      ("m", .dict([ContextPair(.text("a"), .int(1))], isOrdered: true)),
    ])
    let template = try environment.template(bytes: bytes)
    let output = try? template.render(context)
    let text = output ?? []
    require(text.count <= limits.bytes + bytes.count, "more bytes than allowed")
    if !template.mutatesContext, !bytes.text.contains("random"), !bytes.text.contains("lipsum") {
      let again = try? template.render(context)
      require((output == nil) == (again == nil), "not the same twice")
    }
  }
}
