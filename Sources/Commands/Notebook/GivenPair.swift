import ArgumentParser

/// The two words behind `-p` and `-r`, which the parser takes for one; see ``NotebookRunWords``.
struct GivenPair: ExpressibleByArgument, Sendable {
  static let separator: Character = "\u{0}"

  let name: String
  /// Nil when there was no second word.
  let value: String?

  init(argument: String) {
    let parts = argument.split(
      separator: Self.separator, maxSplits: 1, omittingEmptySubsequences: false)
    name = String(parts.first ?? "")
    value = parts.count == 2 ? String(parts[1]) : nil
  }
}
