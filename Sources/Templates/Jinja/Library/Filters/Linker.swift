/// Makes links of the addresses in an escaped text, as Jinja2's `urlize` does.
struct Linker {
  /// Escaped already.
  var rel: Text = .empty
  var target: Text?
  /// How many characters of an address are shown; nil for all.
  var limit: Value?
  var schemes: [Text] = []

  func linked(_ text: Text, _ render: Render) throws(TemplateError) -> Text {
    let address = try Pattern(Self.addressPattern, flags: .ignoreCase)
    let mail = try Pattern(#"^\S+@\w[\w.-]*\.\w+$"#)
    var result: [UInt8] = []
    var word: [UInt8] = []
    var position = 0
    func flush() throws(TemplateError) {
      if !word.isEmpty { result += try link(Text(bytes: word), address, mail, render).bytes }
      word = []
    }
    while position < text.bytes.count {
      let start = position
      let point = Text.decode(text.bytes, &position)
      if CodePoint.isSpace(point) {
        try flush()
        result += text.bytes[start..<position]
      } else {
        word += text.bytes[start..<position]
      }
      try TextLimits.check(result.count)
    }
    try flush()
    return Text(bytes: result)
  }

  /// With a scheme or `www.`; a name under a well-known domain; or numbers behind a scheme.
  private static let addressPattern: Text =
    #"^((https?://|www\.)(([\w%-]+\.)+)?([a-z]{2,63}|xn--[\w%]{2,59})"#
    + #"|([\w%-]{2,63}\.)+(com|net|int|edu|gov|org|info|mil)"#
    + #"|(https?://)((([\d]{1,3})(\.[\d]{1,3}){3})|(\[([\da-f]{0,4}:){2}([\da-f]{0,4}:?){1,6}])))"#
    + #"(?::[\d]{1,5})?(?:[/?#]\S*)?$"#

  private func link(
    _ word: Text, _ address: Pattern, _ mail: Pattern, _ render: Render
  ) throws(TemplateError) -> Text {
    var middle = word
    var head = Text.empty
    var tail = Text.empty
    while let opening = ["(", "<", "&lt;"].first(where: { middle.hasPrefix($0) }) as Text? {
      head = head + opening
      middle = Text(middle.bytes.dropFirst(opening.bytes.count))
    }
    while let closing = [")", ">", ".", ",", "\n", "&gt;"].first(where: { middle.hasSuffix($0) })
      as Text?
    {
      tail = closing + tail
      middle = Text(middle.bytes.dropLast(closing.bytes.count))
    }
    balance(&middle, &tail)
    if try address.prefixMatch(in: middle) != nil {
      let hasScheme = middle.hasPrefix("https://") || middle.hasPrefix("http://")
      middle = anchor(
        (hasScheme ? .empty : "https://") + middle, try trimmed(middle, render))
    } else if middle.hasPrefix("mailto:"),
      try mail.prefixMatch(in: Text(middle.bytes.dropFirst(7))) != nil
    {
      middle = "<a href=\"" + middle + "\">" + Text(middle.bytes.dropFirst(7)) + "</a>"
    } else if middle.contains("@"), !middle.hasPrefix("www."), !middle.hasPrefix("@"),
      !middle.contains(":"), try mail.prefixMatch(in: middle) != nil
    {
      middle = "<a href=\"mailto:" + middle + "\">" + middle + "</a>"
    } else {
      for scheme in schemes where middle != scheme && middle.hasPrefix(scheme) {
        middle = anchor(middle, middle)
      }
    }
    return head + middle + tail
  }

  private func anchor(_ address: Text, _ shown: Text) -> Text {
    var attributes = Text.empty
    if !rel.isEmpty { attributes = " rel=\"" + rel + "\"" }
    if let target { attributes = attributes + " target=\"" + target + "\"" }
    return "<a href=\"" + address + "\"" + attributes + ">" + shown + "</a>"
  }

  private func trimmed(_ text: Text, _ render: Render) throws(TemplateError) -> Text {
    guard let limit, try Comparison.holds(.greater, .int(text.count), limit) else { return text }
    let bound = try render.bound(limit) ?? text.count
    let end = bound < 0 ? max(0, text.count &+ bound) : bound
    return text.characters(0..<min(end, text.count)) + "..."
  }

  /// Brackets that were opened in the address take back what closes them.
  private func balance(_ middle: inout Text, _ tail: inout Text) {
    let pairs: [(Text, Text)] = [("(", ")"), ("<", ">"), ("&lt;", "&gt;")]
    for (opening, closing) in pairs {
      let opened = count(opening, in: middle)
      guard opened > count(closing, in: middle) else { continue }
      for _ in 0..<min(opened, count(closing, in: tail)) {
        guard let place = tail.firstOffset(of: closing) else { break }
        let end = place + closing.bytes.count
        middle = middle + Text(tail.bytes[..<end])
        tail = Text(tail.bytes[end...])
      }
    }
  }

  private func count(_ needle: Text, in text: Text) -> Int {
    text.occurrences(of: needle, from: 0, to: text.bytes.count)
  }
}
