/// Comments that leave findings out, or would if there were any: lines that break rules, each with comments of many forms.
enum ConventionsCommentCases {
  /// Rules whose findings both tell alike, so that what is left over is the comments' own.
  static let question = AgreementQuestion(ids: [
    "py.unused-import", "py.unused-variable", "py.redefinition", "py.compare-none-true",
    "py.bare-except", "py.undefined", "py.mutable-default", "py.loop-variable",
    "py.handler-type", "py.useless-expression", "py.unused-noqa", "py.naming",
  ])

  /// Beginnings of codes that no rule of ours has.
  static let foreign = [
    "A", "ARG", "ASYNC", "C4", "COM", "DTZ", "EM", "ERA", "EXE", "FBT", "FIX", "FURB", "ICN", "INP",
    "ISC",
    "LOG", "PERF", "PGH", "PIE", "PLC", "PLE", "PLR01", "PLR02", "PLR04", "PLR1", "PLR2", "PLR5",
    "PLW", "PT", "PTH",
    "PYI", "RET", "RSE", "RUF0", "S1", "S2", "S4", "S5", "S6", "SIM", "SLF", "SLOT", "TC", "TD",
    "TID", "TRY",
    "UP", "YTT",
  ].joined(separator: "\", \"")

  static var all: [String] {
    var texts: [String] = []
    for (index, comment) in comments.enumerated() {
      var text = ""
      for (place, line) in lines.enumerated() {
        // Each line with the comment, and some without.
        text += line.addingComment((place + index) % 5 == 4 ? "" : comment) + "\n"
      }
      texts.append(text)
      texts.append("# ruff: noqa: F401, B018\n" + text)
      texts.append("import os\n\n\ndef f(a=[]):\n    return a == None\n\(comment)\n")
    }
    texts.append("# ruff: noqa\nimport os  # noqa: F401\nx = 1  # noqa\n")
    texts.append("# flake8: noqa: F401\nimport os\nx = 1  # noqa: E711\n")
    texts.append("# ruff: noqa: E711\nimport os\n# ruff: noqa: F401\n")
    texts.append("# ruff: noqa: RUF100\nx = 1  # noqa: E711\n")
    return texts
  }

  private static let lines = [
    "import os", "import sys, re", "from a import (\n    b,\n    c,\n)",
    "from d import (§\n    e,\n    f,\n)",
    "x = os2", "if x == None: pass", "def g(a={}): pass", "def Bad(): pass", "x", "y = 1",
    "z = '''\ntext\n'''", "w = (1 ==\n     None)", "for q in x: pass",
    "try:\n    x()\nexcept (A, A):§\n    pass", "v = x == \\\n    None", "'text'",
    "print(x == True)",
  ]

  private static let comments = [
    "# noqa", "# noqa: F401", "# noqa: E711", "# noqa: F401, E711", "# noqa:F401,E711",
    "# noqa: F401,F401", "# NOQA", "# NoQA:E711", "# noqa : F401", "# noqa: F821", "# noqa: B018",
    "# noqa: N802, F811", "# noqa: D100", "# noqa: ANN001, F401", "# noqa: F401 # type: ignore",
    "# type: ignore # noqa: F401", "# why # noqa", "# noqa: F401 because of it", "# noqa: RUF100",
    "# noqa: F401, RUF100", "# noqa:E711 F401", "# noqa: B006, B008", "# noqa: E501, W291",
    "# noqa: B007, B014", "# nothing: F401", "# noqa: C901", "# noqa F401", "#noqa", "#noqa:F401",
    "# noqa: N801,N802,N803", "# pragma: no cover # noqa: E711", "# noqa: F401  # noqa: E711",
  ]
}

extension String {
  /// Puts a comment at the end, or where a mark stands.
  fileprivate func addingComment(_ comment: String) -> String {
    let parts = split(separator: "§", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return self + "  " + comment }
    return parts[0] + "  " + comment + parts[1]
  }
}
