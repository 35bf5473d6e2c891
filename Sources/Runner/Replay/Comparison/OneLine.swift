/// Makes what a file holds fit for one line of a message.
enum OneLine {
  /// Line ends and other controls become spaces, and the middle of a long text three dots.
  static func text(_ text: String, limit: Int = 240) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      scalars.append(isControl || (0x2028...0x2029).contains(scalar.value) ? " " : scalar)
    }
    guard scalars.count > limit else { return String(scalars) }
    return String(scalars.prefix(limit - 1)) + "…"
  }

  /// A text in quotes, cut to what a person wants to see.
  static func quoted(_ value: String, limit: Int = 60) -> String {
    "\"" + text(value, limit: limit) + "\""
  }

  /// Two texts from shortly before the place where they begin to differ.
  static func pair(_ old: String, _ new: String, limit: Int = 80) -> (old: String, new: String) {
    let (a, b) = (Array(old.unicodeScalars), Array(new.unicodeScalars))
    let common = zip(a, b).prefix { $0 == $1 }.count
    // What stands before shows where it is.
    let start = max(a.count, b.count) <= limit ? 0 : max(0, common - 24)
    let cut = { (scalars: [Unicode.Scalar]) -> String in
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars.dropFirst(start))
      return (start > 0 ? "…" : "") + text(String(view), limit: limit)
    }
    return (cut(a), cut(b))
  }
}
