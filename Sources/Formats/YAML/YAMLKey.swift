/// What makes two keys of a mapping one key to Python: equal values, across number types; text by its code points.
enum YAMLKey: Hashable {
  case none
  case integer(String)
  case fraction(UInt64)
  case text([UInt8])
  case bytes([UInt8])
  case day(Int)
  case local(Int)
  case instant(Int)

  /// Nil when the value can't be a key: Python's lists, mappings and sets have no hash.
  init?(_ value: YAMLValue) {
    switch value {
    case .none: self = .none
    case .bool(let value): self = .integer(value ? "1" : "0")
    case .int(let value): self = .integer(String(value))
    case .bigInt(let text): self = .integer(text)
    case .float(let value):
      if let whole = DecimalInteger(exactly: value) {
        self = .integer(whole.text)
      } else {
        self = .fraction(value.isNaN ? Double.nan.bitPattern : value.bitPattern)
      }
    case .string(let text): self = .text(Array(text.utf8))
    case .bytes(let bytes): self = .bytes(bytes)
    case .date(let date): self = .day(date.dayNumber)
    case .dateTime(let time):
      self = time.offset == nil ? .local(time.instant) : .instant(time.instant)
    case .list, .tuple, .set, .map: return nil
    }
  }
}
