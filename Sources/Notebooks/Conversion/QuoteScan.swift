/// Whether a line of code begins inside of a text of several lines; as jupytext finds it, which is by quotes alone.
struct QuoteScan {
  private var single: Unicode.Scalar?
  private var triple: Unicode.Scalar?
  private let comment: [Unicode.Scalar]?
  private let hasQuotes: Bool

  /// - Parameter language: its name as ``ScriptLanguage`` has it.
  init(_ language: String) {
    hasQuotes = language != "R"
    comment = ScriptLanguage.comment(of: language).map { Array($0.unicodeScalars) }
  }

  var isQuoted: Bool { triple != nil }

  mutating func read(_ line: String) {
    guard hasQuotes else { return }
    // Most lines have none.
    guard line.utf8.contains(where: { $0 == 0x22 || $0 == 0x27 }) else { return }
    let text = Array(line.unicodeScalars)
    if !isQuoted, let comment, text.drop(while: \.isPythonSpace).starts(with: comment) { return }
    var lastTriple = -1
    for (place, scalar) in text.enumerated() {
      if single == nil, triple == nil, let comment, text[place...].starts(with: comment) { break }
      guard scalar == "\"" || scalar == "'" else { continue }
      if place > 0, text[place - 1] == "\\" { continue }
      if single == scalar {
        single = nil
        continue
      }
      if single != nil { continue }
      if place >= 2, text[place - 1] == scalar, text[place - 2] == scalar, place >= lastTriple + 3 {
        if triple == nil || triple == scalar {
          triple = triple == nil ? scalar : nil
          lastTriple = place
        }
        continue
      }
      if triple == nil { single = scalar }
    }
    single = nil
  }
}
