/// A number of bytes, printed for people in powers of 1,000 as `du --si` does: `1.2 MB`.
package struct ByteCount: Sendable, Hashable, Comparable {
  package var bytes: Int64

  package init(_ bytes: Int64) { self.bytes = bytes }

  package static func < (left: Self, right: Self) -> Bool { left.bytes < right.bytes }
}

extension ByteCount: CustomStringConvertible {
  package var description: String {
    let units = ["kB", "MB", "GB", "TB", "PB", "EB"]
    let sign = bytes < 0 ? "-" : ""
    let magnitude = bytes.magnitude
    guard magnitude >= 1000 else { return "\(sign)\(magnitude) B" }
    // Tenths in whole numbers, so that no rounding depends on a locale.
    var divisor: UInt64 = 1000
    var unit = 0
    while unit + 1 < units.count, (magnitude / divisor) >= 1000 {
      divisor *= 1000
      unit += 1
    }
    var tenths = (magnitude / divisor) * 10 + (magnitude % divisor) / (divisor / 10)
    if tenths >= 1000 {
      tenths -= tenths % 10
      return "\(sign)\(tenths / 10) \(units[unit])"
    }
    return "\(sign)\(tenths / 10).\(tenths % 10) \(units[unit])"
  }
}
