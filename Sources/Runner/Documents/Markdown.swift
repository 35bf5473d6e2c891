/// Pieces of Markdown (CommonMark, with GitHub's tables).
enum Markdown {
  /// A text that means itself.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      if "\\`*_{}[]<>#|!".contains(character) { escaped.append("\\") }
      escaped.append(character.isNewline ? " " : character)
    }
    return escaped
  }

  /// A table below an empty line; nothing without rows.
  static func table(_ head: [String], _ rows: [[String]]) -> String {
    guard !rows.isEmpty else { return "" }
    let lines = [head, head.map { _ in "---" }] + rows.map { $0.map(escaped) }
    return "\n" + lines.map { "| \($0.joined(separator: " | ")) |\n" }.joined()
  }
}
