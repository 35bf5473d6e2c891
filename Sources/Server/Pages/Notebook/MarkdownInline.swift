import Formats
import Notebooks

/// Markdown within a line: code, emphasis, links, pictures.
struct MarkdownInline {
  /// Pictures that the cell carries.
  let attachments: NotebookObject?

  /// A paragraph that is longer is no paragraph, and stands as it was typed: to look for pairs costs the square of it.
  private static let longest = 8192

  func html(_ text: String) -> HTML {
    text.utf8.count > Self.longest ? "\(text)" : html(text[...], depth: 0)
  }

  private func html(_ text: Substring, depth: Int) -> HTML {
    var html: HTML = .nothing
    var plain = ""
    var rest = text
    func put(_ piece: HTML) {
      html += "\(plain)\(piece)"
      plain = ""
    }
    while let first = rest.first {
      switch first {
      case "\\":
        let next = rest.dropFirst().first
        if let next, next.isPunctuation || next.isSymbol {
          plain.append(next)
          rest = rest.dropFirst(2)
          continue
        }
      case "`":
        if let (body, end) = code(rest) {
          put("<code>\(body)</code>")
          rest = end
          continue
        }
      case "*", "_", "~":
        if depth < 8, let (body, tag, end) = emphasis(rest, after: plain.last) {
          put("<\(tag)>\(self.html(body, depth: depth + 1))</\(tag)>")
          rest = end
          continue
        }
      case "!":
        if rest.dropFirst().first == "[", let link = link(rest.dropFirst()),
          let picture = picture(link.target)
        {
          put("<img src=\"\(picture)\" alt=\"\(link.words)\">")
          rest = link.rest
          continue
        }
      case "[":
        if depth < 8, let link = link(rest), LinkTarget.isHarmless(link.target) {
          put(
            "<a href=\"\(link.target)\" rel=\"noopener noreferrer\">\(self.html(link.words, depth: depth + 1))</a>"
          )
          rest = link.rest
          continue
        }
      case "<", "h":
        if let (address, end) = address(rest) {
          put("<a href=\"\(address)\" rel=\"noopener noreferrer\">\(address)</a>")
          rest = end
          continue
        }
      default: break
      }
      plain.append(first)
      rest = rest.dropFirst()
    }
    return html + "\(plain)"
  }

  private func code(_ rest: Substring) -> (body: Substring, rest: Substring)? {
    let signs = rest.prefix { $0 == "`" }
    let body = rest.dropFirst(signs.count)
    var scan = body
    while !scan.isEmpty {
      guard scan.first == "`" else {
        scan = scan.dropFirst()
        continue
      }
      let end = scan.prefix { $0 == "`" }
      if end.count == signs.count {
        var inner = body[..<end.startIndex]
        if inner.count > 2, inner.first == " ", inner.last == " " {
          inner = inner.dropFirst().dropLast()
        }
        return (inner, scan.dropFirst(end.count))
      }
      scan = scan.dropFirst(end.count)
    }
    return nil
  }

  private func emphasis(
    _ rest: Substring, after last: Character?
  ) -> (body: Substring, tag: HTML, rest: Substring)? {
    guard let sign = rest.first else { return nil }
    // `snake_case` is no emphasis.
    if sign == "_", let last, last.isLetter || last.isNumber { return nil }
    for (count, tag) in [(2, sign == "~" ? "del" : "strong"), (1, "em")] as [(Int, HTML)] {
      if sign == "~", count == 1 { return nil }
      let mark = String(repeating: sign, count: count)
      guard rest.hasPrefix(mark) else { continue }
      let body = rest.dropFirst(count)
      guard let first = body.first, !first.isWhitespace, first != sign else { continue }
      var scan = body.dropFirst()
      while let found = scan.firstRange(of: mark) {
        let before = body[..<found.lowerBound]
        let after = body[found.upperBound...]
        let isEnd = before.last.map { !$0.isWhitespace && $0 != "\\" } ?? false
        let isWhole =
          after.first != sign
          && (sign != "_" || after.first.map { !$0.isLetter && !$0.isNumber } ?? true)
        if isEnd, isWhole { return (before, tag, after) }
        scan = body[found.upperBound...]
      }
    }
    return nil
  }

  private func link(
    _ rest: Substring
  ) -> (words: Substring, target: String, rest: Substring)? {
    var depth = 0
    var place = rest.startIndex
    search: while place < rest.endIndex {
      switch rest[place] {
      case "\\": place = rest.index(after: place)
      case "[": depth += 1
      case "]":
        depth -= 1
        if depth == 0 { break search }
      default: break
      }
      guard place < rest.endIndex else { return nil }
      place = rest.index(after: place)
    }
    guard place < rest.endIndex else { return nil }
    let words = rest[rest.index(after: rest.startIndex)..<place]
    let behind = rest[rest.index(after: place)...]
    guard behind.first == "(", let end = behind.firstIndex(of: ")") else { return nil }
    let inside = behind[behind.index(after: behind.startIndex)..<end]
    guard let target = inside.split(separator: " ").first else { return nil }
    return (words, String(target), behind[behind.index(after: end)...])
  }

  private func picture(_ target: String) -> String? {
    if LinkTarget.isPicture(target) { return target }
    guard target.hasPrefix("attachment:"),
      let bundle = attachments?[String(target.dropFirst("attachment:".count))]
    else { return nil }
    for type in ["image/png", "image/jpeg", "image/gif"] {
      guard let base = bundle[type]?.joinedText else { continue }
      return "data:\(type);base64,\(base.filter { !$0.isWhitespace })"
    }
    return nil
  }

  /// `<https://…>` and `https://…`.
  private func address(_ rest: Substring) -> (String, Substring)? {
    let isBracketed = rest.first == "<"
    let text = isBracketed ? rest.dropFirst() : rest
    guard text.hasPrefix("https://") || text.hasPrefix("http://") else { return nil }
    var word = text.prefix { !$0.isWhitespace && $0 != "<" && $0 != ">" && $0 != ")" }
    if isBracketed {
      guard text[word.endIndex...].first == ">" else { return nil }
      return (String(word), text[word.endIndex...].dropFirst())
    }
    while let last = word.last, ".,;:!?'\"*_".contains(last) { word = word.dropLast() }
    return (String(word), text[word.endIndex...])
  }
}
