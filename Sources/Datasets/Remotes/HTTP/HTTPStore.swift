import Platform
import SystemPackage

/// Objects below an address of http or https, as DVC's http remotes are. It cannot be listed.
package final class HTTPStore: ObjectStore {
  private let base: String
  private let method: String
  private let login: HTTPRequest.Login?
  /// A line of the header that proves who we are; it goes to this host only.
  private let secretHeader: HTTPHeader?
  private let trust: HTTPRequest.Trust
  private let connectTimeout: Duration
  private let readTimeout: Duration
  private let retries: RetryPolicy
  private let pool = HTTPPool()

  /// - Parameter base: the address without a slash at its end.
  package convenience init(
    _ base: String, settings: [String: String], retries: RetryPolicy = RetryPolicy()
  ) throws {
    try self.init(base, RemoteSettings(settings), retries)
  }

  init(_ base: String, _ settings: RemoteSettings, _ retries: RetryPolicy) throws {
    self.base = base
    self.retries = retries
    method = (settings["method"] ?? "POST").uppercased()
    guard ["POST", "PUT", "PATCH"].contains(method) else {
      throw Failure(.invalid, "`method` of a remote is `\(method)`", hint: "write POST or PUT")
    }
    trust = settings.trust("ssl_verify") ?? .system
    connectTimeout = try settings.duration("connect_timeout") ?? .seconds(30)
    readTimeout = try settings.duration("read_timeout") ?? .seconds(60)
    (login, secretHeader) = try Self.proof(settings)
  }

  private static func proof(
    _ settings: RemoteSettings
  ) throws -> (HTTPRequest.Login?, HTTPHeader?) {
    guard let kind = settings["auth"]?.lowercased() else { return (nil, nil) }
    guard let password = settings["password"] else {
      let asks = try settings.flag("ask_password") == true
      throw Failure(
        .permission, "the remote has `auth = \(kind)` and no `password`",
        hint: (asks ? "it cannot be asked for here; " : "")
          + "put `password` into `.dvc/config.local`, which git does not see")
    }
    if kind == "custom" {
      guard let name = settings["custom_auth_header"],
        name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x3A })
      else {
        throw Failure(
          .invalid, "`auth = custom` needs the name of a header",
          hint: "set `custom_auth_header` on the remote")
      }
      return (nil, HTTPHeader(name, password))
    }
    guard let user = settings["user"] else {
      throw Failure(
        .permission, "the remote has `auth = \(kind)` and no `user`",
        hint: "set `user` on the remote")
    }
    switch kind {
    case "basic": return (.basic(user: user, password: password), nil)
    case "digest": return (.digest(user: user, password: password), nil)
    default:
      throw Failure(
        .invalid, "`auth` of a remote is `\(kind)`", hint: "write basic, digest or custom")
    }
  }

  package var shown: String { HTTPClient.shown(base) }

  package func size(of key: String) throws -> Int64? {
    let response = try send("HEAD", key, accepts: [404, 405, 410, 501])
    switch response.status {
    case 404, 410: return nil
    case 405, 501: return try sizeByReading(key)
    default: return try response.contentLength ?? sizeByReading(key)
    }
  }

  /// The size, of a server that does not tell it when asked for the header alone.
  private func sizeByReading(_ key: String) throws -> Int64? {
    var count: Int64 = 0
    let first = [HTTPHeader("range", "bytes=0-0")]
    let response = try send("GET", key, headers: first, accepts: [404, 410, 416]) {
      response, bytes in
      if let length = response.contentLength, response.status == 200 { throw Known(size: length) }
      count += Int64(bytes.count)
    }
    switch response.status {
    case 404, 410: return nil
    case 206, 416:
      let total = response.headers["content-range"]?.split(separator: "/").last
      return total.flatMap { Int64($0) }
    default: return response.contentLength ?? count
    }
  }

  /// Ends a transfer whose header said enough.
  private struct Known: Error { var size: Int64 }

  package func list(
    _ prefix: String, _ found: (_ key: String, _ size: Int64) throws -> Void
  ) throws {
    throw Failure(
      .unsupported, "what is at `\(shown)` cannot be listed: http has no way to",
      hint: "use a remote of another kind to collect garbage or to compare")
  }

  package func upload(_ file: FilePath, to key: String, _ transfer: TransferContext) throws {
    guard let status = try FileSystem.status(file), status.kind == .file else {
      throw Failure(.notFound, "cannot send `\(file)`: it is no file")
    }
    let body = HTTPRequest.Body.file(file, offset: 0, count: status.size)
    _ = try send(
      method, key, headers: [HTTPHeader("content-type", "application/octet-stream")], body: body,
      accepts: [], transfer)
  }

  package func download(_ key: String, to file: FilePath, _ transfer: TransferContext) throws {
    let quiet = TransferContext(isCancelled: transfer.isCancelled)
    try ResumingDownload(to: file, transfer).run(retries) { headers, receive in
      try send(
        "GET", key, headers: headers, accepts: headers.isEmpty ? [] : [412, 416], quiet,
        RetryPolicy(attempts: 1), receive: receive)
    }
  }

  package func remove(_ key: String) throws {
    let response = try send("DELETE", key, accepts: [404, 405, 410, 501])
    if [405, 501].contains(response.status) {
      throw Failure(.unsupported, "the server of `\(shown)` does not remove objects")
    }
  }

  private func send(
    _ method: String, _ key: String, headers: [HTTPHeader] = [], body: HTTPRequest.Body = .none,
    accepts: Set<Int>, _ transfer: TransferContext = TransferContext(),
    _ retries: RetryPolicy? = nil,
    receive: ((HTTPResponse, UnsafeRawBufferPointer) throws -> Void)? = nil
  ) throws -> HTTPResponse {
    try ObjectKey.check(key)
    var request = HTTPRequest(method, base + "/" + PercentEncoding.encode(key, keepsSlashes: true))
    request.headers = headers
    request.body = body
    request.login = login
    request.trust = trust
    request.connectTimeout = connectTimeout
    request.stallTimeout = readTimeout
    // What is sent is sent to the place that was named, or not at all.
    let follows = method == "GET" || method == "HEAD"
    return try (retries ?? self.retries).run(isCancelled: transfer.isCancelled) { _ in
      var sent: Int64 = 0
      do {
        let response = try exchange(request, follows: follows, transfer, { sent += $0 }, receive)
        guard response.isSuccess || accepts.contains(response.status) else {
          throw refusal(response, request.url, isUpload: !follows)
        }
        return response
      } catch let known as Known {
        return HTTPResponse(status: 200, length: known.size)
      } catch {
        transfer.moved(-sent)
        throw error
      }
    }
  }

  /// Sends a request, and those that its answers lead to.
  private func exchange(
    _ request: HTTPRequest, follows: Bool, _ transfer: TransferContext,
    _ count: @escaping (Int64) -> Void,
    _ receive: ((HTTPResponse, UnsafeRawBufferPointer) throws -> Void)?
  ) throws -> HTTPResponse {
    var request = request
    let origin = Self.origin(request.url)
    let own = request.headers
    for _ in 0..<10 {
      let isHome = Self.origin(request.url) == origin
      request.headers = own + (isHome ? secretHeader.map { [$0] } ?? [] : [])
      request.login = isHome ? login : nil
      let response = try pool.with { connection in
        try connection.perform(
          request, isCancelled: transfer.isCancelled,
          sent: { moved in
            count(moved)
            transfer.moved(moved)
          }, receive: receive)
      }
      guard follows, let next = response.redirect else { return response }
      guard
        !request.url.lowercased().hasPrefix("https://")
          || next.lowercased().hasPrefix("https://")
      else {
        throw Failure(
          .invalid, "`\(shown)` leads from a secure address to one that is not")
      }
      request.url = next
    }
    throw Failure(.invalid, "`\(HTTPClient.shown(request.url))` is redirected without end")
  }

  /// Scheme, host and port.
  private static func origin(_ url: String) -> String {
    url.lowercased().split(separator: "/", maxSplits: 2).prefix(2).joined(separator: "//")
  }

  private func refusal(_ response: HTTPResponse, _ url: String, isUpload: Bool) -> Failure {
    let place = HTTPClient.shown(url)
    switch response.status {
    case 300..<400 where isUpload:
      return Failure(
        .invalid, "`\(place)` leads elsewhere and takes nothing",
        hint: "set the `url` of the remote to the address that it leads to")
    case 401, 403, 407:
      return Failure(
        .permission, "access to `\(place)` is denied (status \(response.status))",
        hint: login == nil && secretHeader == nil
          ? "set `auth`, `user` and `password` on the remote, or ask who runs the server"
          : "check `auth`, `user` and `password` of the remote")
    case 405 where isUpload, 501 where isUpload:
      return Failure(
        .unsupported, "the server of `\(place)` takes no \(method) (status \(response.status))",
        hint: "set `method` of the remote to what it takes: PUT or POST")
    case 413: return Failure(.invalid, "`\(place)` is too large for the server (status 413)")
    case 507:
      return Failure(
        .noSpace, "there is no room for `\(place)` (status 507)",
        hint: "free some room on the server")
    default: return HTTPClient.refusal(response.status, url)
    }
  }
}

extension HTTPResponse {
  /// An answer of which only the length is known.
  fileprivate init(status: Int, length: Int64) {
    self.init(status: status)
    headers["content-length"] = String(length)
  }
}
