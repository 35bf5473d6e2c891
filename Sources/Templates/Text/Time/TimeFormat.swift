import Glibc

/// Python's `strftime`: its own directives `%f`, `%z` and `%Z`, and those of the C library in the C locale.
package enum TimeFormat {
  /// What a time knows about its zone.
  package struct Zone: Sendable {
    let offset: Int
    let name: String
    let isSummer: Bool

    package init(offset: Int, name: String, isSummer: Bool) {
      self.offset = offset
      self.name = name
      self.isSummer = isSummer
    }
  }

  /// - Parameter zone: nil for a time without one, for which `%z` and `%Z` are empty.
  package static func text(_ format: Text, _ time: CivilTime, _ zone: Zone?) -> Text {
    var expanded: [UInt8] = []
    var rest = format.bytes.prefix { $0 != 0 }
    while let byte = rest.popFirst() {
      expanded.append(byte)
      guard byte == UInt8(ascii: "%"), let directive = rest.popFirst() else { continue }
      switch directive {
      case UInt8(ascii: "f"):
        expanded.removeLast()
        let digits = String(time.microsecond)
        expanded += String(repeating: "0", count: 6 - digits.utf8.count).utf8
        expanded += digits.utf8
      case UInt8(ascii: "z"):
        expanded.removeLast()
        if let zone { expanded += offset(zone.offset).utf8 }
      case UInt8(ascii: "Z"):
        expanded.removeLast()
        // The name goes through the C library too.
        if let zone {
          for byte in zone.name.utf8 { expanded += byte == 0x25 ? [0x25, 0x25] : [byte] }
        }
      default: expanded.append(directive)
      }
    }
    return Text(bytes: printed(expanded, time, zone))
  }

  private static func offset(_ offset: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let size = abs(offset)
    return (offset < 0 ? "-" : "+") + two(size / 3600) + two(size / 60 % 60)
      + (size % 60 > 0 ? two(size % 60) : "")
  }

  private static func printed(_ format: [UInt8], _ time: CivilTime, _ zone: Zone?) -> [UInt8] {
    guard !format.isEmpty else { return [] }
    guard format.contains(UInt8(ascii: "%")) else { return format }
    var parts = tm()
    parts.tm_year = Int32(time.year - 1900)
    parts.tm_mon = Int32(time.month - 1)
    parts.tm_mday = Int32(time.day)
    parts.tm_hour = Int32(time.hour)
    parts.tm_min = Int32(time.minute)
    parts.tm_sec = Int32(time.second)
    parts.tm_wday = Int32((time.weekday + 1) % 7)
    parts.tm_yday = Int32(time.dayOfYear - 1)
    parts.tm_isdst = zone.map { $0.isSummer ? 1 : $0.name.hasPrefix("UTC") ? -1 : 0 } ?? -1
    let text = format.map { CChar(bitPattern: $0) } + [0]
    // As CPython: what is 256 times as long as the format will not come.
    var size = 1024
    while true {
      var buffer = [CChar](repeating: 0, count: size)
      let count = strftime(&buffer, size, text, &parts)
      if count > 0 { return buffer[..<count].map { UInt8(bitPattern: $0) } }
      if size >= 256 * format.count { return [] }
      size += size
    }
  }
}
