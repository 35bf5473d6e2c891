import Formats
import Notebooks

/// Markdown (CommonMark's common part, with GitHub's tables) as a page: headings, paragraphs, lists, quotes, code, tables, rules.
/// Markup in it stands as it was typed.
struct MarkdownText {
  private let lines: [Substring]
  private let inline: MarkdownInline
  /// Lists and quotes in each other, at the most.
  private let depth: Int

  init(_ text: String, attachments: NotebookObject? = nil) {
    self.init(
      text.split(separator: "\n", omittingEmptySubsequences: false).map {
        $0.hasSuffix("\r") ? $0.dropLast() : $0
      }, MarkdownInline(attachments: attachments), 0)
  }

  private init(_ lines: [Substring], _ inline: MarkdownInline, _ depth: Int) {
    self.lines = lines
    self.inline = inline
    self.depth = depth
  }

  var html: HTML {
    var html: HTML = .nothing
    var place = 0
    var paragraph: [Substring] = []
    func flush() {
      guard !paragraph.isEmpty else { return }
      html += "<p>\(inline.html(paragraph.joined(separator: "\n")))</p>\n"
      paragraph = []
    }
    while place < lines.count {
      let line = lines[place]
      let text = line.drop { $0 == " " }
      if text.isEmpty {
        flush()
        place += 1
      } else if let heading = Self.heading(text) {
        flush()
        html +=
          "<p class=\"heading h\(heading.level)\" role=\"heading\" aria-level=\"\(min(6, heading.level + 2))\">\(inline.html(heading.text))</p>\n"
        place += 1
      } else if text.hasPrefix("```") || text.hasPrefix("~~~") {
        flush()
        html += fence(&place, indent: line.count - text.count)
      } else if Self.isRule(text) {
        flush()
        html += "<hr>\n"
        place += 1
      } else if text.hasPrefix(">"), depth < 8 {
        flush()
        html += quote(&place)
      } else if Self.item(line) != nil, depth < 8,
        paragraph.isEmpty || text.first?.isNumber != true
      {
        flush()
        html += list(&place)
      } else if place + 1 < lines.count, text.contains("|"),
        let columns = Self.rule(lines[place + 1])
      {
        flush()
        html += table(&place, columns)
      } else {
        paragraph.append(text)
        place += 1
      }
    }
    flush()
    return html
  }

  // MARK: Blocks

  private static func heading(_ text: Substring) -> (level: Int, text: String)? {
    let level = text.prefix { $0 == "#" }.count
    guard (1...6).contains(level), text.dropFirst(level).first.map({ $0 == " " }) ?? true else {
      return nil
    }
    var words = text.dropFirst(level).drop { $0 == " " }
    while words.last == " " || words.last == "#" { words = words.dropLast() }
    return (level, String(words))
  }

  private static func isRule(_ text: Substring) -> Bool {
    let signs = text.filter { $0 != " " }
    guard signs.count >= 3, let first = signs.first, "-*_".contains(first) else { return false }
    return signs.allSatisfy { $0 == first }
  }

  private func fence(_ place: inout Int, indent: Int) -> HTML {
    let open = lines[place].drop { $0 == " " }
    let sign = open.first ?? "`"
    let length = open.prefix { $0 == sign }.count
    let language = open.dropFirst(length).split(separator: " ").first.map(String.init) ?? ""
    var body: [Substring] = []
    place += 1
    while place < lines.count {
      let line = lines[place].drop { $0 == " " }
      place += 1
      if line.prefix(while: { $0 == sign }).count >= length,
        line.allSatisfy({ $0 == sign || $0 == " " })
      {
        break
      }
      var kept = lines[place - 1]
      for _ in 0..<indent where kept.first == " " { kept = kept.dropFirst() }
      body.append(kept)
    }
    return
      "<pre tabindex=\"0\">\(CodeText(body.joined(separator: "\n"), language.isEmpty ? "text" : language).html)</pre>\n"
  }

  private func quote(_ place: inout Int) -> HTML {
    var body: [Substring] = []
    while place < lines.count {
      let text = lines[place].drop { $0 == " " }
      guard text.hasPrefix(">") else { break }
      let rest = text.dropFirst()
      body.append(rest.first == " " ? rest.dropFirst() : rest)
      place += 1
    }
    return "<blockquote>\(MarkdownText(body, inline, depth + 1).html)</blockquote>\n"
  }

  /// How far a list's item stands in, where its text begins, and its number.
  private static func item(_ line: Substring) -> (indent: Int, text: Int, number: Int?)? {
    let indent = line.prefix { $0 == " " }.count
    let rest = line.dropFirst(indent)
    var sign = 1
    var number: Int?
    if let first = rest.first, "-*+".contains(first) {
      sign = 1
    } else {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard (1...9).contains(digits.count),
        let next = rest.dropFirst(digits.count).first, next == "." || next == ")"
      else { return nil }
      number = Int(digits)
      sign = digits.count + 1
    }
    let space = rest.dropFirst(sign).prefix { $0 == " " }.count
    guard space > 0 || rest.count == sign else { return nil }
    return (indent, indent + sign + max(1, space > 4 ? 1 : space), number)
  }

  private func list(_ place: inout Int) -> HTML {
    guard let first = Self.item(lines[place]) else { return .nothing }
    var items: [HTML] = []
    while place < lines.count, let item = Self.item(lines[place]), item.indent <= first.indent + 1,
      (item.number == nil) == (first.number == nil)
    {
      var body = [lines[place].dropFirst(item.text)]
      place += 1
      while place < lines.count {
        let line = lines[place]
        let indent = line.prefix { $0 == " " }.count
        if indent == line.count {
          // An empty line ends the item unless what follows stands in.
          guard place + 1 < lines.count, lines[place + 1].prefix(while: { $0 == " " }).count >= 2
          else { break }
        } else if indent < min(item.text, 2), Self.item(line) != nil || indent == 0 {
          break
        }
        body.append(line.dropFirst(min(indent, item.text)))
        place += 1
      }
      let inner = MarkdownText(body, inline, depth + 1).html
      items.append("<li>\(Self.unwrapped(inner))</li>\n")
      while place < lines.count, lines[place].allSatisfy({ $0 == " " }),
        place + 1 < lines.count, Self.item(lines[place + 1]) != nil
      {
        place += 1
      }
    }
    if let number = first.number {
      return "<ol start=\"\(number)\">\(items)</ol>\n"
    }
    return "<ul>\(items)</ul>\n"
  }

  /// An item of one paragraph stands without it.
  private static func unwrapped(_ html: HTML) -> HTML {
    let text = html.text
    guard text.hasPrefix("<p>"), let end = text.firstRange(of: "</p>\n") else { return html }
    return HTML(
      markup: String(text[text.index(text.startIndex, offsetBy: 3)..<end.lowerBound])
        + String(text[end.upperBound...]))
  }

  // MARK: Tables

  /// The sides that a table's columns are set to; nil when the line is no rule under a table's head.
  private static func rule(_ line: Substring) -> [String]? {
    let cells = cells(line)
    guard !cells.isEmpty, line.contains("-") else { return nil }
    var sides: [String] = []
    for cell in cells {
      guard cell.contains("-"), cell.allSatisfy({ $0 == "-" || $0 == ":" }) else { return nil }
      sides.append(cell.hasSuffix(":") ? (cell.hasPrefix(":") ? "centre" : "number") : "")
    }
    return sides
  }

  private static func cells(_ line: Substring) -> [String] {
    var text = line.drop { $0 == " " }
    while text.last == " " { text = text.dropLast() }
    if text.hasPrefix("|") { text = text.dropFirst() }
    if text.hasSuffix("|"), !text.hasSuffix("\\|") { text = text.dropLast() }
    var cells = [""]
    var isEscaped = false
    for character in text {
      if isEscaped {
        cells[cells.count - 1] += character == "|" ? "|" : "\\\(character)"
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "|" {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
    }
    return cells.map { cell in
      var part = cell[...].drop { $0 == " " }
      while part.last == " " { part = part.dropLast() }
      return String(part)
    }
  }

  private func table(_ place: inout Int, _ sides: [String]) -> HTML {
    let head = Self.cells(lines[place])
    place += 2
    var rows: [HTML] = []
    func row(_ cells: [String], _ tag: HTML) -> HTML {
      let columns = sides.indices.map { index -> HTML in
        let text = index < cells.count ? cells[index] : ""
        let name: HTML = sides[index].isEmpty ? .nothing : " class=\"\(sides[index])\""
        return "<\(tag)\(name)>\(inline.html(text))</\(tag)>"
      }
      return "<tr>\(columns)</tr>\n"
    }
    while place < lines.count, lines[place].contains("|") {
      rows.append(row(Self.cells(lines[place]), "td"))
      place += 1
    }
    return """
      <div class="sheet" tabindex="0"><table><thead>\(row(head, "th"))</thead><tbody>\(rows)</tbody></table></div>

      """
  }
}
