import Platform
import SystemPackage

/// How DVC before version 3 named contents: a text is hashed with its line ends made `\n`.
package enum LegacyDigest {
  /// A text is converted in pieces of this size, as DVC did: line ends that are cut in two stay as they are.
  private static let pieceSize = 1 << 20

  /// - Parameter bytes: the whole content.
  package static func digest(of bytes: [UInt8]) -> MD5Digest {
    var hash = MD5()
    let isText = isText(bytes.prefix(512))
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + pieceSize)
      hash.update(isText ? unix(bytes[start..<end]) : Array(bytes[start..<end]))
      start = end
    }
    return hash.finish()
  }

  /// The same of a file, which need not fit into memory.
  package static func digest(
    of path: FilePath, isCancelled: () -> Bool = { false }
  ) throws -> MD5Digest {
    var hash = MD5()
    var isText: Bool?
    try FileSystem.read(path, inPiecesOf: pieceSize, isCancelled: isCancelled) { piece in
      let bytes = Array(piece)
      let isUnix = isText ?? Self.isText(bytes.prefix(512))
      isText = isUnix
      hash.update(isUnix ? unix(bytes[...]) : bytes)
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
