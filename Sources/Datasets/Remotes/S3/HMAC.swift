import Platform

/// HMAC with SHA-256 (RFC 2104).
func hmacSHA256(_ key: [UInt8], _ message: some Collection<UInt8>) -> [UInt8] {
  let block = 64
  var key = key.count > block ? SHA256.digest(of: key).bytes : key
  key += [UInt8](repeating: 0, count: block - key.count)
  var inner = SHA256()
  inner.update(key.map { $0 ^ 0x36 })
  inner.update(message)
  var outer = SHA256()
  outer.update(key.map { $0 ^ 0x5C })
  outer.update(inner.finish().bytes)
  return outer.finish().bytes
}
