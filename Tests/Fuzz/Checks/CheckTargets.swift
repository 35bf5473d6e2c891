import Checks
import Formats
import Platform
import Python
import SystemPackage

extension FuzzTarget {
  /// Files of rules: they are read, or refused at a place.
  static let rules = FuzzTarget(
    name: "rules",
    seeds: [
      "version: 1\nfamily: f\nrules:\n- id: a.b\n  codes: [E1]\n  severity: error\n  level: strict\n  kind: text\n  match: {regex: '(?i)a+', where: code}\n  message: \"a `{text}`\"\n  docs: |\n    Why.\n  examples:\n    bad: [\"a\\n\"]\n    fixed: [{before: \"a\\n\", after: \"b\\n\"}]\n",
      "version: 1\nfamily: f\nrules:\n- {id: a.c, kind: python, match: {call: numpy.random.*, not: {call: [x]}, inside: {def: {name: f, params: 2}}}, where: {class: {}}, message: m, fix: {replace: $A, safety: safe}}\n- {id: a.d, kind: python, match: {pattern: '$A == None'}, message: '{A}'}\n",
      "version: 1\nfamily: f\nrules:\n- {id: s.k, kind: secret, match: {regex: 'k_(?P<secret>[a-z]{8})', keywords: [k_ab], entropy: {min: 3.0, alphabet: hex}, allow: {regex: [x], stopword: [y]}}, message: m}\n- {id: l.r, kind: layout, match: {require: [README.md]}, message: m}\n- {id: c.m, kind: commit, match: {subject: {max: 72}}, message: m}\n- {id: n.b, kind: notebook, match: {check: hygiene}, options: {max-output: 5}, message: m}\n",
    ],
    words: [
      "version: 1\n", "family: ", "rules:\n", "- id: ", "kind: ", "match: ", "regex: ", "pattern: ",
      "call: ", "all: ", "any: ", "not: ", "has: ", "inside: ", "follows: ", "keywords: ",
      "entropy: ", "require: ", "check: ", "fix: {replace: ", "examples: ", "options: ", "$A",
      "severity: off", "applies: {paths: [", "messages: {", "\n  ", "{", "}", "[", "]", "*",
    ]
  ) { bytes in
    try RuleLibrary.check(Array(bytes.prefix(2000)), name: "rules.yml")
  }

  /// Python files under all rules: findings lie in the file, and mending ends, leaves Python that can be read and finds
  /// nothing more to mend.
  static let checks = FuzzTarget(
    name: "checks",
    seeds: [
      "import sys\nimport os,re\nfrom a import *\ndef f(a=[], *b):\n\t'''Doc.\n\n    Args:\n      a: x\n    '''\n\tif a == None : print( 'x' % (1,2) );return\n",
      "class a:\n  l = lambda x : x\n  def B(self,x:int=1)->int :\n    try: y = 1\n    except: raise E()\n# noqa: E501\n",
      "import numpy as np\nx = np.random.rand(3)\ndef g():\n  return '%s' % x, f'{x}', '{} {1}'.format(1)\n\n\n\ntype(a) == type(b)\n",
      "password = 'aZ3$kLm9Qw2xR7'\nkey = \"AKIAZ7QXPLM2VNTRKWYB\"  \n\"\\d\" 'it\\'s'\n",
    ],
    words: [
      "def ", "class ", "import ", "from ", "  # noqa", "# ruff: noqa", "# fmt: off",
      "# isort: skip",
      "== None", "is not ", "except:", "lambda ", "'''", "\"\"\"", "%s", ".format(", "{}", "f'",
      "\\d", ";", "\t", "\n\n\n", " \n", "\\\n", "->", ":=", "**", "password = '", "AKIA",
      "Args:\n", "Returns:\n", "    ", "\u{0C}", "\r", "한",
    ]
  ) { bytes in
    let path = bytes.count % 5 == 0 ? "__init__.py" : bytes.count % 7 == 0 ? "a.pyi" : "a.py"
    try examine(path, bytes)
  }

  /// Notebooks under all rules.
  static let notebooks = FuzzTarget(
    name: "notebooks",
    seeds: [
      #"{"cells":[{"cell_type":"code","execution_count":2,"id":"a","metadata":{"collapsed":true,"tags":["keep_output"]},"outputs":[{"output_type":"error","ename":"E"}],"source":["%matplotlib inline\n","import os\n","x = None == 1;"]},{"cell_type":"markdown","metadata":{},"source":"a"}],"metadata":{"widgets":{},"kernelspec":{"name":"python3"}},"nbformat":4,"nbformat_minor":5}"#,
      #"{"worksheets":[{"cells":[{"cell_type":"code","input":"!ls\nprint( 1)","prompt_number":1,"outputs":[]}]}],"metadata":{},"nbformat":3,"nbformat_minor":0}"#,
    ],
    words: [
      #""cells":"#, #""cell_type":"code""#, #""source":"#, #""outputs":"#, #""metadata":"#,
      #""execution_count":"#, "null", "[]", "{}", "%%bash\\n", "%time ", "!ls", "?x", "\\n",
      "\\u0041", "\\ud83d", "import os", "\"", ",", ":", "{", "}", "[", "]",
    ]
  ) { bytes in try examine("02-ab-a.ipynb", bytes) }

  private static let selection: RuleSelection? = {
    guard let library = try? RuleLibrary([(FilePath("lint-rules"), "lint-rules")]) else {
      return nil
    }
    return try? RuleSelection(library, ConventionSettings(), select: ["ALL"])
  }()

  private static func examine(_ path: String, _ bytes: [UInt8]) throws {
    guard let selection else { fatalError("lint-rules are not there") }
    let file = CheckedFile(path: path, bytes: bytes)
    for finding in FileChecker(selection).findings(in: file) {
      for edit in finding.fix?.edits ?? [] {
        require(edit.range.upperBound <= bytes.count, "a fix is behind the file")
      }
      require((finding.line ?? 1) >= 1 && (finding.column ?? 1) >= 1, "a finding is nowhere")
    }
    let mending = CheckMending(selection, isUnsafeToo: bytes.count % 2 == 0)
    let mended = mending.mended(path, bytes)
    let wasRight = file.python?.tree.problems.isEmpty == true
    if wasRight {
      let after = CheckedFile(path: path, bytes: mended.bytes)
      require(after.python?.tree.problems.isEmpty == true, "mended Python is not read")
    }
  }
}
