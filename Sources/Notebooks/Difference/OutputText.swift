/// The text of outputs, for a terminal.
package enum OutputText {
  /// A text, or the lines of an array, without the colours of terminals.
  static func plain(_ value: NotebookJSON?) -> String {
    guard let value else { return "" }
    if let text = value.string { return withoutEscapes(text) }
    let lines = (value.array ?? []).compactMap(\.string)
    return withoutEscapes(lines.joined(separator: "\n"))
  }

  /// A text without ANSI's sequences (`ESC [ … letter`).
  static func withoutEscapes(_ text: String) -> String {
    guard text.utf8.contains(0x1B) else { return text }
    var result: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.first {
      rest = rest.dropFirst()
      guard byte == 0x1B, rest.first == UInt8(ascii: "[") else {
        if byte != 0x1B { result.append(byte) }
        continue
      }
      rest = rest.dropFirst().drop { !(0x40...0x7E).contains($0) }.dropFirst()
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension OutputText {
  /// What an output shows, in a few lines: its text, or what its images and other data are.
  package static func summary(_ output: NotebookJSON, most: Int = 20) -> [String] {
    let type = output["output_type"]?.string ?? "output"
    var lines: [String] = []
    switch type {
    case "stream":
      lines =
        ["[\(output["name"]?.string ?? type)]"]
        + PythonLines.splitWithoutEnds(plain(output["text"]))
    case "error":
      lines =
        ["[error] \(output["ename"]?.string ?? ""): \(output["evalue"]?.string ?? "")"]
        + PythonLines.splitWithoutEnds(plain(output["traceback"]))
    default:
      lines = ["[\(type)]"]
      for (name, value) in output["data"]?.object ?? [:] {
        if name == "text/plain", let text = value.joinedText {
          lines += PythonLines.splitWithoutEnds(withoutEscapes(text))
        } else {
          lines.append(DataSummary(name, value).text)
        }
      }
    }
    guard lines.count > most else { return lines }
    return lines.prefix(most) + ["… \(lines.count - most) more lines"]
  }
}
