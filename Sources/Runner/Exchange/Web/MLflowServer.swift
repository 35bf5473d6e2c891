import Formats
import Platform

/// Asks a server that speaks MLflow's REST API for all that it holds, or gives it something.
///
/// It asks as ``TrackingClient`` does, but for files of any size, and tells of failures in words of an import.
package final class MLflowServer {
  /// Without a slash at the end, and without credentials.
  package let url: String
  private let address: String
  private let connection: HTTPConnection
  private let login: TrackingLogin

  /// Bytes of an answer.
  private static let limit = 256 << 20

  /// - Parameters:
  ///   - address: without a slash at its end; a user and password may stand in it.
  ///   - variables: the environment, in which MLflow's clients find credentials.
  package init(_ address: String, _ variables: [String: String]) throws {
    self.address = address
    url = HTTPClient.shown(address)
    connection = try HTTPConnection()
    login = TrackingLogin(variables)
  }

  /// Sends JSON and gives the answer's.
  ///
  /// - Parameter mayRepeat: whether the same request may be made again when nobody knows whether the first arrived.
  /// - Throws: ``Failure``; one that the server words carries its words.
  package func post(
    _ path: String, _ body: JSONValue, method: String = "POST", mayRepeat: Bool = true
  ) throws -> JSONValue {
    var request = request(method, path)
    request.headers.append(HTTPHeader("Content-Type", "application/json"))
    request.body = .bytes(body.utf8())
    return try json(request, path, mayRepeat)
  }

  /// Asks with fields in the address; one may stand there several times.
  package func get(
    _ path: String, _ fields: [(name: String, value: String)] = []
  ) throws -> JSONValue {
    let query = fields.map { "\($0.name)=\(URLText.escaped($0.value))" }.joined(separator: "&")
    return try json(request("GET", path + (query.isEmpty ? "" : "?" + query)), path)
  }

  /// Reads a file; the bytes come once, from the beginning.
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

  /// Writes a file.
  package func upload(_ path: String, _ body: HTTPRequest.Body) throws {
    var request = request("PUT", path)
    request.body = body
    _ = try json(request, path)
  }

  private func json(
    _ request: HTTPRequest, _ path: String, _ mayRepeat: Bool = true
  ) throws -> JSONValue {
    let response = try retrying {
      let response = try connection.perform(request)
      guard response.isSuccess else { throw refusal(response, path) }
      return response
    } unless: {
      !mayRepeat
    }
    do {
      // Old servers write NaN as it stands in Python.
      return try JSONValue(
        parsing: response.body.isEmpty ? Array("{}".utf8) : response.body, allowsNonFinite: true)
    } catch {
      throw Failure(
        .invalid, "what answers at `\(url)` is no MLflow server: it sends no JSON",
        hint: "check the address", cause: error.message)
    }
  }

  private func request(_ method: String, _ path: String) -> HTTPRequest {
    var request = HTTPRequest(method, address + path)
    request.headers = [HTTPHeader("User-Agent", "reprise")]
    login.apply(to: &request)
    request.limit = path.hasPrefix("/api/2.0/mlflow-artifacts") ? .max : Self.limit
    request.stallTimeout = .seconds(120)
    return request
  }

  private func retrying<Value>(
    _ body: () throws -> Value, unless isFinal: () -> Bool
  ) throws -> Value {
    let retries = TrackingRetries.long
    for attempt in 1..<retries.attempts {
      do { return try body() } catch let failure as Failure
        where failure.code == .unreachable && !isFinal()
      {
        try retries.wait(after: attempt - 1, isCancelled: { Task.isCancelled })
      }
    }
    return try body()
  }

  /// What a server refuses, in its own words when it has some.
  private func refusal(_ response: HTTPResponse, _ path: String) -> Failure {
    let said = try? JSONValue(parsing: response.body)
    let words = said?["message"]?.string?.nonEmpty
    let what = "`\(path.prefix { $0 != "?" })`"
    switch response.status {
    case 401, 403, 407:
      return Failure(
        .permission, "`\(url)` does not let us use \(what) (status \(response.status))",
        hint: "set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN",
        cause: words)
    case let status where TrackingRetries.mayPass(status):
      return Failure(
        .unreachable, "the server at `\(url)` has a problem (status \(status))",
        hint: "try again later", cause: words)
    case let status:
      let isMissing = status == 404 && said?["error_code"]?.string != nil
      return Failure(
        status == 404 || isMissing ? .notFound : .invalid,
        "`\(url)` refuses \(what): \(words ?? "status \(status)")")
    }
  }
}
