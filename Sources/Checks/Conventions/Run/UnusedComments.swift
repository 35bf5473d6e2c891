import Platform
import Python

/// RUF100: `# noqa` and `# reprise: allow` that leave nothing out.
///
/// It looks at what the other checks found, so that ``FileChecker`` asks it last. A name that is no rule's of ours is another
/// tool's, and left alone; so is a code that is off here and that the settings of ruff have on.
struct UnusedComments: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {}

  /// What is known of codes and rules where the file is.
  struct Codes {
    /// All codes of all rules.
    var known: Set<String>
    /// Those that are looked for in the file.
    var active: Set<String>
    /// The rules that look at single files of Python.
    var rules: [Rule]
    /// Whether another tool is told to look for a code.
    var isElsewhere: (String) -> Bool
  }

  private static let own = "RUF100"

  func check(
    _ directives: [Suppressions.Directive], _ codes: Codes, _ source: PythonSource,
    _ report: (PythonFinding) -> Void
  ) {
    // What leaves out everything leaves out this too.
    guard !directives.contains(where: { $0.isWhole && $0.names?.contains(Self.own) ?? true }) else {
      return
    }
    for directive in directives {
      guard let names = directive.names else {
        if !directive.isUsed { tell(directive, "noqa", kept: [], source, report) }
        continue
      }
      guard !names.contains(Self.own) else { continue }
      var seen: Set<String> = []
      var kept: [String] = []
      var idle: [String] = []
      for name in names {
        if !seen.insert(name).inserted {
          idle.append(name)
        } else if directive.used.contains(name) || !isIdle(name, directive.isOwn, codes) {
          kept.append(name)
        } else {
          idle.append(name)
        }
      }
      guard !idle.isEmpty else { continue }
      tell(directive, idle.joined(separator: ", "), kept: kept, source, report)
    }
  }

  /// Whether a name would leave something out, if there were something.
  private func isIdle(_ name: String, _ isOwn: Bool, _ codes: Codes) -> Bool {
    if codes.known.contains(name) { return codes.active.contains(name) || !codes.isElsewhere(name) }
    // Rules about whole projects are asked elsewhere.
    return codes.rules.contains { $0.id == name }
  }

  private func tell(
    _ directive: Suppressions.Directive, _ names: String, kept: [String], _ source: PythonSource,
    _ report: (PythonFinding) -> Void
  ) {
    report(
      PythonFinding(
        Self.own, directive.range, ["names": names],
        fix: directive.isOwn ? nil : fix(directive, kept, source)))
  }

  // MARK: Fixes

  private func fix(
    _ directive: Suppressions.Directive, _ kept: [String], _ source: PythonSource
  ) -> Fix {
    let bytes = source.bytes
    if !kept.isEmpty {
      let head = directive.isWhole ? "# ruff: noqa: " : "# noqa: "
      return Fix([Fix.Edit(directive.range, head + kept.joined(separator: ", "))])
    }
    var start = directive.range.lowerBound
    while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
    let lineStart = start == 0 || bytes[start - 1] == 0x0A || bytes[start - 1] == 0x0D
    var end = directive.range.upperBound
    while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
    guard end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D else {
      guard lineStart else { return Fix([Fix.Edit(start..<end, "")]) }
      // A line of its own goes with it.
      if end < bytes.count, bytes[end] == 0x0D { end += 1 }
      if end < bytes.count, bytes[end] == 0x0A { end += 1 }
      return Fix([Fix.Edit(start..<end, "")])
    }
    let isComment = bytes[end] == UInt8(ascii: "#")
    // What another comment says behind it may be meant for another tool.
    return Fix(
      isSafe: false, [Fix.Edit(directive.range.lowerBound..<end, isComment ? "" : "# ")])
  }
}
