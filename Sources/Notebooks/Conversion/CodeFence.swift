/// A fence of Markdown around a block of code (CommonMark): three or more backticks or tildes.
struct CodeFence {
  private let sign: UInt8
  private let count: Int
  private let isBare: Bool

  /// Nil for a line that is none.
  private init?(line: String) {
    let rest = line.utf8.drop { $0 == 0x20 }
    guard line.utf8.count - rest.count <= 3, let sign = rest.first,
      sign == UInt8(ascii: "`") || sign == UInt8(ascii: "~")
    else { return nil }
    let count = rest.prefix { $0 == sign }.count
    guard count >= 3 else { return nil }
    let info = rest.dropFirst(count)
    self.sign = sign
    self.count = count
    isBare = (String(info) ?? "").isBlank
    hasTick = info.contains(UInt8(ascii: "`"))
  }

  private let hasTick: Bool

  /// The fence that a line opens.
  init?(opening line: String) {
    guard let fence = CodeFence(line: line), !(fence.sign == UInt8(ascii: "`") && fence.hasTick)
    else { return nil }
    self = fence
  }

  func isClosed(by line: String) -> Bool {
    guard let other = CodeFence(line: line) else { return false }
    return other.sign == sign && other.count >= count && other.isBare
  }
}
