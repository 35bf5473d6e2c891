import Platform
import Python

/// E501: lines that are wider than a page.
///
/// As ruff does it: East Asian wide characters take two columns; a line that is one word, or ends in an address that
/// begins in time, cannot be broken; and remarks for tools (`# noqa`, `# type: ignore`) do not count.
struct LineLength: PythonCheck {
  private let limit: Int
  /// Whether a comment that begins with `TODO`, `FIXME` or `XXX` may be as long as it likes.
  private let ignoresTasks: Bool

  init(_ options: RuleOptions) throws(ParseFailure) {
    limit = try options.int("max", 80)
    ignoresTasks = try options.bool("ignore-task-comments", false)
  }

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let lines = source.list.lines
    let hasTabs = source.layout.hasTabs
    source.bytes.withUnsafeBufferPointer { bytes in
      lines.starts.withUnsafeBufferPointer { starts in
        for number in starts.indices {
          let start = Int(starts[number])
          let next = number + 1 < starts.count ? Int(starts[number + 1]) : bytes.count
          // A tab takes up to four columns, any other byte one at most.
          guard next - start > limit / 4 else { continue }
          if next - start <= limit, !hasTabs || !bytes[start..<next].contains(0x09) { continue }
          check(start, next, source, bytes, report)
        }
      }
    }
  }

  private func check(
    _ start: Int, _ next: Int, _ source: PythonSource, _ bytes: UnsafeBufferPointer<UInt8>,
    _ report: (PythonFinding) -> Void
  ) {
    var end = next
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    guard LineWidth.of(bytes, start..<end) > limit else { return }
    if let comment = comment(start..<end, source),
      let remark = remark(in: bytes, comment)
    {
      end = UnicodeSpace.start(bytes, endingAt: remark, from: start)
    }
    let width = LineWidth.of(bytes, start..<end)
    guard width > limit, !isUnbreakable(bytes, start..<end, width) else { return }
    var fitting = start
    var room = LineWidth()
    while fitting < end, room.columns < limit { fitting += room.add(bytes, at: fitting) }
    report(PythonFinding("E501", fitting..<end, ["width": String(width), "max": String(limit)]))
  }

  /// The comment of a line.
  private func comment(_ line: Range<Int>, _ source: PythonSource) -> Range<Int>? {
    guard let token = source.token(covering: line.upperBound..<line.upperBound) else { return nil }
    for index in [token, token - 1] where index >= 0 {
      let token = source.list.tokens[index]
      if token.kind == .comment, Int(token.start) >= line.lowerBound { return token.range }
    }
    return nil
  }

  /// Where what tools read begins in a comment.
  private func remark(in bytes: UnsafeBufferPointer<UInt8>, _ comment: Range<Int>) -> Int? {
    for place in comment where bytes[place] == UInt8(ascii: "#") {
      var start = place + 1
      while start < comment.upperBound {
        let length = UnicodeSpace.length(bytes, at: start)
        guard length > 0 else { break }
        start += length
      }
      let rest = String(decoding: bytes[start..<min(comment.upperBound, start + 12)], as: UTF8.self)
      if rest.prefix(4).lowercased() == "noqa" || rest.hasPrefix("nosec") { return place }
      if let colon = rest.firstIndex(of: ":"), Self.tools.contains(String(rest[..<colon])) {
        return place
      }
      if ignoresTasks, place == comment.lowerBound,
        ["TODO", "FIXME", "XXX"].contains(where: { rest.hasPrefix($0) })
      {
        return place
      }
    }
    return nil
  }

  private static let tools: Set<String> = [
    "isort", "type", "pyright", "pyrefly", "pylint", "flake8", "ruff", "ty",
  ]

  /// Whether a break would help nothing.
  private func isUnbreakable(
    _ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, _ width: Int
  ) -> Bool {
    if let isUnbreakable = isUnbreakablePlain(bytes, line, width) { return isUnbreakable }
    let text = String(decoding: bytes[line], as: UTF8.self)
    let words = text.unicodeScalars.split { $0.properties.isWhitespace }
    guard words.count > 1, let last = words.last else { return true }
    let lastWord = Array(String(last).utf8)
    if lastWord.firstRange(of: "://".utf8) != nil {
      let own = lastWord.withUnsafeBufferPointer { LineWidth.of($0, 0..<lastWord.count) }
      if width - own <= limit { return true }
    }
    return String(words[0]) == "#"
      && ["SPDX-License-Identifier:", "SPDX-FileCopyrightText:"].contains(String(words[1]))
  }

  /// The same of a line of ASCII without an address or a license in it, as nearly all are; nil of others.
  private func isUnbreakablePlain(
    _ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, _ width: Int
  ) -> Bool? {
    var words = 0
    var isInWord = false
    for place in line {
      let byte = bytes[place]
      guard byte < 0x80 else { return nil }
      let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
      if !isSpace, !isInWord { words += 1 }
      isInWord = !isSpace
      if byte == UInt8(ascii: ":"), place + 1 < line.upperBound,
        bytes[place + 1] == UInt8(ascii: "/")
      {
        return nil
      }
    }
    guard words > 1 else { return true }
    let first = line.first { bytes[$0] > 0x20 } ?? line.lowerBound
    guard bytes[first] == UInt8(ascii: "#") else { return false }
    let second = line.first { $0 > first && bytes[$0] > 0x20 } ?? first
    return bytes[second] == UInt8(ascii: "S") ? nil : false
  }
}
