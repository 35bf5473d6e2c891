@testable import Python

extension FuzzTarget {
  /// Python files: tokens, tree and scopes of any bytes.
  static let python = FuzzTarget(
    name: "python",
    seeds: [
      "import os as o\n\ndef f(a, /, *b, c: 'int' = 1, **d) -> \"o.x\":\n\tx = [y for y in b if (z := y)]\n\treturn x\n",
      "class A[T](B, m=C):\n    @d\n    async def f(self):\n        async with a as b, c: await x\n        yield\n",
      "match x:\n  case [1, *_, {'a': b, **r}] if c: pass\n  case A(b=-1+2j) | None as z: pass\n",
      "try:\n  import a.b\nexcept* (E, F) as e:\n  del e\nelse: pass\nfinally:\n  global g\n",
      "x = f'{a!r:>{w}}{b=}' rf\"\"\"{c:{d}}\\N{DASH}{{}}\"\"\" u'' t'{e}'\n",
      "with (a as b, c): x: int = lambda *a, k=1: (yield)\n",
      "__all__ = ['a'] + ['b']\n__all__ += ['c']\ntype X[*T, **P] = \"Y\"\nif 1:\n    pass\nelif 0x1F: a[1:2, ...] @= b'x'\n",
      "\u{FEFF}# coding: utf-8\r\nx = \\\r\n  (1,\r\n # c\r\n)\r\u{0C}\n\tdef\n",
    ],
    words: [
      "def ", "class ", "lambda ", "match ", "case ", "type ", "import ", "from ", " as ", "async ",
      "await ", "yield ", "f\"", "f'''", "\"\"\"", "{", "}", "(", ")", "[", "]", ":=", "**", "*",
      "!r", ":", "\\\n", "\n    ", "\n\t", "except", "finally:", "global ", "nonlocal ", "del ",
      "__all__", "\\N{", "\u{0}", "\r", "한",
    ]
  ) { bytes in
    let tree = Tree(parsing: bytes)
    var last = 0
    for token in tree.tokens {
      require(token.start <= token.end, "a token ends before it begins")
      require(Int(token.start) >= last, "tokens overlap")
      require(Int(token.end) <= bytes.count, "a token ends behind the file")
      last = Int(token.end)
    }
    require(tree.tokens.last?.kind == .end, "there is no end")
    let opened = tree.tokens.count { $0.kind == .indent }
    require(opened == tree.tokens.count { $0.kind == .dedent }, "a block is not closed")
    for problem in tree.problems {
      require(problem.start <= problem.end && problem.end <= bytes.count, "a problem is nowhere")
    }
    for node in tree.all {
      let range = tree.range(of: node)
      require(range.upperBound <= bytes.count, "a node ends behind the file")
      guard let parent = tree.parent(of: node) else { continue }
      require(parent < node && tree.contains(parent, node), "a node is outside of its parent")
      _ = tree.name(of: node)
      _ = tree.bytesValue(of: node)
      if tree.kind(node) == .compare { _ = tree.compareOperators(of: node) }
    }
    _ = tree.list.logicalLines
    let scopes = Scopes(tree)
    _ = scopes.unusedImports()
    _ = scopes.redefinitions()
    _ = scopes.undefinedNames()
    _ = scopes.unusedVariables()
    for node in tree.nodes(.attribute) { _ = scopes.qualifiedName(of: node) }
  }
}
