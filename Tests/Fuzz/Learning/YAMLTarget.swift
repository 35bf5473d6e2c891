import Formats

extension FuzzTarget {
  /// Nodes, their values and what Python would print of these.
  static let yaml = FuzzTarget(
    name: "yaml",
    seeds: [
      "a: [1, 2.5, ~, yes, 0x1F, 1:30, 2020-01-02 03:04:05.6 +01:00]\nb: {<<: {c: d}, e: 'f'}\n",
      "- &a !!binary aGk=\n- *a\n- !!set {x, y}\n- !!omap [a: 1]\n- |2+\n    kept\n- >-\n  folded\n",
      "\"\\u00e9\\x41\\U0001F600\": ? - complex\n: !!int \"12\"\n...\n",
      "%YAML 1.1\n%TAG !e! tag:yaml.org,2002:\n---\n!e!str x # end\n",
    ],
    words: [
      "!!int", "!!float", "!!timestamp", "!!binary", "!!set", "!!omap", "!!pairs", "!!null", "<<",
      "&a", "*a", "---", "...", "? ", ": ", "- ", "|", ">", "0x", "0b", "1_0", ":59", ".inf",
      ".nan",
      "1e400", "99999999999999999999", "2020-01-02", "T03:04:05", "+23:59", "\\U0010FFFF", "%TAG",
    ]
  ) { bytes in
    guard let node = try YAMLNode(parsing: bytes) else { return }
    let value = try node.value()
    // A node that gave a value gives the same again, field by field too.
    require(
      try value == YAMLValue(parsing: bytes) || value.pythonRepr.contains("nan"),
      "not the same twice")
    if case .map(let entries) = value, case .mapping = node.content {
      require(try node.fields().count == entries.count, "fields and entries differ")
    }
    _ = value.pythonText
  }
}
