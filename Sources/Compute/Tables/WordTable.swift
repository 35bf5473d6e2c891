import Glibc

/// Numbers distinct byte strings in the order of their first appearance.
///
/// Open addressing over raw memory: no allocation and no `String` for a value that was seen before. The hash's seed is fixed,
/// and no result depends on it. One thread uses it at a time.
package final class WordTable {
  package private(set) var count = 0
  /// All values one behind the other, and where each ends.
  private var bytes: UnsafeMutablePointer<UInt8>
  private var byteCapacity = 256
  private var ends: UnsafeMutablePointer<Int>
  private var capacity = 16
  /// A power of two, at most half full.
  private var slots: UnsafeMutablePointer<Slot>
  private var slotCount = 32

  /// The high bits of a value's hash, and its code: -1 where a slot is free.
  private struct Slot {
    var hash: UInt32
    var code: Int32
    static let free = Slot(hash: 0, code: -1)
  }

  package init() {
    bytes = .allocate(capacity: byteCapacity)
    ends = .allocate(capacity: capacity + 1)
    ends[0] = 0
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: .free, count: slotCount)
  }

  deinit {
    bytes.deallocate()
    ends.deallocate()
    slots.deallocate()
  }

  /// Forgets all values, and keeps the memory.
  func removeAll() {
    guard count > 0 else { return }
    count = 0
    slots.initialize(repeating: .free, count: slotCount)
  }

  /// The code of a value that was seen before; nil when it was not.
  @inline(__always)
  func knownCode(of value: UnsafeBufferPointer<UInt8>) -> Int32? {
    let hash = Self.hash(value)
    var slot = Int(truncatingIfNeeded: hash) & (slotCount - 1)
    let high = UInt32(truncatingIfNeeded: hash >> 32)
    while slots[slot].code >= 0 {
      if slots[slot].hash == high, isEqual(slots[slot].code, value) { return slots[slot].code }
      slot = (slot + 1) & (slotCount - 1)
    }
    return nil
  }

  /// The code of a value, a new one when it was not seen before; nil when there are 2^30 values already.
  package func code(of value: UnsafeBufferPointer<UInt8>) -> (code: Int32, isNew: Bool)? {
    if let code = knownCode(of: value) { return (code, false) }
    guard count < 1 << 30 else { return nil }
    reserve(value.count)
    let start = ends[count]
    if let base = value.baseAddress { (bytes + start).update(from: base, count: value.count) }
    ends[count + 1] = start + value.count
    count += 1
    insert(Int32(count - 1), Self.hash(value))
    return (Int32(count - 1), true)
  }

  /// The value of a code.
  func value(_ code: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: bytes + ends[code], count: ends[code + 1] - ends[code])
  }

  /// The values in the order of their codes, bytes that are not UTF-8 repaired.
  package var strings: [String] { (0..<count).map { String(decoding: value($0), as: UTF8.self) } }

  private func insert(_ code: Int32, _ hash: UInt64) {
    var slot = Int(truncatingIfNeeded: hash) & (slotCount - 1)
    while slots[slot].code >= 0 { slot = (slot + 1) & (slotCount - 1) }
    slots[slot] = Slot(hash: UInt32(truncatingIfNeeded: hash >> 32), code: code)
  }

  /// Makes room for one more value of so many bytes.
  private func reserve(_ size: Int) {
    let used = ends[count]
    if used + size > byteCapacity {
      byteCapacity = max(byteCapacity * 2, used + size)
      bytes = Self.moved(bytes, used, to: byteCapacity)
    }
    if count == capacity {
      ends = Self.moved(ends, count + 1, to: capacity * 2 + 1)
      capacity *= 2
    }
    guard (count + 1) * 2 > slotCount else { return }
    slotCount *= 2
    slots.deallocate()
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: .free, count: slotCount)
    for code in 0..<count { insert(Int32(code), Self.hash(value(code))) }
  }

  private static func moved<Value>(
    _ values: UnsafeMutablePointer<Value>, _ count: Int, to capacity: Int
  ) -> UnsafeMutablePointer<Value> {
    let new = UnsafeMutablePointer<Value>.allocate(capacity: capacity)
    new.moveInitialize(from: values, count: count)
    values.deallocate()
    return new
  }

  @inline(__always)
  private func isEqual(_ code: Int32, _ value: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = ends[Int(code)]
    guard ends[Int(code) + 1] - start == value.count else { return false }
    guard let other = value.baseAddress else { return true }
    let own = bytes + start
    var place = 0
    while place < value.count {
      if own[place] != other[place] { return false }
      place += 1
    }
    return true
  }

  /// Eight bytes at a time, each mixed in by the two halves of a product (as in wyhash).
  @inline(__always)
  private static func hash(_ value: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0x9e37_79b9_7f4a_7c15 ^ UInt64(truncatingIfNeeded: value.count)
    guard let base = UnsafeRawPointer(value.baseAddress) else { return hash }
    var place = 0
    while place + 8 <= value.count {
      hash = mix(hash ^ base.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      place += 8
    }
    var tail: UInt64 = 0
    while place < value.count {
      tail = tail << 8 | UInt64(value[place])
      place += 1
    }
    return mix(hash ^ tail)
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xa076_1d64_78bd_642f)
    return product.high ^ product.low
  }
}
