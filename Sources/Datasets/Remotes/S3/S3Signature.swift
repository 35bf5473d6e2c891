import Platform

/// Signs requests with AWS's Signature Version 4 ("Authenticating Requests (AWS Signature Version 4)", Amazon S3 API
/// Reference).
struct S3Signature: Sendable {
  var credentials: S3Credentials
  var region: String
  var service = "s3"

  /// What a request has instead of its body's digest when the connection itself is secure.
  static let unsignedPayload = "UNSIGNED-PAYLOAD"
  static let emptyPayload = SHA256.digest(of: []).hex

  /// The lines to add to a header, `Authorization` among them.
  ///
  /// - Parameters:
  ///   - path: encoded, as it is sent.
  ///   - query: names and values, not encoded.
  ///   - headers: lines that are sent; all are signed.
  ///   - payload: the SHA-256 of the body in hexadecimal, or ``unsignedPayload``.
  func headers(
    _ method: String, host: String, path: String, query: [S3Query], headers: [HTTPHeader],
    payload: String, at time: S3Time
  ) -> [HTTPHeader] {
    var added = [
      HTTPHeader("x-amz-content-sha256", payload), HTTPHeader("x-amz-date", time.stamp),
    ]
    if let token = credentials.token { added.append(HTTPHeader("x-amz-security-token", token)) }
    added.append(
      authorization(
        method, path: path, query: query, headers: headers + added + [HTTPHeader("host", host)],
        payload: payload, at: time))
    return added
  }

  /// The line that proves that we know the secret.
  func authorization(
    _ method: String, path: String, query: [S3Query], headers: [HTTPHeader], payload: String,
    at time: S3Time
  ) -> HTTPHeader {
    let lines = headers.map { ($0.name.lowercased(), Self.trimmed($0.value)) }
      .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    let names = lines.map(\.0).joined(separator: ";")
    let canonical = [
      method, path, Self.canonical(query), lines.map { "\($0.0):\($0.1)\n" }.joined(), names,
      payload,
    ].joined(separator: "\n")
    let scope = "\(time.day)/\(region)/\(service)/aws4_request"
    let digest = SHA256.digest(of: canonical.utf8).hex
    let toSign = "AWS4-HMAC-SHA256\n\(time.stamp)\n\(scope)\n\(digest)"
    var key = Array("AWS4\(credentials.secret)".utf8)
    for part in [time.day, region, service, "aws4_request"] { key = hmacSHA256(key, part.utf8) }
    let signature = hexadecimal(hmacSHA256(key, toSign.utf8))
    return HTTPHeader(
      "Authorization",
      "AWS4-HMAC-SHA256 Credential=\(credentials.id)/\(scope), SignedHeaders=\(names), "
        + "Signature=\(signature)")
  }

  /// A query as it is signed and sent: encoded, then sorted.
  static func canonical(_ query: [S3Query]) -> String {
    query.map { (PercentEncoding.encode($0.name), PercentEncoding.encode($0.value)) }
      .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
      .map { "\($0.0)=\($0.1)" }.joined(separator: "&")
  }

  /// Without space at the ends, and one where there are several.
  private static func trimmed(_ value: String) -> String {
    value.split(separator: " ").joined(separator: " ")
  }
}
