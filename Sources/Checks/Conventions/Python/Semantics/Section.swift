import Python

/// A section of a docstring: `Returns:`, or `Returns` over a line of dashes.
struct Section {
  /// Its name as it should be written.
  var name: String
  /// Where its name stands.
  var nameRange: Range<Int>
  /// Where its first line begins.
  var start: Int
  var end: Int
  /// The place of its first line among the docstring's.
  var line: Int
  /// The blanks before its name.
  var indent: Int
  /// What stands behind the name on its line.
  var suffix: Range<Int>
  /// The lines behind the first, up to the next section.
  var following: [Range<Int>]

  enum Style { case google, numpy }

  static let shared: Set<String> = [
    "Attributes", "Examples", "Methods", "Notes", "Raises", "References", "Returns", "See Also",
    "Warnings", "Warns", "Yields",
  ]

  static let google: Set<String> = shared.union([
    "Args", "Arguments", "Attention", "Caution", "Danger", "Error", "Example", "Hint", "Important",
    "Keyword Args", "Keyword Arguments", "Note", "Other Args", "Other Arguments", "Return", "Tip",
    "Todo", "Warning", "Yield",
  ])

  static let numpy: Set<String> = shared.union([
    "Extended Summary", "Other Params", "Other Parameters", "Parameters", "Receives",
    "Short Summary",
  ])

  /// Names by their small letters.
  private static let byLowercase: [String: String] = Dictionary(
    uniqueKeysWithValues: google.union(numpy).map { ($0.lowercased(), $0) })

  static func isName(_ text: Substring) -> Bool {
    google.contains(String(text)) || numpy.contains(String(text))
  }

  /// The name that a text means, whatever its letters' case.
  static func name(_ text: String, _ style: Style) -> String? {
    guard let name = byLowercase[text.lowercased()] else { return nil }
    return (style == .google ? google : numpy).contains(name) ? name : nil
  }

  /// Those that list arguments.
  static let arguments: Set<String> = [
    "Args", "Arguments", "Keyword Args", "Keyword Arguments", "Other Args", "Other Arguments",
  ]
}

extension Docstring {
  /// The sections, and whose they are.
  func sections(_ convention: DocstringStyle.Convention) -> (style: Section.Style, list: [Section])
  {
    guard lines.count > 1 else { return (convention == .google ? .google : .numpy, []) }
    switch convention {
    case .google: return (.google, sectionList(.google))
    case .numpy: return (.numpy, sectionList(.numpy))
    case .auto, .pep257: break
    }
    let numpy = sectionList(.numpy)
    if numpy.contains(where: {
      ["Parameters", "Other Params", "Other Parameters"].contains($0.name)
    }) {
      return (.numpy, numpy)
    }
    let google = sectionList(.google)
    if google.contains(where: { Section.arguments.contains($0.name) }) { return (.google, google) }
    if google.count > numpy.count { return (.google, google) }
    if google.count < numpy.count { return (.numpy, numpy) }
    for section in google {
      if let next = section.following.first, isUnderline(next) { return (.numpy, numpy) }
      if !section.suffix.isEmpty, bytes[section.suffix.lowerBound] == UInt8(ascii: ":") {
        return (.google, google)
      }
    }
    return (.numpy, numpy)
  }

  func sectionList(_ style: Section.Style) -> [Section] {
    var found: [Section] = []
    var directive: Int?
    // A trailing empty line is none.
    let count = lines.last.map { $0.isEmpty ? lines.count - 1 : lines.count } ?? 0
    for index in lines.indices.prefix(count).dropFirst() {
      let line = lines[index]
      let start = leadingSpace(line).upperBound
      let indent = start - line.lowerBound
      if let active = directive {
        if start == line.upperBound || indent > active { continue }
        directive = nil
      }
      guard start < line.upperBound else { continue }
      if bytes[start] == UInt8(ascii: "."),
        bytes[start..<line.upperBound].starts(with: ".. ".utf8)
      {
        directive = indent
        continue
      }
      guard let (name, nameRange) = sectionName(start..<line.upperBound, style),
        isSection(index, count, indent, name, nameRange, found.last)
      else { continue }
      if !found.isEmpty { close(&found[found.count - 1], at: index) }
      found.append(
        Section(
          name: name, nameRange: nameRange, start: line.lowerBound, end: body.upperBound,
          line: index, indent: indent, suffix: nameRange.upperBound..<line.upperBound,
          following: Array(lines[(index + 1)...])))
    }
    return found
  }

  private func close(_ section: inout Section, at index: Int) {
    let start = lines[index].lowerBound
    section.end = start
    section.following = Array(lines[(section.line + 1)..<index]) + [start..<start]
  }

  private func sectionName(
    _ rest: Range<Int>, _ style: Section.Style
  ) -> (String, Range<Int>)? {
    let letter = bytes[rest.lowerBound] | 0x20
    guard letter >= 0x61, letter <= 0x7A else { return nil }
    let inner = trimmed(rest)
    var end = inner.upperBound
    if end > inner.lowerBound, bytes[end - 1] == UInt8(ascii: ":") { end -= 1 }
    guard end - inner.lowerBound <= 17, end > inner.lowerBound else { return nil }
    let range = inner.lowerBound..<end
    return Section.name(text(range), style).map { ($0, range) }
  }

  private func isSection(
    _ index: Int, _ count: Int, _ indent: Int, _ name: String, _ nameRange: Range<Int>,
    _ last: Section?
  ) -> Bool {
    if index + 1 < count, case let next = trimmed(lines[index + 1]), !next.isEmpty,
      bytes[next].allSatisfy({ $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "=") })
    {
      return true
    }
    let previous = trimmed(lines[index - 1])
    if !previous.isEmpty, !",;.-\\/]})".utf8.contains(bytes[previous.upperBound - 1]) {
      return false
    }
    guard let last else { return true }
    let written = text(nameRange)
    // `args` may be an argument, described in the section `Args`.
    if last.indent < indent, written != name || hasParameter(name) { return false }
    if previous.isEmpty { return true }
    return !(written.first?.isLowercase == true && written != name)
  }

  private func hasParameter(_ name: String) -> Bool {
    guard let function else { return false }
    return source.tree.parameters(of: function).contains { source.tree.name(of: $0) == name }
  }
}
