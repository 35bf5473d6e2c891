import Platform
import SystemPackage

/// The paths that a project has asked cruft to leave alone: `skip` of `.cruft.json`.
struct SkippedPaths {
  private let patterns: [[UInt8]]

  init(_ record: ProjectRecord, project: FilePath) {
    patterns = (record.cruft?.skipped ?? []).map { Array($0.utf8) }
  }

  /// Whether a path, or a folder above it, is one of them.
  func contains(_ path: TreePath) -> Bool {
    patterns.contains { pattern in
      path.bytes == pattern || path.folders.contains { $0.bytes == pattern }
        || ShellPattern.matches(pattern, path.bytes)
        || path.folders.contains { ShellPattern.matches(pattern, $0.bytes) }
    }
  }
}

/// Shell patterns as cruft's `glob` has them: `*` and `?` stop at slashes, `**` does not.
enum ShellPattern {
  static func matches(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
    matches(pattern[...], text[...], budget: 100_000).found
  }

  private static func matches(
    _ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>, budget: Int
  ) -> (found: Bool, left: Int) {
    var (pattern, text, left) = (pattern, text, budget)
    let slash = UInt8(ascii: "/")
    while let sign = pattern.first {
      left -= 1
      guard left > 0 else { return (false, 0) }
      switch sign {
      case UInt8(ascii: "*"):
        let isDeep = pattern.dropFirst().first == sign
        var rest = pattern.dropFirst(isDeep ? 2 : 1)
        if isDeep, rest.first == slash { rest = rest.dropFirst() }
        var tail = text
        while true {
          let result = matches(rest, tail, budget: left)
          left = result.left
          if result.found { return (true, left) }
          guard left > 0, let next = tail.first, isDeep || next != slash else {
            return (false, left)
          }
          tail = tail.dropFirst()
        }
      case UInt8(ascii: "?"):
        guard let next = text.first, next != slash else { return (false, left) }
      default: guard text.first == sign else { return (false, left) }
      }
      pattern = pattern.dropFirst()
      text = text.dropFirst()
    }
    return (text.isEmpty, left)
  }
}
