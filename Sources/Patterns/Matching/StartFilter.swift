/// Finds places where a match could begin, by its first bytes.
enum StartFilter: Sendable {
  /// Every match begins with this.
  case text(SearchedText)
  /// Every match begins with one of these, three at most.
  case bytes([UInt8])

  init?(_ required: RequiredText, _ program: Program) {
    if required.prefix.count > 1 {
      self = .text(SearchedText(required.prefix))
    } else if let bytes = program.firstBytes, bytes.count <= 3 {
      self = .bytes(bytes)
    } else {
      return nil
    }
  }

  func next(in text: UnsafePointer<UInt8>, _ range: Range<Int>) -> Int? {
    switch self {
    case .text(let prefix): prefix.first(in: text, range)
    case .bytes(let bytes):
      switch bytes.count {
      case 0: nil
      case 1: ByteSearch.first(bytes[0], in: text, range)
      default: ByteSearch.first(anyOf: bytes, in: text, range)
      }
    }
  }
}
