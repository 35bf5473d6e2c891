extension Parser {
  /// Reads `{% trans %}` up to its end, as `jinja2.ext.i18n` does without the newer style of calls.
  ///
  /// What it writes is a call of `gettext`, `ngettext`, `pgettext` or `npgettext`, which the template must have: nobody
  /// installs translations for it.
  mutating func translation() throws(TemplateError) -> [Statement] {
    let position = try advance().position
    var tag = TranslatedText(position: position)
    if current.kind == .string {
      guard case .string(let text) = literal else { throw error("expected a text") }
      tag.context = text
      try advance()
    }
    try readVariables(into: &tag)
    try expect(.blockEnd)
    let (names, singular) = try message(allowsPlural: true)
    tag.singular = singular
    tag.referenced = names
    if tag.count == nil, let first = names.first { tag.count = .name(first, position) }
    if current.keyword == .endtrans {
      try advance()
      tag.count = nil
    } else {
      try readPlural(into: &tag)
    }
    return tag.statements
  }

  /// The variables that are named in the tag itself.
  private mutating func readVariables(into tag: inout TranslatedText) throws(TemplateError) {
    var hasTrimming = false
    while current.kind != .blockEnd {
      if !tag.variables.isEmpty { try expect(.comma) }
      if try skip(.colon) { break }
      let token = try expect(.name)
      let name = text(of: token)
      guard tag[name] == nil else {
        throw error(
          "translatable variable \(Printing.repr(name)) defined twice.", at: token.position,
          "TemplateAssertionError")
      }
      var value = Expression.name(name, token.position)
      if try skip(.assign) {
        value = try expression()
      } else if !hasTrimming, name == "trimmed" || name == "notrimmed" {
        hasTrimming = true
        tag.isTrimmed = name == "trimmed"
        continue
      }
      if tag.count == nil {
        // What is counted is called once.
        if case .call = value {
          tag.counted = value
          value = .name("_trans", token.position)
        }
        tag.count = value
      }
      tag.variables.append(
        ExpressionPair(key: .literal(.string(name), token.position), value: value))
    }
  }

  private mutating func readPlural(into tag: inout TranslatedText) throws(TemplateError) {
    try advance()
    if current.kind != .blockEnd {
      let token = try expect(.name)
      let name = text(of: token)
      guard let value = tag[name] else {
        throw error(
          "unknown variable \(Printing.repr(name)) for pluralization", at: token.position,
          "TemplateAssertionError")
      }
      tag.count = value
    }
    try expect(.blockEnd)
    let (names, plural) = try message(allowsPlural: false)
    try advance()
    tag.plural = plural
    tag.referenced += names
    guard tag.count != nil else { throw error("pluralize without variables", at: tag.position) }
  }

  /// Reads text and variables up to the next tag, whose name is then current; the text is one for Python's `%`.
  private mutating func message(
    allowsPlural: Bool
  ) throws(TemplateError) -> (names: [Text], text: Text) {
    var names: [Text] = []
    var text: [UInt8] = []
    while true {
      switch current.kind {
      case .data:
        let data = textData(Int(current.position.offset)..<Int(current.end))
        for byte in data { text += byte == UInt8(ascii: "%") ? [byte, byte] : [byte] }
        try advance()
      case .variableBegin:
        try advance()
        let name = self.text(of: try expect(.name))
        names.append(name)
        text += "%(".utf8 + name.bytes + ")s".utf8
        try expect(.variableEnd)
      case .blockBegin:
        try advance()
        let word = current.kind == .name ? current.keyword : .other
        if word == .endtrans || (word == .pluralize && allowsPlural) {
          return (names, Text(bytes: text))
        }
        throw error(unfit(word))
      default: throw error("unclosed translation block")
      }
    }
  }

  /// What is said of a tag that cannot stand in a text that is translated.
  private func unfit(_ word: Keyword) -> String {
    switch word {
    case .pluralize: return "a translatable section can have only one pluralize section"
    case .trans: return "trans blocks can't be nested; did you mean `endtrans`?"
    default:
      let name = current.kind == .name ? text(of: current).string : "None"
      return "control structures in translatable sections are not allowed; saw `\(name)`"
    }
  }
}
