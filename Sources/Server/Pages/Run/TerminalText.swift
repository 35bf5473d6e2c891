/// Text with the escape sequences of terminals (ECMA-48): colours and weights are kept as classes, all else is dropped.
enum TerminalText {
  static func html(_ text: String) -> HTML {
    guard text.utf8.contains(0x1B) else { return "\(text)" }
    var html: HTML = .nothing
    var style = Style()
    var run = ""
    var rest = text.unicodeScalars[...]
    func flush() {
      guard !run.isEmpty else { return }
      html += style.classes.isEmpty ? "\(run)" : "<span class=\"\(style.classes)\">\(run)</span>"
      run = ""
    }
    while let scalar = rest.popFirst() {
      guard scalar == "\u{1B}" else {
        run.unicodeScalars.append(scalar)
        continue
      }
      guard rest.first == "[" else {
        rest =
          rest.first == "]"
          ? rest.drop { $0 != "\u{07}" && $0 != "\u{1B}" }.dropFirst() : rest.dropFirst()
        continue
      }
      let body = rest.dropFirst().prefix { ("0"..."?").contains($0) }
      rest = rest[body.endIndex...]
      let end = rest.popFirst()
      if end == "m" {
        flush()
        style.apply(String(body))
      }
    }
    flush()
    return html
  }

  private struct Style {
    var colour: Int?
    var isBold = false
    var isDim = false

    var classes: String {
      [colour.map { "t\($0)" }, isBold ? "tb" : nil, isDim ? "td" : nil]
        .compactMap { $0 }.joined(separator: " ")
    }

    mutating func apply(_ parameters: String) {
      var codes = parameters.split(separator: ";", omittingEmptySubsequences: false)
        .map { Int($0) ?? 0 }[...]
      while let code = codes.popFirst() {
        switch code {
        case 0: self = Style()
        case 1: isBold = true
        case 2: isDim = true
        case 22: (isBold, isDim) = (false, false)
        case 30...37: colour = code - 30
        case 90...97: colour = code - 90
        case 39: colour = nil
        // Colours of larger palettes have no place in ours.
        case 38, 48: codes = codes.dropFirst(codes.first == 5 ? 2 : codes.first == 2 ? 4 : 0)
        default: break
        }
      }
    }
  }
}
