extension PythonYAMLWriter {
  mutating func node(
    _ value: YAMLValue, isRoot: Bool = false, inMapping: Bool = false, isKey: Bool = false
  ) {
    switch value {
    case .list(let items):
      sequence(items, isFlow: isFlow(value), inMapping: inMapping)
    case .tuple(let items):
      // `!!python/tuple` is what PyYAML writes; templates mean a list.
      sequence(items, isFlow: isFlow(value), inMapping: inMapping)
    case .map(let pairs): mapping(sorted(pairs), isFlow: isFlow(value))
    default: scalar(value, isRoot: isRoot, isKey: isKey)
    }
  }

  private func sorted(_ pairs: [YAMLValue.Entry]) -> [YAMLValue.Entry] {
    guard options.sortsKeys else { return pairs }
    return pairs.sorted { a, b in
      switch (a.key, b.key) {
      case (.string(let a), .string(let b)):
        a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars)
      case (.int(let a), .int(let b)): a < b
      default: false
      }
    }
  }

  private func isFlow(_ value: YAMLValue) -> Bool {
    if flowLevel > 0 { return true }
    if let style = options.flowStyle { return style }
    switch value {
    case .list(let items), .tuple(let items): return items.allSatisfy(isPlainScalar)
    case .map(let pairs): return pairs.allSatisfy { isPlainScalar($0.value) }
    default: return false
    }
  }

  /// PyYAML takes a collection for simple when none of its scalars needs quotes.
  private func isPlainScalar(_ value: YAMLValue) -> Bool {
    switch value {
    case .list, .tuple, .map: false
    default: true
    }
  }

  private mutating func sequence(_ items: [YAMLValue], isFlow: Bool, inMapping: Bool) {
    if items.isEmpty || isFlow { return flowSequence(items) }
    let isIndentless = inMapping && !isAtIndent
    let outer = indent
    if !isIndentless { indent = indent < 0 ? 0 : indent + options.indent }
    for item in items {
      startLine()
      indicator("-", needsSpace: true, isIndentation: true)
      node(item)
    }
    indent = outer
  }

  private mutating func mapping(_ pairs: [YAMLValue.Entry], isFlow: Bool) {
    if pairs.isEmpty || isFlow { return flowMapping(pairs) }
    let outer = indent
    indent = indent < 0 ? 0 : indent + options.indent
    for pair in pairs {
      startLine()
      if isSimpleKey(pair.key) {
        node(pair.key, isKey: true)
        indicator(":", needsSpace: false)
      } else {
        indicator("?", needsSpace: true, isIndentation: true)
        node(pair.key, inMapping: true)
        startLine()
        indicator(":", needsSpace: true, isIndentation: true)
      }
      node(pair.value, inMapping: true)
    }
    indent = outer
  }

  private mutating func flowSequence(_ items: [YAMLValue]) {
    indicator("[", needsSpace: true, isSpace: true)
    let outer = indent
    indent = indent < 0 ? options.indent : indent + options.indent
    flowLevel += 1
    for (place, item) in items.enumerated() {
      if place > 0 { indicator(",", needsSpace: false) }
      if column > options.width { startLine() }
      node(item)
    }
    indent = outer
    flowLevel -= 1
    indicator("]", needsSpace: false)
  }

  private mutating func flowMapping(_ pairs: [YAMLValue.Entry]) {
    indicator("{", needsSpace: true, isSpace: true)
    let outer = indent
    indent = indent < 0 ? options.indent : indent + options.indent
    flowLevel += 1
    for (place, pair) in pairs.enumerated() {
      if place > 0 { indicator(",", needsSpace: false) }
      if column > options.width { startLine() }
      if isSimpleKey(pair.key) {
        node(pair.key, isKey: true)
        indicator(":", needsSpace: false)
      } else {
        indicator("?", needsSpace: true)
        node(pair.key, inMapping: true)
        if column > options.width { startLine() }
        indicator(":", needsSpace: true)
      }
      node(pair.value, inMapping: true)
    }
    indent = outer
    flowLevel -= 1
    indicator("}", needsSpace: false)
  }

  private func isSimpleKey(_ key: YAMLValue) -> Bool {
    switch key {
    case .list(let items), .tuple(let items): return items.isEmpty
    case .map(let pairs): return pairs.isEmpty
    case .string(let text):
      let scalars = Array(text.unicodeScalars)
      // PyYAML counts the five characters of `!!str` too.
      return (1..<123).contains(scalars.count) && !scalars.contains(where: ScalarAnalysis.isBreak)
    default: return true
    }
  }
}
