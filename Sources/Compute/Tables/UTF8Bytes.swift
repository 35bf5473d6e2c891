/// Whether bytes are text, without making a string of them.
package enum UTF8Bytes {
  @inline(__always)
  package static func areValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    areASCII(bytes) || areSequences(bytes)
  }

  /// Eight bytes at a time, the last of them once more where less are left.
  @inline(__always)
  private static func areASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = UnsafeRawPointer(bytes.baseAddress) else { return true }
    let count = bytes.count
    var all: UInt64 = 0
    if count >= 8 {
      var place = 0
      while place &+ 8 < count {
        all |= base.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        place &+= 8
      }
      all |= base.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
    } else {
      for byte in bytes { all |= UInt64(byte) }
    }
    return all & 0x8080_8080_8080_8080 == 0
  }

  /// Table 3-7 of the Unicode standard: the first byte says how many follow, and where the second must lie.
  private static func areSequences(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var place = 0
    while place < bytes.count {
      let first = bytes[place]
      place += 1
      if first < 0x80 { continue }
      let more: Int
      var second: ClosedRange<UInt8> = 0x80...0xBF
      switch first {
      case 0xC2...0xDF: more = 1
      case 0xE0: (more, second) = (2, 0xA0...0xBF)
      case 0xED: (more, second) = (2, 0x80...0x9F)
      case 0xE1...0xEF: more = 2
      case 0xF0: (more, second) = (3, 0x90...0xBF)
      case 0xF4: (more, second) = (3, 0x80...0x8F)
      case 0xF1...0xF3: more = 3
      default: return false
      }
      guard place + more <= bytes.count, second.contains(bytes[place]) else { return false }
      for next in (place + 1)..<(place + more) where bytes[next] & 0xC0 != 0x80 { return false }
      place += more
    }
    return true
  }
}
