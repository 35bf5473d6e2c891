/// One line of a log.
struct LogLine: Sendable, Hashable {
  var stream: RunLog.Stream
  /// Without the line end.
  var bytes: [UInt8]
  /// Where it begins in the log.
  var place: Int64
  /// Whether its end was not there yet.
  var isOpen: Bool

  /// The lines of some pieces that follow each other in a log from a place on.
  static func lines(_ pieces: [RunLog.Piece], from place: Int64) -> [LogLine] {
    var lines: [LogLine] = []
    var place = place
    for piece in pieces {
      var rest = piece.bytes[...]
      while !rest.isEmpty {
        let end = rest.firstIndex(of: 0x0A)
        let text = rest[..<(end ?? rest.endIndex)]
        if let last = lines.last, last.isOpen, last.stream == piece.stream {
          lines[lines.count - 1].bytes += text
          lines[lines.count - 1].isOpen = end == nil
        } else {
          lines.append(
            LogLine(stream: piece.stream, bytes: Array(text), place: place, isOpen: end == nil))
        }
        let taken = end.map { $0 + 1 } ?? rest.endIndex
        place += Int64(taken - rest.startIndex)
        rest = rest[taken...]
      }
    }
    return lines
  }

  /// The line as markup: colours of terminals become colours of the page, a progress bar shows as it ended.
  var html: HTML {
    let shown = bytes.last == 0x0D ? bytes.dropLast() : bytes[...]
    let start = shown.lastIndex(of: 0x0D).map { $0 + 1 } ?? shown.startIndex
    let text = TerminalText.html(String(decoding: shown[start...], as: UTF8.self))
    let mark: HTML = stream == .error ? " class=\"err\"" : .nothing
    return "<span\(mark) data-at=\"\(place)\">\(text)\n</span>"
  }
}
