/// A patch (`git diff`) with what was taken away and what was added in their colours.
enum DiffText {
  /// More lines are left to the file itself.
  static let lines = 3000

  static func html(_ patch: String) -> HTML {
    let lines = patch.split(separator: "\n", omittingEmptySubsequences: false)
    let shown = lines.prefix(Self.lines)
    var isInside = false
    let marked = shown.map { line -> HTML in
      if line.hasPrefix("diff ") { isInside = false }
      let name: HTML
      switch line.first {
      case "@" where line.hasPrefix("@@"):
        isInside = true
        name = "hunk"
      case "+" where isInside: name = "added"
      case "-" where isInside: name = "removed"
      case _ where !isInside: name = line.hasPrefix("diff ") ? "file" : "meta"
      default: return "\(line)\n"
      }
      return "<span class=\"\(name)\">\(line)\n</span>"
    }
    return "<pre class=\"diff\" tabindex=\"0\">\(marked)</pre>"
  }

  /// How many lines were added and removed.
  static func counts(_ patch: String) -> (added: Int, removed: Int) {
    var (added, removed, isInside) = (0, 0, false)
    for line in patch.split(separator: "\n") {
      if line.hasPrefix("diff ") { isInside = false }
      if line.hasPrefix("@@") { isInside = true }
      guard isInside else { continue }
      if line.first == "+" { added += 1 }
      if line.first == "-" { removed += 1 }
    }
    return (added, removed)
  }
}
