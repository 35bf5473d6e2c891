import SystemPackage

extension FilePath {
  /// A path of bytes that need not be UTF-8; what follows a NUL is dropped.
  init(pathBytes bytes: [UInt8]) {
    self = withPath(bytes[...]) { FilePath(platformString: $0) }
  }

  /// The bytes of the path.
  var pathBytes: [UInt8] {
    withPlatformString { pointer in
      var bytes: [UInt8] = []
      var i = 0
      while pointer[i] != 0 {
        bytes.append(UInt8(bitPattern: pointer[i]))
        i += 1
      }
      return bytes
    }
  }
}

/// Calls with bytes as a C string.
func withPath<Result>(
  _ bytes: ArraySlice<UInt8>, _ body: (UnsafePointer<CChar>) throws -> Result
) rethrows -> Result {
  try withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { buffer in
    var i = 0
    for byte in bytes {
      buffer[i] = CChar(bitPattern: byte)
      i += 1
    }
    buffer[i] = 0
    return try body(UnsafePointer(buffer.baseAddress!))
  }
}
