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

  private func transfer(
    _ url: String, limit: Int, _ report: Report?,
    _ receive: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var request = HTTPRequest("GET", url)
    request.followsRedirects = true
    request.connectTimeout = connectTimeout
    request.stallTimeout = stallTimeout
    request.limit = limit
    let response = try withoutActuallyEscaping(receive) { receive in
      try HTTPConnection().perform(
        request, report: report, receive: { _, bytes in try receive(bytes) })
    }
    guard response.isSuccess else { throw Self.refusal(response.status, url) }
  }
}
