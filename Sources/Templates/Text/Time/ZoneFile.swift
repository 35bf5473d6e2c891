/// The content of a TZif file (RFC 8536): its 64-bit block and the rule at its end, or the block of version 1.
struct ZoneFile {
  private(set) var changes: [ZoneChange] = []
  private(set) var first = ZoneType(offset: 0, isSummer: false, name: "UTC")
  private(set) var rule: ZoneRule?

  private struct Header {
    let version: UInt8
    let counts: [Int]
    /// `isutcnt`, `isstdcnt`, `leapcnt`, `timecnt`, `typecnt`, `charcnt`, in this order.
    func size(_ width: Int) -> Int {
      counts[3] * (width + 1) + counts[4] * 6 + counts[5] + counts[2] * (width + 4) + counts[1]
        + counts[0]
    }
  }

  init?(_ bytes: [UInt8]) {
    guard let header = Self.header(bytes, 0) else { return nil }
    guard header.version >= UInt8(ascii: "2") else {
      guard read(bytes, header, at: 44, width: 4) else { return nil }
      return
    }
    let second = 44 + header.size(4)
    guard let wide = Self.header(bytes, second),
      read(bytes, wide, at: second + 44, width: 8)
    else { return nil }
    let footer = second + 44 + wide.size(8)
    guard footer < bytes.count, bytes[footer] == 0x0A else { return }
    let text = bytes[(footer + 1)...].prefix { $0 != 0x0A }
    if !text.isEmpty { rule = ZoneRule(Array(text)) }
  }

  private static func header(_ bytes: [UInt8], _ start: Int) -> Header? {
    guard start <= bytes.count - 44, bytes[start...].starts(with: "TZif".utf8) else { return nil }
    let counts = (0..<6).map { number(bytes, start + 20 + $0 * 4, 4) }
    // A file with more would not fit the limit on its size.
    guard counts.allSatisfy({ $0 >= 0 && $0 < 1 << 20 }) else { return nil }
    return Header(version: bytes[start + 4], counts: counts)
  }

  private static func number(_ bytes: [UInt8], _ start: Int, _ width: Int) -> Int {
    var value: UInt64 = 0
    for byte in bytes[start..<(start + width)] { value = value << 8 | UInt64(byte) }
    return width == 4 ? Int(Int32(truncatingIfNeeded: value)) : Int(Int64(bitPattern: value))
  }

  private mutating func read(
    _ bytes: [UInt8], _ header: Header, at start: Int, width: Int
  ) -> Bool {
    guard start + header.size(width) <= bytes.count, header.counts[4] > 0 else { return false }
    let timeCount = header.counts[3]
    let places = start + timeCount * width
    let typesStart = places + timeCount
    let names = typesStart + header.counts[4] * 6
    let namesEnd = names + header.counts[5]
    var types: [ZoneType] = []
    for index in 0..<header.counts[4] {
      let place = typesStart + index * 6
      let offset = Self.number(bytes, place, 4)
      let name = names + Int(bytes[place + 5])
      guard abs(offset) <= 86_400 * 2, name < namesEnd else { return false }
      let text = bytes[name..<namesEnd].prefix { $0 != 0 }
      types.append(
        ZoneType(
          offset: offset, isSummer: bytes[place + 4] != 0,
          name: String(decoding: text, as: UTF8.self)))
    }
    first = types.first { !$0.isSummer } ?? types[0]
    var before = first
    for index in 0..<timeCount {
      let moment = Self.number(bytes, start + index * width, width)
      let type = Int(bytes[places + index])
      guard type < types.count, abs(moment) < 1 << 60 else { return false }
      if let last = changes.last, last.moment >= moment { return false }
      changes.append(ZoneChange(moment: moment, before: before, after: types[type]))
      before = types[type]
    }
    return true
  }
}
