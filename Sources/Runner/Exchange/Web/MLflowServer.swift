import Formats
import Glibc
import Platform

/// Asks a server that speaks MLflow's REST API.
///
/// What is busy or out of reach for a moment is asked again, as MLflow's own client does, after pauses that double.
package final class MLflowServer {
  /// Without a slash at the end, and without credentials.
  package let url: String
  private let connection: HTTPConnection
  private let headers: [HTTPHeader]
  private let login: HTTPRequest.Login?

  /// How often something is asked again.
  private static let retries = 5
  /// Bytes of an answer.
  private static let limit = 256 << 20

  /// - Parameter variables: the environment; `MLFLOW_TRACKING_USERNAME`, `…_PASSWORD` and `…_TOKEN` count.
  package init(_ url: String, _ variables: [String: String]) throws {
    self.url = HTTPClient.shown(url)
    connection = try HTTPConnection()
    let (user, password) = MLflowServer.credentials(in: url)
    if let name = user ?? variables["MLFLOW_TRACKING_USERNAME"], !name.isEmpty {
      login = .basic(
        user: name, password: password ?? variables["MLFLOW_TRACKING_PASSWORD"] ?? "")
      headers = []
    } else if let token = variables["MLFLOW_TRACKING_TOKEN"], !token.isEmpty {
      login = nil
      headers = [HTTPHeader("Authorization", "Bearer \(token)")]
    } else {
      (login, headers) = (nil, [])
    }
  }

  /// Sends JSON and gives the answer's.
  ///
  /// - Throws: ``Failure``; one that the server words carries its words.
  package func post(
    _ path: String, _ body: JSONValue, method: String = "POST"
  ) throws -> JSONValue {
    var request = request(method, path)
    request.headers.append(HTTPHeader("Content-Type", "application/json"))
    request.body = .bytes(body.utf8())
    return try json(request)
  }

  /// Asks with fields in the address; one may stand there several times.
  package func get(
    _ path: String, _ fields: [(name: String, value: String)] = []
  ) throws -> JSONValue {
    let query = fields.map { "\($0.name)=\(Self.encoded($0.value))" }.joined(separator: "&")
    return try json(request("GET", path + (query.isEmpty ? "" : "?" + query)))
  }

  /// Reads a file; the bytes come once, from the beginning, also when the connection broke before the first of them.
  package func download(
    _ path: String, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var hasBegun = false
    try withoutActuallyEscaping(body) { body in
      try retrying {
        let response = try connection.perform(
          request("GET", path),
          receive: { _, bytes in
            hasBegun = true
            try body(bytes)
          })
        guard response.isSuccess else { throw refusal(response, path) }
      } unless: {
        hasBegun
      }
    }
  }

  /// Writes a file that is read from memory.
  package func upload(_ path: String, _ body: HTTPRequest.Body) throws {
    var request = request("PUT", path)
    request.body = body
    _ = try json(request)
  }

  private func json(_ request: HTTPRequest) throws -> JSONValue {
    let response = try retrying {
      let response = try connection.perform(request)
      guard response.isSuccess else { throw refusal(response, request.url) }
      return response
    }
    do {
      // Old servers write NaN as it stands in Python.
      return try JSONValue(
        parsing: response.body.isEmpty ? Array("{}".utf8) : response.body, allowsNonFinite: true)
    } catch {
      throw Failure(
        .invalid, "`\(url)` answers with something that is not JSON",
        hint: "is it the address of an MLflow server?", cause: error.message)
    }
  }

  private func request(_ method: String, _ path: String) -> HTTPRequest {
    var request = HTTPRequest(method, url + path)
    request.headers = headers
    request.login = login
    request.limit = path.hasPrefix("/api/2.0/mlflow-artifacts") ? .max : Self.limit
    request.stallTimeout = .seconds(120)
    return request
  }

  private func retrying<Value>(
    _ body: () throws -> Value, unless isFinal: () -> Bool = { false }
  ) throws -> Value {
    var pause: UInt32 = 250_000
    for _ in 0..<Self.retries {
      do { return try body() } catch let failure as Failure
        where failure.code == .unreachable && !isFinal()
      {
        usleep(pause)
        pause *= 2
      }
    }
    return try body()
  }

  /// What a server refuses, in its own words when it has some.
  private func refusal(_ response: HTTPResponse, _ address: String) -> Failure {
    let said = try? JSONValue(parsing: response.body)
    var failure = HTTPClient.refusal(response.status, url)
    let words = said?["message"]?.string ?? ""
    switch response.status {
    case 401, 403:
      failure = Failure(
        .permission, "`\(url)` wants to know who asks (status \(response.status))",
        hint: "set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN")
    case 400, 404, 409:
      let code: Failure.Code = response.status == 404 ? .notFound : .invalid
      let shown = HTTPClient.shown(address).dropFirst(url.count).prefix { $0 != "?" }
      failure = Failure(
        code, "`\(url)` refuses `\(shown)`: \(words.isEmpty ? "status \(response.status)" : words)")
    default: break
    }
    failure.cause = words.isEmpty ? nil : words
    return failure
  }

  /// The user and the password that stand in an address.
  private static func credentials(in url: String) -> (String?, String?) {
    guard let start = url.range(of: "://") else { return (nil, nil) }
    let authority = url[start...].prefix { !"/?#".contains($0) }
    guard let at = authority.lastIndex(of: "@") else { return (nil, nil) }
    let parts = authority[..<at].split(separator: ":", maxSplits: 1).map { decoded($0) }
    return (parts.first, parts.count > 1 ? parts[1] : nil)
  }

  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Percent-encoded, all but letters, digits and `-._~`.
  static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      let isPlain =
        (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
        || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
      bytes += isPlain ? [byte] : [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension String {
  /// What stands behind the first occurrence of a text.
  fileprivate func range(of text: String) -> Index? {
    let all = Array(utf8)
    let wanted = Array(text.utf8)
    guard all.count >= wanted.count else { return nil }
    for start in 0...(all.count - wanted.count) where all[start...].starts(with: wanted) {
      return utf8.index(utf8.startIndex, offsetBy: start + wanted.count)
    }
    return nil
  }
}
