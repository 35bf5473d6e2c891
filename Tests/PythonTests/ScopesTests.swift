import Testing

@testable import Python

@Suite("Python scopes") struct ScopesTests {
  private static func scopes(_ text: String) -> Scopes {
    Scopes(Tree(parsing: Array(text.utf8)))
  }

  @Test(
    "names are followed through imports",
    arguments: [
      ("import numpy as np\nnp.random.rand(3)\n", "numpy.random.rand"),
      ("from numpy.random import rand as r\nr(3)\n", "numpy.random.rand"),
      ("import numpy.random\nnumpy.random.rand(3)\n", "numpy.random.rand"),
      ("from numpy import random\ndef f():\n  random.rand(3)\n", "numpy.random.rand"),
      ("from .a import b\nb.c()\n", ".a.b.c"), ("print(1)\n", "builtins.print"),
      ("def print(x): pass\nprint(1)\n", nil), ("x.y()\n", nil),
    ]) func qualifiedNames(text: String, name: String?) throws
  {
    let scopes = Self.scopes(text)
    let call = try #require(scopes.tree.nodes(.call).first)
    #expect(scopes.qualifiedName(of: scopes.tree.function(of: call)) == name)
  }

  @Test(
    "unused imports",
    arguments: [
      ("import a\n", ["a"]), ("import a\na\n", []), ("import a as a\n", []),
      ("import a\n__all__ = ['a']\n", []),
      ("import a, b\n__all__ = ['a']\n__all__ += ['b']\n", []),
      ("from __future__ import annotations\n", []),
      ("import a\nx: 'a.B'\n", []), ("import a\ndef f(x: 'List[a.B]'): pass\n", []),
      ("import a\nclass B:\n  import c\n", ["a"]),
      ("from typing import cast\nimport a\ncast('a.B', 1)\n", []),
      ("from typing import Literal\nimport a\nx: Literal['a']\n", ["a"]),
      ("import a.b\nimport a as c\nc.b\n", []),
    ]) func unusedImports(text: String, names: [String])
  {
    let scopes = Self.scopes(text)
    #expect(scopes.unusedImports().map { scopes.name(of: $0) } == names)
  }

  @Test(
    "redefinitions",
    arguments: [
      ("import a\nimport a\n", ["a"]), ("def f(): pass\ndef f(): pass\n", ["f"]),
      ("try:\n  import a\nexcept ImportError:\n  a = None\n", []),
      ("if x:\n  def f(): pass\nelse:\n  def f(): pass\n", []),
      ("from typing import overload\n@overload\ndef f(): ...\ndef f(): pass\n", []),
      ("import a\nfor a in []: pass\n", []),
      ("x = 1\nx = 2\n", []), ("import a\ndef f():\n  import a\n", ["a"]),
    ]) func redefinitions(text: String, names: [String])
  {
    let scopes = Self.scopes(text)
    #expect(scopes.redefinitions().map { scopes.name(of: $0.new) } == names)
  }

  @Test(
    "undefined names",
    arguments: [
      ("x\n", ["x"]), ("def f(): return x\nx = 1\n", []),
      ("class A:\n  b = 1\n  def f(self): return b\n", ["b"]),
      ("try:\n  unicode\nexcept NameError: pass\n", []), ("from a import *\nx\n", []),
      ("x = 1\ndel x\nx\n", ["x"]),
      ("[y for y in range(3)]\ny\n", ["y"]), ("[z := 1 for _ in range(3)]\nz\n", []),
      ("def f[T](x: T) -> T: ...\nT\n", ["T"]), ("def f():\n  global g\n  g = 1\ng\n", []),
      ("f'{x}'\n", ["x"]), ("def f(a: 'B'): pass\n", ["B"]), ("match 1:\n  case a: a\n", []),
    ]) func undefined(text: String, names: [String])
  {
    let scopes = Self.scopes(text)
    let found = scopes.undefinedNames().map { scopes.name(scopes.references[$0].symbol) }
    #expect(found == names)
  }

  @Test(
    "unused variables",
    arguments: [
      ("def f():\n  a = 1\n", ["a"]), ("def f():\n  a, b = g()\n", []),
      ("def f():\n  _a = 1\n", []),
      ("def f():\n  a = 1\n  return locals()\n", []), ("def f():\n  with g() as a: pass\n", ["a"]),
      ("try: pass\nexcept E as e: pass\n", ["e"]), ("def f():\n  for a in []: pass\n", []),
      ("def f():\n  a = 1\n  def g(): return a\n", []), ("def f():\n  global a\n  a = 1\n", []),
    ]) func unusedVariables(text: String, names: [String])
  {
    let scopes = Self.scopes(text)
    #expect(scopes.unusedVariables().map { scopes.name(of: $0) } == names)
  }
}
