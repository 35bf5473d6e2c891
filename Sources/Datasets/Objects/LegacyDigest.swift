import Platform

/// How DVC before version 3 named contents: a text is hashed with its line ends made `\n`.
package enum LegacyDigest {
  /// - Parameter bytes: the whole content; a text longer than 1 MiB is converted in pieces of that size, as DVC did.
  package static func digest(of bytes: [UInt8]) -> MD5Digest {
    guard isText(bytes.prefix(512)) else { return MD5.digest(of: bytes) }
    var hash = MD5()
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + 1 << 20)
      hash.update(unix(bytes[start..<end]))
      start = end
    }
    return hash.finish()
  }

  private static func unix(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for (index, byte) in zip(bytes.indices, bytes) {
      if byte == 0x0D, index + 1 < bytes.endIndex, bytes[index + 1] == 0x0A { continue }
      result.append(byte)
    }
    return result
  }

  /// Whether DVC takes the first bytes of a file for text: no zero, and at most 30 % that are neither printable ASCII nor
  /// `\n\r\t\f\b`.
  static func isText(_ start: ArraySlice<UInt8>) -> Bool {
    if start.isEmpty { return true }
    if start.contains(0) { return false }
    let others = start.count { byte in
      !(byte >= 0x20 && byte < 0x7F || [0x0A, 0x0D, 0x09, 0x0C, 0x08].contains(byte))
    }
    return others * 10 <= start.count * 3
  }
}
