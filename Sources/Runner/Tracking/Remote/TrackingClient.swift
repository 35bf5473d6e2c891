import Formats
import Platform
import SystemPackage

/// A client of MLflow's REST API, as far as a run needs it. Its calls block.
struct TrackingClient: Sendable {
  /// The server's address, without a slash at its end.
  let address: String
  var retries = TrackingRetries.short
  /// Whether what goes on is not wanted any more.
  var isCancelled: @Sendable () -> Bool = { Task.isCancelled }
  private let login: TrackingLogin
  private let connections = HTTPPool()

  /// Bytes of an answer that are read.
  private static let limit = 64 << 20

  init(_ address: String, variables: [String: String]) {
    self.address = address
    login = TrackingLogin(variables)
  }

  /// The address for people: without a password.
  var shown: String { HTTPClient.shown(address) }

  func get(_ path: String, _ query: [(name: String, value: String)]) throws -> JSONValue {
    let fields = query.map { "\($0.name)=\(URLText.escaped($0.value))" }.joined(separator: "&")
    return try json(
      HTTPRequest("GET", "\(address)/api/2.0/mlflow/\(path)?\(fields)"), mayRepeat: true)
  }

  /// - Parameter mayRepeat: whether the same request may be made again when nobody knows whether the first arrived.
  @discardableResult
  func post(_ path: String, _ body: JSONValue, mayRepeat: Bool = true) throws -> JSONValue {
    var request = HTTPRequest("POST", "\(address)/api/2.0/mlflow/\(path)")
    request.headers = [HTTPHeader("Content-Type", "application/json")]
    request.body = .bytes(body.utf8())
    return try json(request, mayRepeat: mayRepeat)
  }

  /// Sends a file to an address.
  func put(_ file: FilePath, size: Int64, to url: String) throws {
    var request = HTTPRequest("PUT", url)
    request.headers = [HTTPHeader("Content-Type", "application/octet-stream")]
    request.body = size == 0 ? .bytes([]) : .file(file, offset: 0, count: size)
    let response = try perform(request, mayRepeat: true)
    guard response.isSuccess else { throw refusal(response) }
  }

  private func json(_ request: HTTPRequest, mayRepeat: Bool) throws -> JSONValue {
    let response = try perform(request, mayRepeat: mayRepeat)
    guard response.isSuccess else { throw refusal(response) }
    guard let value = try? JSONValue(parsing: response.body, allowsNonFinite: true),
      value.members != nil
    else { throw noServer() }
    return value
  }

  private func perform(_ request: HTTPRequest, mayRepeat: Bool) throws -> HTTPResponse {
    var request = request
    request.limit = TrackingClient.limit
    request.headers.append(HTTPHeader("User-Agent", "reprise"))
    login.apply(to: &request)
    var attempt = 0
    while true {
      do {
        let response = try connections.with {
          try $0.perform(request, isCancelled: isCancelled)
        }
        guard TrackingRetries.mayPass(response.status), attempt + 1 < retries.attempts,
          mayRepeat || response.status == 429 || response.status == 503
        else { return response }
        let wish = response.headers["retry-after"].flatMap { Int($0) }
        try retries.wait(after: attempt, wish: wish, isCancelled: isCancelled)
      } catch let failure as Failure where failure.code == .unreachable {
        guard mayRepeat, attempt + 1 < retries.attempts else { throw unreachable(failure) }
        try retries.wait(after: attempt, isCancelled: isCancelled)
      }
      attempt += 1
    }
  }
}
