import CKernels

/// MD5 (RFC 1321) of bytes that come in pieces. It tells contents apart; it does not protect against somebody who wants
/// two to look alike.
package struct MD5 {
  private var state = MD5.initial
  private var pending: [UInt8] = []
  private var count: UInt64 = 0

  package init() { pending.reserveCapacity(64) }

  static let initial = ck_md5_state(
    word: (0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476))

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    var bytes = bytes
    count &+= UInt64(bytes.count)
    if !pending.isEmpty {
      let missing = min(64 - pending.count, bytes.count)
      pending.append(contentsOf: bytes[..<missing])
      bytes = UnsafeRawBufferPointer(rebasing: bytes[missing...])
      guard pending.count == 64 else { return }
      pending.withUnsafeBufferPointer { ck_md5_blocks(&state, $0.baseAddress, 1) }
      pending.removeAll(keepingCapacity: true)
    }
    let blocks = bytes.count / 64
    if blocks > 0 {
      ck_md5_blocks(&state, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), blocks)
    }
    pending.append(contentsOf: bytes[(blocks * 64)...])
  }

  package mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

  /// The digest of all that came.
  package consuming func finish() -> MD5Digest {
    let bits = count << 3
    var end: [UInt8] = [0x80]
    let zeros = (119 - pending.count % 64) % 64
    end += [UInt8](repeating: 0, count: zeros)
    for shift in 0..<8 { end.append(UInt8(truncatingIfNeeded: bits >> (8 * UInt64(shift)))) }
    update(end)
    return MD5Digest(state)
  }

  /// The digest of some bytes.
  package static func digest(of bytes: [UInt8]) -> MD5Digest {
    var hash = MD5()
    hash.update(bytes)
    return hash.finish()
  }
}

extension MD5Digest {
  init(_ state: ck_md5_state) {
    self.init(
      high: UInt64(state.word.0.byteSwapped) << 32 | UInt64(state.word.1.byteSwapped),
      low: UInt64(state.word.2.byteSwapped) << 32 | UInt64(state.word.3.byteSwapped))
  }
}
