import Glibc

/// Numbers distinct byte strings in the order of their first appearance.
///
/// Open addressing over raw memory: no allocation and no `String` for a value that was seen before. The hash's seed is fixed,
/// and no result depends on it. One thread uses it at a time.
package final class WordTable {
  /// Behind a pointer, because the compiler then adds no checks of who else has access to a property, at each use.
  private let state: UnsafeMutablePointer<State>

  private struct State {
    var count = 0
    /// All values one behind the other, and where each ends.
    var bytes: UnsafeMutablePointer<UInt8>
    var byteCapacity = 256
    var ends: UnsafeMutablePointer<Int>
    var capacity = 16
    /// A power of two, at most half full.
    var slots: UnsafeMutablePointer<Slot>
    var slotCount = 32
  }

  /// The high bits of a value's hash, and its code: -1 where a slot is free.
  private struct Slot {
    var hash: UInt32
    var code: Int32
    static let free = Slot(hash: 0, code: -1)
  }

  package init() {
    state = .allocate(capacity: 1)
    state.initialize(
      to: State(
        bytes: .allocate(capacity: 256), ends: .allocate(capacity: 17),
        slots: .allocate(capacity: 32)))
    state.pointee.ends[0] = 0
    state.pointee.slots.initialize(repeating: .free, count: 32)
  }

  deinit {
    state.pointee.bytes.deallocate()
    state.pointee.ends.deallocate()
    state.pointee.slots.deallocate()
    state.deallocate()
  }

  package var count: Int { state.pointee.count }

  /// Forgets all values, and keeps the memory.
  func removeAll() {
    guard count > 0 else { return }
    state.pointee.count = 0
    state.pointee.slots.initialize(repeating: .free, count: state.pointee.slotCount)
  }

  /// The code of a value that was seen before; nil when it was not.
  @inline(__always)
  func knownCode(of value: UnsafeBufferPointer<UInt8>) -> Int32? {
    knownCode(of: value, Self.hash(value))
  }

  @inline(__always)
  private func knownCode(of value: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Int32? {
    let slots = state.pointee.slots
    let mask = state.pointee.slotCount &- 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    let high = UInt32(truncatingIfNeeded: hash &>> 32)
    while slots[slot].code >= 0 {
      if slots[slot].hash == high, isEqual(slots[slot].code, value) { return slots[slot].code }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  /// The code of a value, a new one when it was not seen before; nil when there are 2^30 values already.
  @inline(__always)
  package func code(of value: UnsafeBufferPointer<UInt8>) -> (code: Int32, isNew: Bool)? {
    let hash = Self.hash(value)
    if let code = knownCode(of: value, hash) { return (code, false) }
    return add(value, hash).map { ($0, true) }
  }

  private func add(_ value: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Int32? {
    let count = state.pointee.count
    guard count < 1 << 30 else { return nil }
    reserve(value.count)
    let start = state.pointee.ends[count]
    if let base = value.baseAddress {
      (state.pointee.bytes + start).update(from: base, count: value.count)
    }
    state.pointee.ends[count + 1] = start + value.count
    state.pointee.count = count + 1
    insert(Int32(truncatingIfNeeded: count), hash)
    return Int32(truncatingIfNeeded: count)
  }

  /// The value of a code.
  func value(_ code: Int) -> UnsafeBufferPointer<UInt8> {
    let ends = state.pointee.ends
    return UnsafeBufferPointer(
      start: state.pointee.bytes + ends[code], count: ends[code + 1] - ends[code])
  }

  /// The values in the order of their codes, bytes that are not UTF-8 repaired.
  package var strings: [String] { (0..<count).map { String(decoding: value($0), as: UTF8.self) } }

  @inline(__always)
  private func insert(_ code: Int32, _ hash: UInt64) {
    let slots = state.pointee.slots
    let mask = state.pointee.slotCount &- 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot].code >= 0 { slot = (slot &+ 1) & mask }
    slots[slot] = Slot(hash: UInt32(truncatingIfNeeded: hash &>> 32), code: code)
  }

  /// Makes room for one more value of so many bytes.
  @inline(__always)
  private func reserve(_ size: Int) {
    let count = state.pointee.count
    if state.pointee.ends[count] + size > state.pointee.byteCapacity
      || count == state.pointee.capacity || (count + 1) * 2 > state.pointee.slotCount
    {
      grow(for: size)
    }
  }

  private func grow(for size: Int) {
    let count = state.pointee.count
    let used = state.pointee.ends[count]
    if used + size > state.pointee.byteCapacity {
      state.pointee.byteCapacity = max(state.pointee.byteCapacity * 2, used + size)
      state.pointee.bytes = Self.moved(
        state.pointee.bytes, used, to: state.pointee.byteCapacity)
    }
    if count == state.pointee.capacity {
      state.pointee.capacity *= 2
      state.pointee.ends = Self.moved(
        state.pointee.ends, count + 1, to: state.pointee.capacity + 1)
    }
    guard (count + 1) * 2 > state.pointee.slotCount else { return }
    let slotCount = state.pointee.slotCount * 2
    state.pointee.slots.deallocate()
    state.pointee.slots = .allocate(capacity: slotCount)
    state.pointee.slots.initialize(repeating: .free, count: slotCount)
    state.pointee.slotCount = slotCount
    for code in 0..<count {
      insert(Int32(truncatingIfNeeded: code), Self.hash(value(code)))
    }
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
    let ends = state.pointee.ends
    let start = ends[Int(code)]
    guard ends[Int(code) &+ 1] &- start == value.count else { return false }
    guard let other = UnsafeRawPointer(value.baseAddress) else { return true }
    let own = UnsafeRawPointer(state.pointee.bytes + start)
    let count = value.count
    guard count >= 8 else { return Self.word(own, count) == Self.word(other, count) }
    var place = 0
    while place &+ 8 < count {
      if Self.eight(own + place) != Self.eight(other + place) { return false }
      place &+= 8
    }
    return Self.eight(own + count - 8) == Self.eight(other + count - 8)
  }

  /// Eight bytes at a time, the last of them once more where less are left, each mixed in by the two halves of a product (as in
  /// wyhash).
  @inline(__always)
  private static func hash(_ value: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let count = value.count
    var hash: UInt64 = 0x9e37_79b9_7f4a_7c15 ^ UInt64(truncatingIfNeeded: count)
    guard let base = UnsafeRawPointer(value.baseAddress) else { return mix(hash) }
    guard count >= 8 else { return mix(hash ^ word(base, count)) }
    var place = 0
    while place &+ 8 < count {
      hash = mix(hash ^ eight(base + place))
      place &+= 8
    }
    return mix(hash ^ eight(base + count - 8))
  }

  @inline(__always)
  private static func eight(_ place: UnsafeRawPointer) -> UInt64 {
    place.loadUnaligned(as: UInt64.self)
  }

  /// Less than eight bytes, all of which are in it.
  @inline(__always)
  private static func word(_ place: UnsafeRawPointer, _ count: Int) -> UInt64 {
    if count >= 4 {
      let first = place.loadUnaligned(as: UInt32.self)
      let last = (place + count - 4).loadUnaligned(as: UInt32.self)
      return UInt64(first) | UInt64(last) &<< 32
    }
    guard count > 0 else { return 0 }
    let first = place.load(as: UInt8.self)
    let middle = place.load(fromByteOffset: count &>> 1, as: UInt8.self)
    let last = place.load(fromByteOffset: count &- 1, as: UInt8.self)
    return UInt64(first) | UInt64(middle) &<< 8 | UInt64(last) &<< 16
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xa076_1d64_78bd_642f)
    return product.high ^ product.low
  }
}
