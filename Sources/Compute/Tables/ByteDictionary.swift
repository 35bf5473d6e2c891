import Glibc

/// Numbers distinct byte strings in the order of their first appearance.
///
/// Open addressing over one buffer of bytes: no allocation and no `String` for a value that was
/// seen before. The hash's seed is fixed, and no result depends on it.
struct ByteDictionary: Sendable {
  private(set) var count = 0
  private var bytes: [UInt8] = []
  /// Where each value ends in `bytes`.
  private var ends: [Int] = []
  private var hashes: [UInt64] = []
  /// Codes, -1 where a slot is free; a power of two, at most half full.
  private var slots: [Int32] = Array(repeating: -1, count: 32)

  /// The code of a value, a new one when it was not seen before; nil when there are 2^30 values
  /// already.
  mutating func code(of value: UnsafeBufferPointer<UInt8>) -> (code: Int32, isNew: Bool)? {
    let hash = Self.hash(value)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let code = slots[slot]
      if hashes[Int(code)] == hash, isEqual(code, value) { return (code, false) }
      slot = (slot + 1) & (slots.count - 1)
    }
    guard count < 1 << 30 else { return nil }
    let code = Int32(count)
    slots[slot] = code
    hashes.append(hash)
    bytes.append(contentsOf: value)
    ends.append(bytes.count)
    count += 1
    if count * 2 > slots.count { grow() }
    return (code, true)
  }

  /// The values in the order of their codes, bytes that are not UTF-8 repaired.
  var strings: [String] {
    (0..<count).map { code in
      String(decoding: bytes[(code == 0 ? 0 : ends[code - 1])..<ends[code]], as: UTF8.self)
    }
  }

  private func isEqual(_ code: Int32, _ value: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = code == 0 ? 0 : ends[Int(code) - 1]
    guard ends[Int(code)] - start == value.count else { return false }
    guard let other = value.baseAddress, !value.isEmpty else { return true }
    return bytes.withUnsafeBufferPointer { all in
      all.baseAddress.map { memcmp($0 + start, other, value.count) == 0 } ?? false
    }
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for code in 0..<count {
      var slot = Int(truncatingIfNeeded: hashes[code]) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(code)
    }
  }

  /// FNV-1a (64 bits), its high bits folded in because slots use the low ones.
  private static func hash(_ value: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in value { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash ^ (hash >> 32)
  }
}
