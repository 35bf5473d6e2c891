import CCrypto
import SystemPackage

/// SHA-256 of bytes that come in pieces, by libcrypto.
package struct SHA256: ~Copyable {
  private let context: OpaquePointer

  package init() {
    context = EVP_MD_CTX_new()
    EVP_DigestInit_ex(context, EVP_sha256(), nil)
  }

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
  }

  package mutating func update(_ bytes: some Collection<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable {
      EVP_DigestUpdate(context, $0.baseAddress, $0.count)
      return
    }
    if done == nil {
      let copy = Array(bytes)
      EVP_DigestUpdate(context, copy, copy.count)
    }
  }

  /// The digest of all that came: 32 bytes.
  package consuming func finish() -> Digest {
    var bytes = [UInt8](repeating: 0, count: 32)
    EVP_DigestFinal_ex(context, &bytes, nil)
    return Digest(bytes: bytes)
  }

  deinit { EVP_MD_CTX_free(context) }

  /// The digest of some bytes.
  package static func digest(of bytes: some Collection<UInt8>) -> Digest {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }

  /// The digest of a file's content, read in pieces of 256 kB.
  package static func digest(ofFile path: FilePath) throws -> Digest {
    let file = try FileSystem.openForReading(path)
    defer { try? file.close() }
    var hash = SHA256()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { buffer.deallocate() }
    while true {
      let count = try FileSystem.readOnce(file.rawValue, into: buffer, of: path)
      if count == 0 { return hash.finish() }
      hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }
}

extension Digest {
  /// The digest by a function that a user names: `md5`, `sha1`, `sha512`, …; nil when there is no such function.
  package init?(named name: String, of content: [UInt8]) {
    guard let function = EVP_get_digestbyname(name) else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    guard EVP_Digest(content, content.count, &bytes, &count, function, nil) == 1 else { return nil }
    self.init(bytes: Array(bytes[..<Int(count)]))
  }
}
