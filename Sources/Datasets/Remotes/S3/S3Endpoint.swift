import Platform

/// The host that a bucket is asked at, and how the bucket is named to it.
struct S3Endpoint: Sendable, Hashable {
  var isSecure: Bool
  /// With the port, when it is not the scheme's own: as the `Host` line of a header has it.
  var host: String
  /// What stands before the bucket; empty, or with a slash in front and none behind.
  var path: String
  /// Whether the bucket stands in the path, and not before the host.
  var isPathStyle: Bool

  /// An endpoint as settings write it: `http://127.0.0.1:9000`, or without a scheme.
  ///
  /// - Throws: ``Failure`` with code `.invalid`.
  init(parsing text: String, isSecure: Bool = true, isPathStyle: Bool = true) throws {
    let lower = text.lowercased()
    var rest = text[...]
    self.isSecure = isSecure
    if lower.hasPrefix("https://") {
      self.isSecure = true
      rest = rest.dropFirst(8)
    } else if lower.hasPrefix("http://") {
      self.isSecure = false
      rest = rest.dropFirst(7)
    }
    while rest.last == "/" { rest = rest.dropLast() }
    let name = rest.prefix { $0 != "/" }
    let isSound =
      !name.isEmpty && !rest.contains("://")
      && rest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"@?#\\\"<>`{|}".utf8.contains($0) }
    guard isSound else {
      throw Failure(
        .invalid, "`\(HTTPClient.shown(text))` is no endpoint of S3's interface",
        hint: "write it as https://HOST:PORT, without a bucket, a user or `?`")
    }
    host = name.lowercased()
    let ownPort = self.isSecure ? ":443" : ":80"
    if host.hasSuffix(ownPort) { host.removeLast(ownPort.utf8.count) }
    path = PercentEncoding.encode(String(rest.dropFirst(name.count)), keepsSlashes: true)
    self.isPathStyle = isPathStyle
  }

  /// Amazon's own for a region and a bucket. A bucket with dots stands in the path, because no certificate covers it.
  init(region: String, bucket: String, isSecure: Bool) {
    self.isSecure = isSecure
    let suffix = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
    isPathStyle =
      bucket.contains(".") || bucket.contains("_")
      || bucket.contains(where: \.isUppercase)
    host = (isPathStyle ? "" : bucket + ".") + "s3.\(region).\(suffix)"
    path = ""
    // The bucket is in the host already.
    hasBucket = !isPathStyle
  }

  private var hasBucket = false

  /// Where a key of a bucket is asked for; nil for the bucket itself.
  func place(_ bucket: String, _ key: String?) -> (host: String, path: String) {
    let end = key.map { "/" + PercentEncoding.encode($0, keepsSlashes: true) }
    if isPathStyle {
      return (host, path + "/" + PercentEncoding.encode(bucket) + (end ?? ""))
    }
    return (hasBucket ? host : "\(bucket).\(host)", path + (end ?? "/"))
  }

  var scheme: String { isSecure ? "https" : "http" }
}
