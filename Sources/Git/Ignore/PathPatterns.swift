/// Patterns of gitignore(5) that are asked about single paths, as Python's `pathspec` does: a pattern that matches a folder
/// matches all that is below it, and of several that match the last decides.
package struct PathPatterns: Sendable {
  private let rules: [IgnoreRules]

  /// - Parameter lines: one pattern each; comments and empty ones match nothing.
  package init(_ lines: [String]) {
    rules = lines.map { IgnoreRules(parsing: Array($0.utf8)) }.filter { !$0.isEmpty }
  }

  /// Whether a path of a file is matched.
  package func matches(_ path: [UInt8]) -> Bool {
    let slash = UInt8(ascii: "/")
    let ends = path.indices.filter { path[$0] == slash } + [path.count]
    for rule in rules.reversed() {
      for end in ends {
        let part = path[..<end]
        let nameStart = part.lastIndex(of: slash).map { $0 + 1 } ?? 0
        if let verdict = rule.verdict(path: part, nameStart: nameStart, isFolder: end < path.count)
        {
          return verdict
        }
      }
    }
    return false
  }
}
