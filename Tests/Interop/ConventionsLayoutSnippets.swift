/// Small Python files with faults of layout: clean ones, each changed in a few places that a generator chooses.
enum ConventionsLayoutSnippets {
  /// The same ones every time.
  static func make(_ count: Int) -> [String] {
    var random = Generator(state: 20_261_121)
    return (0..<count).map { number in
      let parts = (0..<(2 + random.next(3))).map { _ in seeds[random.next(seeds.count)] }
      var text = Array((number % 3 == 0 ? imports[random.next(imports.count)] : "").utf8)
      text += Array(parts.joined(separator: "\n\n").utf8)
      for _ in 0..<(1 + random.next(4)) { change(&text, &random) }
      return String(decoding: text, as: UTF8.self)
    }
  }

  private struct Generator {
    var state: UInt64

    mutating func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
  }

  private static let insertions = [
    " ", "  ", "\t", "\n", "\n\n", "\n\n\n", ";", "; ", " # c\n", "#c\n", "  #  c\n", "## c\n",
    " \n",
    "    ", "\\\n", ",", "'", "\"", "\\d", "not ", "x = 1\n", "import zlib, abc\n",
    "from . import q\n",
    "'a'", "# noqa\n", "\u{3000}", "\u{AC00}", "\r\n",
  ]

  private static func change(_ text: inout [UInt8], _ random: inout Generator) {
    guard text.count > 4 else { return }
    var place = random.next(text.count)
    switch random.next(6) {
    case 0, 1:
      while place < text.count, text[place] & 0xC0 == 0x80 { place += 1 }
      text.insert(contentsOf: insertions[random.next(insertions.count)].utf8, at: place)
    case 2:
      // Takes away the next space or line end.
      while place < text.count, text[place] != 0x20, text[place] != 0x0A { place += 1 }
      if place < text.count { text.remove(at: place) }
    case 3:
      // Doubles it.
      while place < text.count, text[place] != 0x20, text[place] != 0x0A { place += 1 }
      if place < text.count { text.insert(text[place], at: place) }
    case 4:
      // Puts space before or behind the next sign.
      while place < text.count, text[place] >= 0x30, text[place] < 0x3A || text[place] > 0x40 {
        place += 1
      }
      text.insert(random.next(4) == 0 ? 0x09 : 0x20, at: min(text.count, place + random.next(2)))
    default:
      // The other quotes.
      for index in place..<text.count where text[index] == 0x22 || text[index] == 0x27 {
        let old = text[index]
        guard let end = text[(index + 1)...].firstIndex(of: old) else { return }
        text[index] = old == 0x22 ? 0x27 : 0x22
        text[end] = text[index]
        return
      }
    }
  }

  private static let imports = [
    "import sys\nimport os\nfrom b import (c, A, D_E)\nimport numpy as np\n\n",
    "from __future__ import annotations\nimport os, sys\nfrom . import a\nfrom .. import b\n\n",
    "import os  # why\n# what\nimport abc\nfrom x import (\n    y,  # one\n    # two\n    z,\n)\n\n\n",
    "from a import b\nfrom a import c as d\nfrom a import *\nimport a.b.c as e\nimport a10, a2\n",
    "from aaaaaaaaaaaaaaaaaaaaaaaaaaa import bbbbbbbbbbbbbbbbbbbbbbbb, cccccccccccccccccccccccccccc\n\n",
    "import b\n# isort: split\nimport a\nimport sys\n",
    "\"\"\"Text.\"\"\"\n\nimport os\n\n__all__ = [\"a\"]\nimport sys\nif x:\n    import b\n    import a\n",
  ]

  private static let seeds = [
    "x = 1\ny = x + 2\nz = [1, 2, 3]\n",
    "def f(a, b=1, *args, c: int = 2, **kw) -> int:\n    \"\"\"Text.\"\"\"\n    return a + b * c\n",
    "class A(B):\n    \"\"\"Text.\"\"\"\n\n    x = 1\n\n    def f(self):\n        return self.x\n\n    @property\n    def g(self):\n        return 1\n",
    "@decorated(1)\ndef f():\n    def g():\n        return 1\n\n    return g\n",
    "if x and not y:\n    z = a if b else c\nelif x is None:\n    pass\nelse:\n    z = lambda q, r=1: q\n",
    "for i, j in enumerate(x):\n    print(i, j, sep=\"\")  # one\n    continue\nwhile True:\n    break\n",
    "try:\n    f()\nexcept (A, B) as e:\n    raise C(e) from e\nfinally:\n    del x[0]\n",
    "with open(\"a\") as f, open(\"b\") as g:\n    f.write(g.read())\n",
    "d = {\"a\": 1, **e}\ns = d[\"a\"][1:2, ::3]\nt = (1,)\n",
    "f = f\"{x!r:>{w}} {y} {{}}\"\ng = \"it's\" + 'a \"b\"'\n",
    "x = a @ b // c % d ** e\nx += 1\nx <<= 2\ny = ~x & 1 | 2 ^ 3\n",
    "async def f():\n    async with a as b:\n        await b\n    return [i async for i in y if i]\n",
    "match x:\n    case [1, *rest] if rest:\n        pass\n    case {\"k\": v}:\n        pass\n",
    "type X[T: int] = list[T]\nassert (y := f(1)) > 2, \"text\"\nglobal z\n",
    "# one\n#: two\n#!three\nx = [\n    1,  # one\n    2,\n]\n",
    "def f(): ...\ndef g(): ...\n\n\nclass C: ...\n",
    "x = \"\"\"one\n    two  \n\"\"\"\ny = '''three'''\n",
    "x = -1\ny = f(*a, **b)\nz = a[-1]\nw = not -x\nv = a if -b else +c\n",
    "value = some_function_name(first_argument_value, second_argument_value)[\"key\"]  # https://example.org\n",
    "def f[T: int = str](x: T, /, y: \"str\" = \"a\", *, z=None) -> dict[str, int]:\n    yield x\n    yield\n",
  ]
}
