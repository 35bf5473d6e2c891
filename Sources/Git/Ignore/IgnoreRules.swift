/// The lines of one ignore file (gitignore(5)), in order.
struct IgnoreRules {
  private struct Rule {
    var isNegated: Bool
    var onlyFolders: Bool
    /// Whether the pattern is for a name alone, at any depth.
    var isForName: Bool
    /// What comes before the first special character, compared as it is.
    var literal: [UInt8]
    /// The rest; nil when there is none.
    var wildcard: Wildcard?
  }

  private var rules: [Rule] = []

  var isEmpty: Bool { rules.isEmpty }

  init(parsing bytes: [UInt8]) {
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    for line in rest.split(separator: UInt8(ascii: "\n")) {
      // The last line, without a line feed, keeps its carriage return in git; nobody means that.
      let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      if let rule = Self.rule(text) { rules.append(rule) }
    }
  }

  /// Whether the last line that matches ignores the path or keeps it; nil when none matches.
  ///
  /// - Parameters:
  ///   - path: relative to the folder of the ignore file.
  ///   - nameStart: where the last component of the path starts.
  func verdict(path: ArraySlice<UInt8>, nameStart: Int, isFolder: Bool) -> Bool? {
    for rule in rules.reversed() {
      if rule.onlyFolders, !isFolder { continue }
      let text = rule.isForName ? path[nameStart...] : path
      guard text.starts(with: rule.literal) else { continue }
      let rest = text.dropFirst(rule.literal.count)
      let isMatch = rule.wildcard.map { $0.matches(rest) } ?? rest.isEmpty
      if isMatch { return !rule.isNegated }
    }
    return nil
  }

  private static func rule(_ line: ArraySlice<UInt8>) -> Rule? {
    var text = trimmed(line)
    guard let first = text.first, first != UInt8(ascii: "#") else { return nil }
    let isNegated = first == UInt8(ascii: "!")
    if isNegated { text = text.dropFirst() }
    let slash = UInt8(ascii: "/")
    let onlyFolders = text.last == slash
    if onlyFolders { text = text.dropLast() }
    let isForName = !text.contains(slash)
    if text.first == slash { text = text.dropFirst() }
    guard !text.isEmpty else { return nil }
    let special = text.firstIndex { "*?[\\".utf8.contains($0) } ?? text.endIndex
    // git compares the plain part first, so a `**` right behind it counts as one at the start.
    let rest = text[special...]
    return Rule(
      isNegated: isNegated, onlyFolders: onlyFolders, isForName: isForName,
      literal: Array(text[..<special]),
      wildcard: rest.isEmpty ? nil : Wildcard(rest, crossesSlashes: isForName))
  }

  /// Without the spaces at the end, except one that a backslash protects.
  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var end = line.startIndex
    var i = line.startIndex
    while i < line.endIndex {
      if line[i] == UInt8(ascii: "\\") {
        i = min(i + 2, line.endIndex)
        end = i
      } else {
        i += 1
        if line[i - 1] != UInt8(ascii: " ") { end = i }
      }
    }
    return line[..<end]
  }
}
