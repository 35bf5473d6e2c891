import CCrypto

/// Digests by the name that a user gives: `md5`, `sha1`, `sha512`, …, by libcrypto.
package enum NamedDigest {
  /// The digest as lower-case hexadecimal; nil when there is no such function.
  package static func hex(_ name: String, _ content: [UInt8]) -> String? {
    guard let function = EVP_get_digestbyname(name) else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    guard EVP_Digest(content, content.count, &bytes, &count, function, nil) == 1 else { return nil }
    return hexadecimal(bytes[..<Int(count)])
  }
}
