import CCurl
import Glibc
import SystemPackage

/// A handle of libcurl's, with the connections that it keeps open. For one thread at a time.
package final class HTTPConnection {
  let handle: UnsafeMutableRawPointer

  private static let hasStarted = reprise_curl_start() != 0

  /// - Throws: ``Failure`` with code `.unsupported` when libcurl is not installed.
  package init() throws {
    guard Self.hasStarted, let handle = reprise_curl_open() else {
      throw Failure(
        .unsupported, "libcurl did not start", hint: "is it installed? Debian calls it libcurl4")
    }
    self.handle = handle
  }

  deinit { reprise_curl_close(handle) }

  /// Sends a request and gives the answer, whatever its status.
  ///
  /// - Parameters:
  ///   - isCancelled: asked about once a second and whenever bytes move.
  ///   - report: hears of the bytes that come.
  ///   - sent: hears of the bytes that leave; negative when they have to leave once more.
  ///   - receive: takes the body of an answer that is a success, piece by piece, with the header before it; what it throws
  ///     ends the transfer and is thrown on. When nil, the body is in the response.
  /// - Throws: ``Failure``: `.unreachable` when the server does not answer, or stops before the end; `.permission` when it
  ///   cannot prove who it is, `.invalid` for what is no http address, `.interrupted` when it was cancelled.
  package func perform(
    _ request: HTTPRequest, isCancelled: () -> Bool = { Task.isCancelled },
    report: HTTPClient.Report? = nil, sent: ((Int64) -> Void)? = nil,
    receive: ((HTTPResponse, UnsafeRawBufferPointer) throws -> Void)? = nil
  ) throws -> HTTPResponse {
    try withoutActuallyEscaping(isCancelled) { isCancelled in
      let calls = HTTPTransfer.Calls(
        isCancelled: isCancelled, report: report, sent: sent, receive: receive)
      let transfer = HTTPTransfer(request, calls)
      defer { transfer.end() }
      return try perform(request, transfer)
    }
  }

  private func perform(_ request: HTTPRequest, _ transfer: HTTPTransfer) throws -> HTTPResponse {
    let shown = HTTPClient.shown(request.url)
    let lower = request.url.prefix(8).lowercased()
    let isSecure = lower.hasPrefix("https://")
    guard isSecure || lower.hasPrefix("http://"), !request.url.utf8.contains(0) else {
      throw Failure(.invalid, "`\(shown)` is no http or https address")
    }
    reprise_curl_reset(handle)
    let lines = HeaderLines(request)
    guard set(request, isSecure: isSecure, transfer, lines) else {
      throw Failure(.invalid, "`\(shown)` is no address that can be fetched")
    }
    let code = withExtendedLifetime(lines) { reprise_curl_perform(handle) }
    if let failure = transfer.failure { throw failure }
    if code == CURLE_ABORTED_BY_CALLBACK {
      throw Failure(.interrupted, "fetching `\(shown)` was interrupted")
    }
    var status = 0
    reprise_curl_response_code(handle, &status)
    // An answer that says no outranks a body that was cut off.
    let isLost = code == CURLE_TOO_MANY_REDIRECTS || code == CURLE_UNSUPPORTED_PROTOCOL
    if code != CURLE_OK, isLost || status < 300 {
      throw HTTPClient.failure(code, request.url, request.limit, transfer.message)
    }
    var response = transfer.response
    response.status = status
    if (300..<400).contains(status) {
      response.redirect = reprise_curl_redirect(handle).map { String(cString: $0) }
    }
    return response
  }

  /// The lines of a header as libcurl takes them; must live as long as the transfer.
  private final class HeaderLines {
    var list: UnsafeMutablePointer<curl_slist>?

    init(_ request: HTTPRequest) {
      for header in request.headers {
        // Nobody may smuggle a second line in.
        let value = String(decoding: header.value.utf8.filter { $0 >= 0x20 }, as: UTF8.self)
        list = reprise_curl_append(
          list, value.isEmpty ? "\(header.name);" : "\(header.name): \(value)")
      }
      // Many servers do not know it, and it costs a second there.
      if request.body.count > 0 { list = reprise_curl_append(list, "Expect:") }
    }

    deinit { if let list { reprise_curl_free(list) } }
  }

  private func set(
    _ request: HTTPRequest, isSecure: Bool, _ transfer: HTTPTransfer, _ lines: HeaderLines
  ) -> Bool {
    let context = Unmanaged.passUnretained(transfer).toOpaque()
    // Never from a secure address to one that is not.
    let onward = isSecure ? "https" : "http,https"
    let codes = [
      reprise_curl_set_string(handle, CURLOPT_URL, request.url),
      reprise_curl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https"),
      reprise_curl_set_string(handle, CURLOPT_REDIR_PROTOCOLS_STR, onward),
      reprise_curl_set_string(handle, CURLOPT_USERAGENT, "reprise"),
      // What stands in a signed path is not to be tidied.
      reprise_curl_set_long(handle, CURLOPT_PATH_AS_IS, 1),
      reprise_curl_set_long(handle, CURLOPT_FOLLOWLOCATION, request.followsRedirects ? 1 : 0),
      reprise_curl_set_long(handle, CURLOPT_MAXREDIRS, 10),
      reprise_curl_set_long(
        handle, CURLOPT_CONNECTTIMEOUT_MS, max(1, request.connectTimeout.milliseconds)),
      reprise_curl_set_long(handle, CURLOPT_LOW_SPEED_LIMIT, 1),
      reprise_curl_set_long(
        handle, CURLOPT_LOW_SPEED_TIME, max(1, request.stallTimeout.milliseconds / 1000)),
      // Signals and threads do not go together; the resolver's timeouts work without.
      reprise_curl_set_long(handle, CURLOPT_NOSIGNAL, 1),
      reprise_curl_set_offset(handle, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(request.limit)),
      reprise_curl_set_pointer(handle, CURLOPT_HTTPHEADER, lines.list),
      reprise_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, transfer.messageBuffer),
    ]
    return codes.allSatisfy { $0 == CURLE_OK } && setMethod(request) && setLogin(request)
      && setTrust(request) && HTTPCallbacks.set(handle, context)
  }

  private func setMethod(_ request: HTTPRequest) -> Bool {
    if case .none = request.body {
      switch request.method {
      case "GET": return true
      case "HEAD": return reprise_curl_set_long(handle, CURLOPT_NOBODY, 1) == CURLE_OK
      case "DELETE":
        return reprise_curl_set_string(handle, CURLOPT_CUSTOMREQUEST, "DELETE") == CURLE_OK
      default: break
      }
    }
    let count = curl_off_t(request.body.count)
    return reprise_curl_set_long(handle, CURLOPT_UPLOAD, 1) == CURLE_OK
      && reprise_curl_set_string(handle, CURLOPT_CUSTOMREQUEST, request.method) == CURLE_OK
      && reprise_curl_set_offset(handle, CURLOPT_INFILESIZE_LARGE, count) == CURLE_OK
      && reprise_curl_set_long(handle, CURLOPT_UPLOAD_BUFFERSIZE, 1 << 18) == CURLE_OK
  }

  private func setLogin(_ request: HTTPRequest) -> Bool {
    let (user, password, kind): (String, String, UInt)
    switch request.login {
    case nil: return true
    case .basic(let name, let word): (user, password, kind) = (name, word, 1)
    case .digest(let name, let word): (user, password, kind) = (name, word, 2)
    }
    return reprise_curl_set_string(handle, CURLOPT_USERNAME, user) == CURLE_OK
      && reprise_curl_set_string(handle, CURLOPT_PASSWORD, password) == CURLE_OK
      && reprise_curl_set_long(handle, CURLOPT_HTTPAUTH, Int(kind)) == CURLE_OK
  }

  private func setTrust(_ request: HTTPRequest) -> Bool {
    switch request.trust {
    case .system: return true
    case .anybody:
      return reprise_curl_set_long(handle, CURLOPT_SSL_VERIFYPEER, 0) == CURLE_OK
        && reprise_curl_set_long(handle, CURLOPT_SSL_VERIFYHOST, 0) == CURLE_OK
    case .authorities(let path):
      let option = FileSystem.isDirectory(path) ? CURLOPT_CAPATH : CURLOPT_CAINFO
      return reprise_curl_set_string(handle, option, path.string) == CURLE_OK
    }
  }
}

extension Duration {
  fileprivate var milliseconds: Int {
    let (seconds, attoseconds) = components
    let (product, overflows) = Int(clamping: seconds).multipliedReportingOverflow(by: 1000)
    return overflows ? .max / 2 : min(product, .max / 2) + Int(attoseconds / 1_000_000_000_000_000)
  }
}
