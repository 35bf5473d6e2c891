/// The harmless part of foreign HTML, such as a table of pandas': elements that lay out text, without attributes that do more
/// than that. Scripts, styles, frames and forms go with all that is in them.
struct SafeMarkup {
  let html: HTML

  private static let kept: Set<String> = [
    "a", "abbr", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "del",
    "details", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img",
    "kbd", "li", "ol", "p", "pre", "s", "small", "span", "strong", "sub", "summary", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
  ]
  private static let empty: Set<String> = ["br", "col", "hr", "img"]
  private static let dropped: Set<String> = [
    "applet", "audio", "canvas", "embed", "form", "frameset", "head", "iframe", "math", "noscript",
    "object", "script", "select", "style", "svg", "template", "textarea", "title", "video", "xmp",
  ]
  /// Nobody reads more, and a page would get slow.
  private static let limit = 1 << 20

  init(_ markup: String) {
    var text = ""
    var open: [String] = []
    var skipped: String?
    var hasContent = false
    var rest = markup.utf8.prefix(Self.limit)[...]
    while let first = rest.first {
      guard first == UInt8(ascii: "<") else {
        let plain = rest.prefix { $0 != UInt8(ascii: "<") }
        rest = rest[plain.endIndex...]
        guard skipped == nil else { continue }
        let words = String(decoding: plain, as: UTF8.self)
        if words.contains(where: { !$0.isWhitespace }) { hasContent = true }
        Self.put(words, into: &text)
        continue
      }
      if rest.starts(with: "<!--".utf8) {
        rest = Self.behind("-->", rest.dropFirst(4))
        continue
      }
      guard let tag = Tag(&rest) else {
        rest = rest.dropFirst()
        if skipped == nil { text += "&lt;" }
        continue
      }
      if let name = skipped {
        if tag.isEnd, tag.name == name { skipped = nil }
        continue
      }
      if Self.dropped.contains(tag.name) {
        if !tag.isEnd, !tag.isClosed { skipped = tag.name }
        continue
      }
      guard Self.kept.contains(tag.name) else { continue }
      if tag.isEnd {
        guard let place = open.lastIndex(of: tag.name) else { continue }
        for name in open[place...].reversed() { text += "</\(name)>" }
        open.removeSubrange(place...)
      } else {
        let attributes = tag.attributes.compactMap { Self.attribute($0, of: tag.name) }
        if tag.name == "img" {
          guard attributes.contains(where: { $0.text.hasPrefix(" src=") }) else { continue }
          hasContent = true
        }
        text += "<\(tag.name)" + attributes.map(\.text).joined() + ">"
        if !Self.empty.contains(tag.name) { open.append(tag.name) }
      }
    }
    for name in open.reversed() { text += "</\(name)>" }
    html = hasContent ? HTML(markup: text) : .nothing
  }

  private static func attribute(_ pair: (name: String, value: String), of tag: String) -> HTML? {
    switch (tag, pair.name) {
    case ("td", "colspan"), ("td", "rowspan"), ("th", "colspan"), ("th", "rowspan"):
      guard let count = Int(pair.value), (1...1000).contains(count) else { return nil }
      return " \(pair.name)=\"\(count)\""
    case (_, "title"), ("img", "alt"): return " \(pair.name)=\"\(pair.value)\""
    case ("details", "open"): return " open"
    case ("a", "href"):
      guard LinkTarget.isHarmless(pair.value) else { return nil }
      return " href=\"\(pair.value)\" rel=\"noopener noreferrer\""
    case ("img", "src"):
      guard LinkTarget.isPicture(pair.value) else { return nil }
      return " src=\"\(pair.value)\""
    default: return nil
    }
  }

  /// Text as it stands in markup: references to characters stay, what is none is escaped.
  private static func put(_ words: String, into text: inout String) {
    let parts = words.split(separator: "&", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index > 0 {
        let name = part.prefix { $0 != ";" }
        let isReference =
          name.count < part.count && (1...31).contains(name.count)
          && name.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
              || $0 == 0x23
          }
        text += isReference ? "&" : "&amp;"
      }
      HTML.escape(String(part), into: &text)
    }
  }

  private static func behind(
    _ end: String, _ rest: Substring.UTF8View.SubSequence
  ) -> Substring.UTF8View.SubSequence {
    var rest = rest
    while !rest.isEmpty, !rest.starts(with: end.utf8) { rest = rest.dropFirst() }
    return rest.dropFirst(end.utf8.count)
  }

  /// A tag as HTML's tokenizer finds one.
  private struct Tag {
    var name: String
    var isEnd = false
    var isClosed = false
    var attributes: [(name: String, value: String)] = []

    /// Takes a tag from the beginning of a text; nil, and nothing taken, when there is none.
    init?(_ rest: inout Substring.UTF8View.SubSequence) {
      var scan = rest.dropFirst()
      if scan.first == UInt8(ascii: "/") {
        isEnd = true
        scan = scan.dropFirst()
      }
      let isSpace = { (byte: UInt8) in [0x20, 0x09, 0x0A, 0x0C, 0x0D].contains(byte) }
      let word = scan.prefix { !isSpace($0) && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/") }
      guard let first = word.first, first | 0x20 >= 0x61 && first | 0x20 <= 0x7A || first == 0x21
      else { return nil }
      name = String(decoding: word, as: UTF8.self).lowercased()
      scan = scan[word.endIndex...]
      while let byte = scan.first, byte != UInt8(ascii: ">") {
        if isSpace(byte) || byte == UInt8(ascii: "/") {
          isClosed = byte == UInt8(ascii: "/")
          scan = scan.dropFirst()
          continue
        }
        isClosed = false
        let key = scan.prefix {
          !isSpace($0) && ![UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "/")].contains($0)
        }
        scan = scan[key.endIndex...].drop(while: isSpace)
        var value = ""
        if scan.first == UInt8(ascii: "=") {
          scan = scan.dropFirst().drop(while: isSpace)
          if let quote = scan.first, quote == 0x22 || quote == 0x27 {
            let text = scan.dropFirst().prefix { $0 != quote }
            value = String(decoding: text, as: UTF8.self)
            scan = scan[text.endIndex...].dropFirst()
          } else {
            let text = scan.prefix { !isSpace($0) && $0 != UInt8(ascii: ">") }
            value = String(decoding: text, as: UTF8.self)
            scan = scan[text.endIndex...]
          }
        } else if key.isEmpty {
          scan = scan.dropFirst()
        }
        attributes.append((String(decoding: key, as: UTF8.self).lowercased(), value))
      }
      guard !scan.isEmpty else { return nil }
      rest = scan.dropFirst()
    }
  }
}

/// Where foreign links and pictures may lead.
enum LinkTarget {
  /// The web, a mail address, a place in the page, or a file beside it.
  static func isHarmless(_ address: String) -> Bool {
    let scheme = address.prefix { $0 != ":" && $0 != "/" && $0 != "?" && $0 != "#" }
    guard scheme.count < address.count, address.dropFirst(scheme.count).first == ":" else {
      return !address.hasPrefix("//") && !address.contains { $0.isNewline || $0 == "\t" }
    }
    return ["http", "https", "mailto"].contains(scheme.lowercased())
  }

  /// A picture that is in the address itself.
  static func isPicture(_ address: String) -> Bool {
    ["png", "jpeg", "gif", "webp", "svg+xml"].contains {
      address.hasPrefix("data:image/\($0);base64,")
    }
  }
}
