import CCurl

extension HTTPClient {
  /// An answer that is not the thing itself.
  package static func refusal(_ status: Int, _ url: String) -> Failure {
    let shown = shown(url)
    switch status {
    case 404, 410:
      return Failure(
        .notFound, "there is nothing at `\(shown)` (status \(status))", hint: "check the address")
    case 401, 403, 407:
      return Failure(
        .permission, "`\(shown)` may not be read (status \(status))",
        hint: status == 407
          ? "the proxy wants credentials: set them in `https_proxy`"
          : "the server wants credentials, or this address is not public")
    case 408, 425, 429, 500...:
      return Failure(
        .unreachable, "the server of `\(shown)` has a problem (status \(status))",
        hint: "try again later")
    default:
      return Failure(.invalid, "`\(shown)` cannot be fetched (status \(status))")
    }
  }

  /// What libcurl could not do.
  static func failure(_ code: CURLcode, _ url: String, _ limit: Int, _ message: String) -> Failure {
    let shown = shown(url)
    let cause = message.isEmpty ? String(cString: reprise_curl_words(code)) : message
    switch code {
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CACERT_BADFILE:
      return Failure(
        .permission, "the host of `\(shown)` could not prove who it is", cause: cause)
    case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL:
      return Failure(
        .invalid, "`\(shown)` is not an http or https address, or leads to one that is none",
        cause: cause)
    case CURLE_TOO_MANY_REDIRECTS:
      return Failure(.invalid, "`\(shown)` is redirected without end", cause: cause)
    case CURLE_FILESIZE_EXCEEDED:
      return Failure(.invalid, "the answer is larger than \(ByteCount(Int64(limit)))")
    case CURLE_OUT_OF_MEMORY:
      return Failure(.io, "no memory is left to fetch `\(shown)`")
    default:
      return Failure(
        .unreachable, "cannot reach `\(shown)`",
        hint: "check the address and the network, then run the command again", cause: cause)
    }
  }

  /// The address without a user name and password.
  package static func shown(_ url: String) -> String {
    let text = Array(url.utf8)
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")),
      text[colon...].starts(with: "://".utf8)
    else { return url }
    let start = colon + 3
    let end = text[start...].firstIndex { "/?#".utf8.contains($0) } ?? text.endIndex
    guard let at = text[start..<end].lastIndex(of: UInt8(ascii: "@")) else { return url }
    return String(decoding: text[..<start] + text[(at + 1)...], as: UTF8.self)
  }
}
