import Testing

@testable import Python

@Suite("Python trees") struct ParserTests {
  private static func tree(_ text: String) -> Tree { Tree(parsing: Array(text.utf8)) }

  @Test("a call's function, arguments and keywords") func call() throws {
    let tree = Self.tree("f.g(a, *b, k=1, **d)\n")
    let call = try #require(tree.nodes(.call).first)
    #expect(tree.dottedName(of: tree.function(of: call)) == ["f", "g"])
    #expect(tree.positionalArguments(of: call).map { tree.text($0) } == ["a", "*b"])
    #expect(tree.keywordArguments(of: call).map { tree.name(of: $0) } == ["k", nil])
    #expect(tree.argument("k", of: call).map { tree.text($0) } == "1")
  }

  @Test("a function's parts") func function() throws {
    let tree = Self.tree(
      "@d\nasync def f[T](a, /, b: int = 1, *c, e, **g) -> str:\n  'doc'\n  return a\n")
    let function = try #require(tree.nodes(.functionDef).first)
    #expect(tree.problems == [])
    #expect(tree.name(of: function) == "f")
    #expect(tree.isAsync(function))
    #expect(tree.decorators(of: function).map { tree.text($0) } == ["@d"])
    let parameters = tree.parameters(of: function)
    #expect(parameters.map { tree.name(of: $0) } == ["a", "b", "c", "e", "g"])
    #expect(
      parameters.map { tree.parameterKind(of: $0) } == [
        .positionalOnly, .positional, .variadic, .keywordOnly, .variadicKeyword,
      ])
    #expect(tree.annotation(of: parameters[1]).map { tree.text($0) } == "int")
    #expect(tree.defaultValue(of: parameters[1]).map { tree.text($0) } == "1")
    #expect(tree.returns(of: function).map { tree.text($0) } == "str")
    #expect(tree.docstring(of: function).flatMap { tree.stringValue(of: $0) } == "doc")
    #expect(tree.statements(of: function).count == 2)
    #expect(tree.place(of: function) == (line: 2, column: 1))
  }

  @Test("imports") func imports() {
    let tree = Self.tree("import a.b as c, d\nfrom ..e import f as g, h\nfrom . import *\n")
    let aliases = tree.nodes(.alias)
    #expect(aliases.map { tree.importedName(of: $0) } == ["a.b", "d", "f", "h", "*"])
    #expect(aliases.map { tree.asName(of: $0) } == ["c", nil, "g", nil, nil])
    let from = tree.nodes(.importFrom)
    #expect(from.map { tree.importLevel(of: $0) } == [2, 1])
    #expect(from.map { tree.importModule(of: $0) } == ["e", nil])
  }

  @Test("strings side by side have one value") func strings() throws {
    let tree = Self.tree("x = 'a\\x41\\\n' r'\\n' \"\"\"\u{e9}\"\"\"\n")
    let string = try #require(tree.nodes(.string).first)
    #expect(tree.stringValue(of: string) == "aA\\n\u{e9}")
    #expect(
      tree.stringTokens(of: string).map { tree.prefix(ofToken: $0).isRaw } == [false, true, false])
  }

  @Test("comparisons keep their operators") func comparisons() throws {
    let tree = Self.tree("a < (b == c) is not d not in e\n")
    let found = tree.nodes(.compare).map { tree.compareOperators(of: $0) }
    #expect(found == [[.less, .notIdentical, .notContained], [.equal]])
  }

  @Test("an error is one line's, and the rest is parsed") func recovery() {
    let tree = Self.tree(
      "x = = 1\ndef f(a b):\n  y = 2\n  return y y\nelse:\n  pass\nclass A:\nz = (3\nimport a\n")
    #expect(tree.problems.map { tree.list.lines.line(of: $0.start) } == [1, 2, 4, 8, 8])
    #expect(tree.nodes(.importStatement).count == 1)
    #expect(tree.nodes(.assign).count == 1)
  }

  @Test(
    "errors in CPython's words",
    arguments: [
      ("f() = 1", "cannot assign to function call"),
      ("print 'a'", "Missing parentheses in call to 'print'. Did you mean print(...)?"),
      ("if a:\nb", "expected an indented block after 'if' statement on line 1"),
      ("  a", "unexpected indent"),
      ("def f(a=1, b): pass", "parameter without a default follows parameter with a default"),
      ("f(a=1, b)", "positional argument follows keyword argument"),
      ("f'{}'", "f-string: valid expression required before '}'"),
      ("'a' b'b'", "cannot mix bytes and nonbytes literals"),
      ("try: a", "expected 'except' or 'finally' block"),
    ]) func messages(text: String, message: String)
  {
    #expect(Self.tree(text).problems.first?.message == message)
  }

  @Test(
    "no nesting uses up the stack",
    arguments: [
      "(", "[", "{", "-", "not ", "f(", "a[*", "lambda:", "f'{", "a if b else ", "a**", "{**",
    ])
  func depth(open: String) {
    let tree = Self.tree(String(repeating: open, count: 100_000))
    #expect(tree.problems.count >= 1)
  }

  @Test("a long chain is no nesting") func chains() {
    let tree = Self.tree("x = a" + String(repeating: ".b(c) + d", count: 20_000) + "\n")
    #expect(tree.problems == [])
    #expect(Scopes(tree).undefinedNames().count == 40_001)
  }

  @Test("soft keywords are names where they are nothing else") func softKeywords() {
    let tree = Self.tree(
      "match = case = type = _ = 1\nmatch(x)\nmatch[x]: int\ntype(x)\nprint(match, case)\n")
    #expect(tree.problems == [])
    #expect(Self.tree("match match:\n  case case: type type = type\n").nodes(.typeAlias).count == 1)
  }
}
