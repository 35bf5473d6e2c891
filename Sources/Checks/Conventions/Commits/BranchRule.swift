import Platform

/// What branches are called: git flow, unless a project says otherwise.
struct BranchRule: Sendable {
  /// Whole names.
  private let names: [String]
  /// What stands before the slash of all others.
  private let kinds: [String]
  /// Where nobody commits directly.
  private let protected: [String]

  init(_ options: RuleOptions) throws(ParseFailure) {
    names = try options.texts("names")
    kinds = try options.texts("kinds")
    protected = try options.texts("protected")
  }

  func check(_ branch: String, isCommitting: Bool, _ report: (String, [String: String]) -> Void) {
    if isCommitting, protected.contains(branch) {
      report("protected", ["branch": branch])
    }
    guard !names.contains(branch) else { return }
    let parts = branch.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let values = ["branch": branch, "kinds": kinds.map { $0 + "/…" }.joined(separator: ", ")]
    guard parts.count == 2, kinds.contains(String(parts[0])) else { return report("kind", values) }
    let isKebab = parts[1].utf8.allSatisfy { byte in
      byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x2D || byte == 0x2E
        || byte == 0x2F
    }
    if !isKebab || parts[1].isEmpty || parts[1].hasPrefix("-") || parts[1].hasSuffix("-") {
      report("kebab", values)
    }
  }
}
