/// A name, as a number: equal names of one file have equal numbers.
package struct Symbol: Hashable, Sendable {
  var index: UInt32
}

/// The names of one file and their numbers.
struct SymbolTable: Sendable {
  /// The names' bytes, one behind the other.
  private var bytes: [UInt8] = []
  private var ends: [UInt32] = [0]
  /// Open addressing: a name's number plus one, or zero.
  private var slots: [UInt32]
  private var mask: Int

  init() {
    slots = Array(repeating: 0, count: 1024)
    mask = 1023
  }

  var count: Int { ends.count - 1 }

  func text(_ symbol: Symbol) -> String {
    String(decoding: bytes[range(Int(symbol.index))], as: UTF8.self)
  }

  func firstByte(_ symbol: Symbol) -> UInt8 { bytes[range(Int(symbol.index)).lowerBound] }

  private func range(_ index: Int) -> Range<Int> { Int(ends[index])..<Int(ends[index + 1]) }

  mutating func symbol(_ name: String) -> Symbol {
    var name = name
    return name.withUTF8 { symbol($0) }
  }

  mutating func symbol(_ name: UnsafeBufferPointer<UInt8>) -> Symbol {
    var place = Self.hash(name) & mask
    while slots[place] != 0 {
      let index = Int(slots[place]) - 1
      if isEqual(index, name) { return Symbol(index: UInt32(truncatingIfNeeded: index)) }
      place = (place + 1) & mask
    }
    let index = count
    bytes.append(contentsOf: name)
    ends.append(UInt32(truncatingIfNeeded: bytes.count))
    slots[place] = UInt32(truncatingIfNeeded: index + 1)
    if count * 2 > mask { grow() }
    return Symbol(index: UInt32(truncatingIfNeeded: index))
  }

  /// The number of a name that is in the file.
  func find(_ name: String) -> Symbol? {
    var name = name
    return name.withUTF8 { name in
      var place = Self.hash(name) & mask
      while slots[place] != 0 {
        let index = Int(slots[place]) - 1
        if isEqual(index, name) { return Symbol(index: UInt32(truncatingIfNeeded: index)) }
        place = (place + 1) & mask
      }
      return nil
    }
  }

  @inline(__always)
  private func isEqual(_ index: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let range = range(index)
    guard range.count == name.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      for offset in 0..<name.count where bytes[range.lowerBound + offset] != name[offset] {
        return false
      }
      return true
    }
  }

  /// FNV-1a.
  private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: hash ^ (hash >> 29)) & Int.max
  }

  private mutating func grow() {
    mask = mask * 2 + 1
    slots = Array(repeating: 0, count: mask + 1)
    for index in 0..<count {
      let hash = bytes.withUnsafeBufferPointer { bytes in
        Self.hash(UnsafeBufferPointer(rebasing: bytes[range(index)]))
      }
      var place = hash & mask
      while slots[place] != 0 { place = (place + 1) & mask }
      slots[place] = UInt32(truncatingIfNeeded: index + 1)
    }
  }
}
