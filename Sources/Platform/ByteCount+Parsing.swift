extension ByteCount {
  /// Reads what a person writes: `500MB`, `1.5 GB`, `64 MiB`, `2000`; powers of 1,000, and of 1,024 with an `i`.
  ///
  /// Nil for what is no size, is negative, or is more than 2^53 bytes.
  package init?(parsing text: String) {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let value = Double(number), value.isFinite else { return nil }
    var unit = text.dropFirst(number.count).filter { $0 != " " }.lowercased()
    if unit.last == "b" { unit.removeLast() }
    let base: Double = unit.last == "i" ? 1024 : 1000
    if unit.last == "i" { unit.removeLast() }
    let units = ["", "k", "m", "g", "t"]
    guard let power = units.firstIndex(of: unit), power > 0 || base == 1000 else { return nil }
    let bytes = (0..<power).reduce(value) { size, _ in size * base }
    guard bytes <= 0x1p53 else { return nil }
    self.init(Int64(bytes.rounded()))
  }
}
