/// A content told by pieces of another one (gitformat-pack(5), "Deltified representation").
enum Delta {
  /// What a delta makes of its base; nil when it is broken or not for this base.
  static func apply(_ delta: [UInt8], to base: [UInt8], limit: Int) -> [UInt8]? {
    var rest = delta[...]
    guard size(&rest) == base.count, let wanted = size(&rest), wanted <= limit else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(wanted)
    while let code = rest.popFirst() {
      if code & 0x80 == 0 {
        let count = Int(code)
        guard count > 0, count <= rest.count else { return nil }
        result += rest.prefix(count)
        rest = rest.dropFirst(count)
      } else {
        var (offset, count) = (0, 0)
        for bit in 0..<4 where code & (1 << bit) != 0 {
          guard let byte = rest.popFirst() else { return nil }
          offset |= Int(byte) << (8 * bit)
        }
        for bit in 0..<3 where code & (0x10 << bit) != 0 {
          guard let byte = rest.popFirst() else { return nil }
          count |= Int(byte) << (8 * bit)
        }
        if count == 0 { count = 0x10000 }
        guard offset <= base.count, count <= base.count - offset else { return nil }
        result += base[offset..<(offset + count)]
      }
      guard result.count <= wanted else { return nil }
    }
    return result.count == wanted ? result : nil
  }

  /// The sizes of the base and of the result that a delta names; nil when it does not.
  static func sizes(_ delta: [UInt8]) -> (base: Int, result: Int)? {
    var rest = delta[...]
    guard let base = size(&rest), let result = size(&rest) else { return nil }
    return (base, result)
  }

  /// Seven bits a byte, the lowest first.
  private static func size(_ rest: inout ArraySlice<UInt8>) -> Int? {
    var value = 0
    for shift in stride(from: 0, to: 56, by: 7) {
      guard let byte = rest.popFirst() else { return nil }
      value |= Int(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
    }
    return nil
  }
}
