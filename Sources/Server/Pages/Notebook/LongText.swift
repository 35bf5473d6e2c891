import Platform

/// A text that a program put out: all of it when it is short; of a long one the beginning and the end, and what is between them
/// folded away under a line that says how much that is.
struct LongText {
  let text: String
  /// The classes of the elements.
  let name: String
  /// Of what is said of the text; nil: in all languages, of which the page shows one.
  var language: Language?

  /// A text of more lines is folded; so many are shown at its beginning and its end.
  static let longest = 60
  static let shown = 25

  var html: HTML {
    var ends: [String.Index] = []
    var scan = text.utf8.startIndex
    while let next = text.utf8[scan...].firstIndex(of: 0x0A) {
      scan = text.utf8.index(after: next)
      ends.append(scan)
    }
    // An end without a line behind it begins none.
    let lines = ends.last == text.endIndex ? ends.count : ends.count + 1
    guard lines > Self.longest else { return pre(text[...]) }
    let (from, to) = (ends[Self.shown - 1], ends[lines - Self.shown - 1])
    return """
      <div class="folded">\(pre(text[..<from]))<details class="more"><summary>\(words(lines - 2 * Self.shown))</summary>\
      \(pre(text[from..<to]))</details>\(pre(text[to...]))</div>
      """
  }

  private func pre(_ part: Substring) -> HTML {
    let text = TextCut.cut(String(part), to: NotebookView.text)
    return "<pre class=\"\(name)\" tabindex=\"0\">\(TerminalText.html(text))</pre>"
  }

  private func words(_ count: Int) -> HTML {
    if let language {
      return "\(PageContext(language: language).counted(.linesMore, count))"
    }
    return Language.allCases.map { language -> HTML in
      """
      <span class="words" lang="\(language.rawValue)">\(PageContext(language: language).counted(.linesMore, count))</span>
      """
    }.joined()
  }
}
