import Formats
import Platform

/// A notebook's cells with what they gave (nbformat 4): text, pictures, failures; no script and no markup of the notebook's.
struct NotebookPreview {
  let html: HTML

  /// - Throws: ``ParseFailure`` when the bytes are no JSON.
  init(_ bytes: [UInt8]) throws(ParseFailure) {
    let root = try JSONValue(parsing: bytes, allowsNonFinite: true)
    let cells = root["cells"]?.array ?? []
    html = "<div class=\"notebook\">\(cells.prefix(500).map(Self.cell))</div>"
  }

  private static func cell(_ cell: JSONValue) -> HTML {
    let source = text(cell["source"])
    guard cell["cell_type"]?.string == "code" else {
      return "<div class=\"cell prose\">\(Prose.html(source))</div>"
    }
    let number = cell["execution_count"]?.int.map(String.init) ?? " "
    let outputs = (cell["outputs"]?.array ?? []).prefix(100).map(output)
    return """
      <div class="cell"><span class="turn">[\(number)]</span><pre tabindex="0">\(source)</pre>\(outputs)</div>
      """
  }

  private static func output(_ output: JSONValue) -> HTML {
    switch output["output_type"]?.string {
    case "stream":
      return "<pre class=\"out\" tabindex=\"0\">\(TerminalText.html(text(output["text"])))</pre>"
    case "error":
      let trace = (output["traceback"]?.array ?? []).compactMap(\.string).joined(separator: "\n")
      return "<pre class=\"out err\" tabindex=\"0\">\(TerminalText.html(trace))</pre>"
    default:
      guard let data = output["data"] else { return .nothing }
      for type in ["image/png", "image/jpeg"] {
        let base = text(data[type]).filter { !$0.isWhitespace }
        // Nothing but Base64 comes into the address.
        if !base.isEmpty, base.utf8.allSatisfy(isBase64) {
          return
            "<img class=\"out\" src=\"data:\(type);base64,\(base)\" alt=\"\(text(data["text/plain"]).prefix(200))\">"
        }
      }
      let plain = text(data["text/plain"])
      return plain.isEmpty ? .nothing : "<pre class=\"out\" tabindex=\"0\">\(plain)</pre>"
    }
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

  /// A text, which a notebook may keep as its lines.
  private static func text(_ value: JSONValue?) -> String {
    value?.string ?? (value?.array ?? []).compactMap(\.string).joined()
  }
}

/// Markdown's headings, lists and paragraphs; all else of it stays as it was typed.
enum Prose {
  static func html(_ text: String) -> HTML {
    var html: HTML = .nothing
    var paragraph: [String] = []
    func flush() {
      guard !paragraph.isEmpty else { return }
      html += "<p>\(paragraph.joined(separator: "\n"))</p>"
      paragraph = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let level = line.prefix { $0 == "#" }.count
      if (1...6).contains(level), line.dropFirst(level).first == " " {
        flush()
        html += "<p class=\"heading h\(level)\">\(line.dropFirst(level + 1))</p>"
      } else if line.allSatisfy(\.isWhitespace) {
        flush()
      } else {
        paragraph.append(String(line))
      }
    }
    flush()
    return html
  }
}
