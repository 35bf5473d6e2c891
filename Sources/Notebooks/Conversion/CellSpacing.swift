/// How many blank lines stand between two cells of a script, so that PEP 8 is content (as jupytext has it).
enum CellSpacing {
  /// - Parameters:
  ///   - previous: the lines of a cell, with its marker.
  ///   - next: all lines behind it.
  static func lines(
    between previous: some BidirectionalCollection<String>, and next: some Sequence<String>,
    isPython: Bool
  ) -> Int {
    var first = next.makeIterator()
    guard first.next() != nil else { return 1 }
    guard !previous.isEmpty else { return 0 }
    guard isPython else { return 1 }
    if endsWithDefinition(previous) { return hasCode(next) ? 2 : 1 }
    return endsWithCode(previous) && beginsWithDefinition(next) ? 2 : 1
  }

  private static func isDefinition(_ line: String) -> Bool {
    line.begins(with: "def ") || line.begins(with: "async ") || line.begins(with: "class ")
  }

  private static func beginsWithDefinition(_ lines: some Sequence<String>) -> Bool {
    var scan = QuoteScan("python")
    var wasBlank = false
    for line in lines {
      let isQuoted = scan.isQuoted
      scan.read(line)
      let isBlank = line.isBlank
      defer { wasBlank = isBlank }
      if isQuoted { continue }
      if isBlank {
        if wasBlank { return false }
        continue
      }
      if isDefinition(line) { return true }
      guard let sign = line.utf8.first, "#@ )".utf8.contains(sign) else { return false }
    }
    return false
  }

  private static func endsWithDefinition(_ lines: some BidirectionalCollection<String>) -> Bool {
    var code: [String] = []
    var scan = QuoteScan("python")
    for line in lines {
      if !scan.isQuoted { code.append(line) }
      scan.read(line)
    }
    var wasBlank = false
    for line in code.reversed() {
      let isBlank = line.isBlank
      defer { wasBlank = isBlank }
      if isBlank {
        if wasBlank { return false }
        continue
      }
      if let sign = line.utf8.first, "# )".utf8.contains(sign) { continue }
      return isDefinition(line)
    }
    return false
  }

  private static func endsWithCode(_ lines: some BidirectionalCollection<String>) -> Bool {
    guard let last = lines.last, !last.isBlank else { return false }
    return !last.begins(with: "#")
  }

  private static func hasCode(_ lines: some Sequence<String>) -> Bool {
    var wasBlank = false
    for line in lines {
      let isBlank = line.isBlank
      defer { wasBlank = isBlank }
      if isBlank {
        if wasBlank { return false }
      } else if !line.trimmed.begins(with: "#") {
        return true
      }
    }
    return false
  }
}
