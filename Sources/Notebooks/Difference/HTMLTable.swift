/// The first table of a piece of HTML, as pandas writes them: rows of texts.
struct HTMLTable {
  private(set) var rows: [[String]] = []

  /// Nil when there is none, or one with cells over several rows or columns.
  init?(_ html: String) {
    let bytes = Array(html.utf8)
    guard let start = bytes.firstRange(of: Array("<table".utf8)) else { return nil }
    var rest = bytes[start.upperBound...]
    if let end = rest.firstRange(of: Array("</table".utf8)) { rest = rest[..<end.lowerBound] }
    var row: [String]?
    var cell: [UInt8]?
    while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
      cell?.append(contentsOf: rest[..<open])
      guard let close = rest[open...].firstIndex(of: UInt8(ascii: ">")) else { break }
      let tag = String(decoding: rest[(open + 1)..<close], as: UTF8.self).lowercased()
      rest = rest[(close + 1)...]
      let name = tag.prefix {
        $0 != " " && $0 != "\n" && $0 != "/" || $0 == "/" && tag.first == "/"
      }
      switch name {
      case "tr":
        if let row { rows.append(row) }
        row = []
      case "/tr":
        if let row { rows.append(row) }
        row = nil
      case "td", "th":
        if tag.contains("span=") { return nil }
        cell = []
      case "/td", "/th":
        row?.append(Self.text(cell ?? []))
        cell = nil
      default: break
      }
    }
    guard rows.count >= 1, rows.contains(where: { $0.count > 1 }) else { return nil }
  }

  private static func text(_ bytes: [UInt8]) -> String {
    var text = String(decoding: bytes, as: UTF8.self).trimmed
    guard text.contains("&") else { return text }
    for (name, sign) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "),
      ("&amp;", "&"),
    ] {
      text = text.split(separator: name, omittingEmptySubsequences: false).joined(separator: sign)
    }
    return text
  }
}
