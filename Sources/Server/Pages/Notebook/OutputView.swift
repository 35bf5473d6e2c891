import Formats
import Notebooks

/// One output of a cell (nbformat 4): the best of its forms that can be shown safely.
struct OutputView {
  let output: NotebookJSON

  init(_ output: NotebookJSON) { self.output = output }

  var html: HTML {
    switch output["output_type"]?.string {
    case "stream":
      let isError = output["name"]?.string == "stderr"
      return pre(output["text"]?.joinedText ?? "", isError ? "out stderr" : "out")
    case "error":
      let trace = (output["traceback"]?.array ?? []).compactMap(\.string).joined(separator: "\n")
      let words = "\(output["ename"]?.string ?? ""): \(output["evalue"]?.string ?? "")"
      return pre(trace.isEmpty ? words : trace, "out err")
    default:
      guard let data = output["data"] else { return .nothing }
      return best(data)
    }
  }

  private func best(_ data: NotebookJSON) -> HTML {
    let plain = data["text/plain"]?.joinedText ?? ""
    for type in ["image/png", "image/jpeg", "image/gif", "image/webp"] {
      let base = (data[type]?.joinedText ?? "").filter { !$0.isWhitespace }
      // Nothing but Base64 comes into the address.
      if !base.isEmpty, base.utf8.allSatisfy(Self.isBase64) {
        return picture("data:\(type);base64,\(base)", plain)
      }
    }
    if let svg = data["image/svg+xml"]?.joinedText, !svg.isEmpty {
      // In an image nothing of it runs.
      return picture("data:image/svg+xml;base64,\(Base64.encode(Array(svg.utf8)))", plain)
    }
    if let markup = data["text/html"]?.joinedText {
      let safe = SafeMarkup(markup).html
      if !safe.isEmpty { return "<div class=\"out rich\" tabindex=\"0\">\(safe)</div>" }
    }
    if let markdown = data["text/markdown"]?.joinedText {
      return "<div class=\"out prose\">\(MarkdownText(markdown).html)</div>"
    }
    if !plain.isEmpty { return pre(plain, "out") }
    if let latex = data["text/latex"]?.joinedText { return pre(latex, "out") }
    if let json = data["application/json"] { return pre(json.text(), "out") }
    return .nothing
  }

  private func picture(_ address: String, _ words: String) -> HTML {
    "<img class=\"out\" src=\"\(address)\" alt=\"\(words.prefix(200))\">"
  }

  private func pre(_ text: String, _ name: String) -> HTML {
    guard !text.isEmpty else { return .nothing }
    return LongText(text: Redrawn.text(text), name: name).html
  }

  private static func isBase64(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"),
      UInt8(ascii: "="):
      true
    default: false
    }
  }
}

/// What a terminal would show of lines that were drawn over and over, as progress bars are: what stands last.
enum Redrawn {
  static func text(_ text: String) -> String {
    guard text.utf8.contains(0x0D) else { return text }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // A character of its own for Swift: the two at a line's end.
    return lines.flatMap { $0.split(separator: "\r\n", omittingEmptySubsequences: false) }.map {
      line in
      line.split(separator: "\r", omittingEmptySubsequences: true).last.map(String.init) ?? ""
    }.joined(separator: "\n")
  }
}
