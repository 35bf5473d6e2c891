import Formats
import Platform
import Python

/// A rule about the lines of any text: marks of a merge, blanks at their ends, and the end of the last one.
struct TextCheck: FileCheck {
  private enum Check: String, CaseIterable {
    case mergeConflict = "merge-conflict"
    case trailingWhitespace = "trailing-whitespace"
    case finalNewline = "final-newline"
  }

  private let check: Check

  init(_ node: YAMLNode) throws(ParseFailure) {
    let fields = try RuleFields(node, "`match`", known: ["check"])
    guard let check = try fields.choice("check", Check.self) else {
      throw node.failure("a rule about text needs `regex` or `check`")
    }
    self.check = check
  }

  func run(_ file: CheckedFile, _ report: (FileFinding) -> Void) {
    guard file.language != .binary else { return }
    switch check {
    case .mergeConflict:
      for range in MergeMarks.ranges(in: file) {
        report(
          FileFinding(nil, range, ["mark": String(decoding: file.bytes[range], as: UTF8.self)]))
      }
    case .trailingWhitespace: findBlanks(in: file, report)
    case .finalNewline: checkEnd(of: file, report)
    }
  }

  // MARK: Blanks

  private func findBlanks(in file: CheckedFile, _ report: (FileFinding) -> Void) {
    let bytes = file.bytes
    guard !bytes.contains(0) else { return }
    var found: [Range<Int>] = []
    var start = 0
    while start < bytes.count {
      let next = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      var end = next
      if end > start, bytes[end - 1] == 0x0D { end -= 1 }
      var first = end
      while first > start, bytes[first - 1] == 0x20 || bytes[first - 1] == 0x09 { first -= 1 }
      // Two spaces behind a text break the line in Markdown.
      let isBreak = file.language == .markdown && first > start && end - first == 2
      if first < end, !isBreak { found.append(first..<end) }
      start = next + 1
    }
    guard !found.isEmpty else { return }
    let fixes = found.map { Fix([Fix.Edit($0, "")]) }
    let isSafe = Self.isSame(file, Fix.apply(fixes, to: bytes).bytes)
    for range in found {
      report(FileFinding(nil, range, fix: Fix(isSafe: isSafe, [Fix.Edit(range, "")])))
    }
  }

  /// Whether a file of settings says the same behind a fix: blanks in a text of several lines are its own.
  private static func isSame(_ file: CheckedFile, _ new: [UInt8]) -> Bool {
    switch file.language {
    case .yaml:
      func values(_ bytes: [UInt8]) -> [YAMLValue]? {
        try? YAMLNode.documents(parsing: bytes).map { try $0.value() }
      }
      return values(file.bytes).map { $0 == values(new) } ?? false
    case .toml:
      return (try? TOMLTable(parsing: file.bytes)).map { $0 == (try? TOMLTable(parsing: new)) }
        ?? false
    default: return true
    }
  }

  // MARK: The end

  private func checkEnd(of file: CheckedFile, _ report: (FileFinding) -> Void) {
    let bytes = file.bytes
    guard !bytes.isEmpty, !bytes.contains(0) else { return }
    var end = bytes.count
    while end > 0, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    let tail = bytes[end...]
    let newline: [UInt8] = bytes.contains(0x0D) && tail.first == 0x0D ? [0x0D, 0x0A] : [0x0A]
    if tail.isEmpty {
      report(
        FileFinding(
          "missing", end..<end, fix: Fix([Fix.Edit(end..<end, Self.lineEnd(bytes))])))
    } else if !tail.elementsEqual(newline) {
      let kept = end == 0 ? 0 : end + newline.count
      guard kept < bytes.count else { return }
      report(
        FileFinding("several", kept..<bytes.count, fix: Fix([Fix.Edit(kept..<bytes.count, "")])))
    }
  }

  /// The end that the file's lines have.
  private static func lineEnd(_ bytes: [UInt8]) -> [UInt8] {
    guard let first = bytes.firstIndex(of: 0x0A), first > 0, bytes[first - 1] == 0x0D else {
      return [0x0A]
    }
    return [0x0D, 0x0A]
  }
}
