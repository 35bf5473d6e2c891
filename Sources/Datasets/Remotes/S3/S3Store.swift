import Glibc
import Platform
import Synchronization
import SystemPackage

/// A bucket of Amazon S3, or of a server that speaks its interface.
package final class S3Store: ObjectStore {
  let bucket: String
  let prefix: String
  let configuration: S3Configuration
  let retries: RetryPolicy
  /// Files of this size and more are sent in parts.
  let partsFrom: Int64
  let smallestPart: Int64
  private let pool = HTTPPool()
  private let state: Mutex<State>

  /// What is learnt of the server.
  private struct State {
    var region: String
    var knowsConditions = true
    var isBucketThere = false
  }

  /// - Parameters:
  ///   - prefix: before every key, without slashes at its ends.
  ///   - partsFrom: bytes from which on a file is sent in parts.
  package convenience init(
    bucket: String, prefix: String, settings: [String: String], variables: [String: String],
    retries: RetryPolicy = RetryPolicy(), partsFrom: Int64 = 64 << 20
  ) throws {
    let shown = "s3://" + (prefix.isEmpty ? bucket : "\(bucket)/\(prefix)")
    try self.init(
      bucket: bucket, prefix: prefix,
      configuration: S3Configuration(RemoteSettings(settings), variables, shown: shown),
      retries: retries, partsFrom: partsFrom)
  }

  init(
    bucket: String, prefix: String, configuration: S3Configuration, retries: RetryPolicy,
    partsFrom: Int64, smallestPart: Int64 = 16 << 20
  ) {
    self.bucket = bucket
    self.prefix = prefix
    self.configuration = configuration
    self.retries = retries
    self.partsFrom = partsFrom
    self.smallestPart = smallestPart
    state = Mutex(State(region: configuration.region))
  }

  package var shown: String { "s3://" + (prefix.isEmpty ? bucket : "\(bucket)/\(prefix)") }

  /// The name of an object in the bucket.
  func name(of key: String) throws -> String {
    try ObjectKey.check(key)
    let name = prefix.isEmpty ? key : "\(prefix)/\(key)"
    guard name.utf8.count <= 1024 else {
      throw Failure(.invalid, "the key `\(name)` is longer than S3's 1,024 bytes")
    }
    return name
  }

  package func size(of key: String) throws -> Int64? {
    let name = try name(of: key)
    let response = try send(S3Call("HEAD", name, accepts: [404]))
    if response.status == 404 {
      try checkBucket()
      return nil
    }
    guard let size = response.contentLength else {
      throw Failure(.invalid, "the server does not say how large `s3://\(bucket)/\(name)` is")
    }
    return size
  }

  package func remove(_ key: String) throws {
    let response = try send(S3Call("DELETE", try name(of: key), accepts: [404]))
    if response.status == 404 { try checkBucket() }
  }

  /// Finds out whether the bucket is there, once: an answer without a body does not tell it from a missing key.
  private func checkBucket() throws {
    if state.withLock({ $0.isBucketThere }) { return }
    // Who may not know of the bucket is not kept from its objects.
    let response = try send(S3Call("HEAD", nil, accepts: [403, 404]))
    if response.status == 404 {
      var refusal = S3Refusal(response)
      refusal.code = "NoSuchBucket"
      throw failure(refusal, "s3://\(bucket)")
    }
    state.withLock { $0.isBucketThere = true }
  }

  /// Whether the server is asked not to replace what is there.
  var asksConditions: Bool { state.withLock { $0.knowsConditions } }

  func forgetConditions() { state.withLock { $0.knowsConditions = false } }

  /// Sends a request, signed; again when it fails in a way that may pass, or the bucket is in another region.
  ///
  /// - Returns: an answer that is a success, or whose status the call accepts.
  func send(
    _ call: S3Call, _ transfer: TransferContext = TransferContext(), retries: RetryPolicy? = nil,
    receive: ((HTTPResponse, UnsafeRawBufferPointer) throws -> Void)? = nil
  ) throws -> HTTPResponse {
    try (retries ?? self.retries).run(isCancelled: transfer.isCancelled) { _ in
      try sendOnce(call, transfer, receive)
    }
  }

  private func sendOnce(
    _ call: S3Call, _ transfer: TransferContext,
    _ receive: ((HTTPResponse, UnsafeRawBufferPointer) throws -> Void)?
  ) throws -> HTTPResponse {
    var elsewhere: String?
    var turns = 0
    while true {
      turns += 1
      let region = state.withLock { $0.region }
      var sent: Int64 = 0
      let response: HTTPResponse
      do {
        let request = try request(call, region, elsewhere)
        response = try pool.with { connection in
          try connection.perform(
            request, isCancelled: transfer.isCancelled,
            sent: { count in
              sent += count
              transfer.moved(count)
            }, receive: receive)
        }
      } catch {
        transfer.moved(-sent)
        throw error
      }
      if response.isSuccess || call.accepts.contains(response.status) { return response }
      transfer.moved(-sent)
      let refusal = try explained(S3Refusal(response), call)
      if turns < 4, let other = refusal.region, other != region {
        state.withLock { $0.region = other }
        elsewhere = nil
        continue
      }
      if turns < 4, response.status == 307, let url = response.redirect, isAmazons {
        elsewhere = url
        continue
      }
      if refusal.code == "NoSuchKey", call.accepts.contains(404) {
        return HTTPResponse(status: 404)
      }
      throw failure(refusal, "s3://" + (call.name.map { "\(bucket)/\($0)" } ?? bucket))
    }
  }

  /// Whether an answer may lead to another host: Amazon's own do for buckets that are new.
  private var isAmazons: Bool {
    guard let host = configuration.endpoint?.host else { return true }
    return Self.isAmazons(host)
  }

  private static func isAmazons(_ host: String) -> Bool {
    host.hasSuffix(".amazonaws.com") || host.hasSuffix(".amazonaws.com.cn")
  }

  /// A refusal with its reason: an answer to HEAD has none, so the same is asked with GET.
  private func explained(_ refusal: S3Refusal, _ call: S3Call) throws -> S3Refusal {
    guard call.method == "HEAD", refusal.region == nil, !refusal.isPassing else { return refusal }
    var second = S3Call("GET", call.name)
    if call.name == nil {
      second.query = [S3Query("list-type", "2"), S3Query("max-keys", "0")]
    } else {
      second.headers = [HTTPHeader("range", "bytes=0-0")]
    }
    var request = try request(second, state.withLock { $0.region }, nil)
    request.limit = 1 << 20
    let response = try? pool.with { try $0.perform(request) }
    guard let response, !response.isSuccess else { return refusal }
    return S3Refusal(response)
  }

  private func failure(_ refusal: S3Refusal, _ place: String) -> Failure {
    let known = configuration.credentials
    return refusal.failure(
      at: place, bucket: bucket, region: state.withLock { $0.region },
      hiding: [known?.secret, known?.token, known?.id].compactMap { $0 })
  }

  /// The failure that a refusal in the body of a success is.
  func failure(_ document: XMLElement, _ name: String) -> Failure {
    failure(S3Refusal(document), "s3://\(bucket)/\(name)")
  }

  private func request(_ call: S3Call, _ region: String, _ elsewhere: String?) throws -> HTTPRequest
  {
    var endpoint = configuration.endpoint(region: region, bucket: bucket)
    var (host, path) = endpoint.place(bucket, call.name)
    if let elsewhere {
      let end = elsewhere.utf8.firstIndex(of: UInt8(ascii: "?")) ?? elsewhere.endIndex
      let other = try S3Endpoint(parsing: String(elsewhere[..<end]))
      guard other.isSecure || !endpoint.isSecure, Self.isAmazons(other.host) else {
        throw Failure(.invalid, "`\(shown)` leads to `\(other.host)`, which is not Amazon's")
      }
      endpoint = other
      host = other.host
      if !other.path.isEmpty { path = String(elsewhere[..<end]).pathOfURL }
    }
    let query = S3Signature.canonical(call.query)
    var request = HTTPRequest(
      call.method, "\(endpoint.scheme)://\(host)\(path)" + (query.isEmpty ? "" : "?\(query)"))
    request.headers = call.headers
    request.body = call.body
    request.trust = configuration.trust
    request.connectTimeout = configuration.connectTimeout
    request.stallTimeout = configuration.readTimeout
    guard let credentials = configuration.credentials else { return request }
    let payload =
      try call.payload ?? (endpoint.isSecure ? S3Signature.unsignedPayload : call.digest())
    request.headers += S3Signature(credentials: credentials, region: region).headers(
      call.method, host: host, path: path, query: call.query, headers: call.headers,
      payload: payload, at: .now())
    return request
  }
}

extension String {
  /// The path of an address, as it stands there.
  fileprivate var pathOfURL: String {
    let parts = utf8.split(
      separator: UInt8(ascii: "/"), maxSplits: 3, omittingEmptySubsequences: false)
    return "/" + (parts.count > 3 ? String(parts[3]) ?? "" : "")
  }
}
