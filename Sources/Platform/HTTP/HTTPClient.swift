import CCurl
import Glibc
import SystemPackage

/// Fetches over http and https, by libcurl: redirects, proxies from the environment, certificates checked.
///
/// The calls block their thread; cancelling the task ends them within a second.
package struct HTTPClient: Sendable {
  /// How long a connection may take, and how long nothing may arrive.
  package var connectTimeout: Duration
  package var stallTimeout: Duration

  package init(
    connectTimeout: Duration = .seconds(10), stallTimeout: Duration = .seconds(30)
  ) {
    self.connectTimeout = connectTimeout
    self.stallTimeout = stallTimeout
  }

  /// Bytes that have come, of how many; nil when the server does not say.
  package typealias Report = (_ received: ByteCount, _ total: ByteCount?) -> Void

  /// The body that an address answers with.
  ///
  /// - Parameter limit: more than this many bytes is a failure.
  /// - Throws: ``Failure``: `.notFound` for 404 and 410, `.permission` for 401, 403, 407 and a wrong certificate,
  ///   `.unreachable` for hosts that do not answer or have a problem of their own, `.invalid` for what is no http
  ///   address or any other refusal, `.interrupted` when the task was cancelled.
  package func get(
    _ url: String, limit: Int = 64_000_000, report: Report? = nil
  ) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try transfer(url, limit: limit, report) { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// Writes the body to a file: all of it, or nothing. A file that was there is replaced.
  ///
  /// - Throws: as ``get(_:limit:report:)``, and what writing can fail with.
  package func download(
    _ url: String, to path: FilePath, limit: Int = .max, report: Report? = nil
  ) throws {
    let temporary = FileSystem.temporarySibling(of: path)
    do {
      let file = try FileSystem.openForWriting(temporary, shown: path)
      do {
        try transfer(url, limit: limit, report) {
          try FileSystem.writeAll(file.rawValue, $0, to: path)
        }
      } catch {
        try? file.close()
        throw error
      }
      try file.close()
      try FileSystem.rename(temporary, to: path)
    } catch {
      try? FileSystem.remove(temporary)
      throw error
    }
  }

  private static let hasStarted = reprise_curl_start() != 0

  private func transfer(
    _ url: String, limit: Int, _ report: Report?,
    _ receive: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    guard Self.hasStarted, let handle = reprise_curl_open() else {
      throw Failure(
        .unsupported, "libcurl did not start", hint: "is it installed? Debian calls it libcurl4")
    }
    defer { reprise_curl_close(handle) }
    let lower = url.lowercased()
    guard lower.hasPrefix("http://") || lower.hasPrefix("https://"), !url.utf8.contains(0) else {
      throw Failure(.invalid, "`\(Self.shown(url))` is no http or https address")
    }
    try withoutActuallyEscaping(receive) { receive in
      let transfer = HTTPTransfer(limit: limit, report: report, receive: receive)
      defer { transfer.end() }
      try set(handle, url, isSecure: lower.hasPrefix("https://"), transfer)
      let code = reprise_curl_perform(handle)
      if let failure = transfer.failure { throw failure }
      if code == CURLE_ABORTED_BY_CALLBACK {
        throw Failure(.interrupted, "fetching `\(Self.shown(url))` was interrupted")
      }
      var status = 0
      reprise_curl_response_code(handle, &status)
      // An answer that says no outranks a body that was cut off.
      let isLost = code == CURLE_TOO_MANY_REDIRECTS || code == CURLE_UNSUPPORTED_PROTOCOL
      if status >= 300, !isLost { throw Self.refusal(status, url) }
      if code != CURLE_OK { throw Self.failure(code, url, limit, transfer.message) }
    }
  }

  private func set(
    _ handle: UnsafeMutableRawPointer, _ url: String, isSecure: Bool, _ transfer: HTTPTransfer
  ) throws {
    let context = Unmanaged.passUnretained(transfer).toOpaque()
    // Never from a secure address to one that is not.
    let onward = isSecure ? "https" : "http,https"
    let codes = [
      reprise_curl_set_string(handle, CURLOPT_URL, url),
      reprise_curl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https"),
      reprise_curl_set_string(handle, CURLOPT_REDIR_PROTOCOLS_STR, onward),
      reprise_curl_set_string(handle, CURLOPT_USERAGENT, "reprise"),
      reprise_curl_set_long(handle, CURLOPT_FOLLOWLOCATION, 1),
      reprise_curl_set_long(handle, CURLOPT_MAXREDIRS, 10),
      reprise_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, connectTimeout.milliseconds),
      reprise_curl_set_long(handle, CURLOPT_LOW_SPEED_LIMIT, 1),
      reprise_curl_set_long(
        handle, CURLOPT_LOW_SPEED_TIME, max(1, stallTimeout.milliseconds / 1000)),
      // Signals and threads do not go together; the resolver's timeouts work without.
      reprise_curl_set_long(handle, CURLOPT_NOSIGNAL, 1),
      reprise_curl_set_offset(handle, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(transfer.limit)),
      reprise_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, transfer.messageBuffer),
      reprise_curl_set_write(
        handle,
        { data, size, count, context in
          guard let context else { return 0 }
          let transfer = Unmanaged<HTTPTransfer>.fromOpaque(context).takeUnretainedValue()
          let bytes = UnsafeRawBufferPointer(start: data, count: size * count)
          return transfer.take(bytes) ? bytes.count : 0
        }, context),
      reprise_curl_set_progress(
        handle,
        { context, total, received, _, _ in
          guard let context else { return 1 }
          let transfer = Unmanaged<HTTPTransfer>.fromOpaque(context).takeUnretainedValue()
          return transfer.progress(received, total) ? 0 : 1
        }, context),
    ]
    guard codes.allSatisfy({ $0 == CURLE_OK }) else {
      throw Failure(.invalid, "`\(Self.shown(url))` is no address that can be fetched")
    }
    // The body of a refusal is not what was asked for.
    transfer.isWanted = {
      var status = 0
      reprise_curl_response_code(handle, &status)
      return status < 300
    }
  }
}

extension Duration {
  fileprivate var milliseconds: Int {
    let (seconds, attoseconds) = components
    return Int(clamping: seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
  }
}
