/// Finds the endpoint of a path, under both of MLflow's prefixes: `/api/2.0/mlflow/` and `/ajax-api/2.0/mlflow/`.
package struct EndpointTable: Sendable {
  private var plain: [String: [Endpoint.Method: Endpoint]] = [:]
  /// Those with parameters, by their segments.
  private var patterns: [(segments: [Substring], endpoint: Endpoint)] = []

  package init(_ endpoints: [Endpoint]) {
    for endpoint in endpoints {
      for prefix in ["/api/", "/ajax-api/"] {
        let path = "\(prefix)\(endpoint.version)/mlflow/\(endpoint.path)"
        if path.contains("{") {
          patterns.append((EndpointTable.segments(path[...]), endpoint))
        } else {
          plain[path, default: [:]][endpoint.method] = endpoint
        }
      }
    }
  }

  package enum Finding: Sendable {
    case endpoint(Endpoint, parameters: [String: String])
    /// There is something, for other methods.
    case wrongMethod(allowed: [Endpoint.Method])
    case nothing
  }

  /// - Parameter method: as the request names it; `HEAD` is answered as `GET`.
  package func find(_ method: String, _ path: String) -> Finding {
    let method = method == "HEAD" ? .get : Endpoint.Method(rawValue: method)
    if let methods = plain[path] {
      guard let endpoint = method.flatMap({ methods[$0] }) else {
        return .wrongMethod(allowed: Array(methods.keys))
      }
      return .endpoint(endpoint, parameters: [:])
    }
    let segments = EndpointTable.segments(path[...])
    var allowed: [Endpoint.Method] = []
    for (pattern, endpoint) in patterns {
      guard let parameters = EndpointTable.match(segments, pattern) else { continue }
      if endpoint.method == method { return .endpoint(endpoint, parameters: parameters) }
      allowed.append(endpoint.method)
    }
    return allowed.isEmpty ? .nothing : .wrongMethod(allowed: allowed)
  }

  private static func segments(_ path: Substring) -> [Substring] {
    path.split(separator: "/", omittingEmptySubsequences: false)
  }

  private static func match(_ segments: [Substring], _ pattern: [Substring]) -> [String: String]? {
    guard segments.count == pattern.count else { return nil }
    var parameters: [String: String] = [:]
    for (segment, part) in zip(segments, pattern) {
      if part.first == "{" {
        let bytes = PercentEncoding.decodedBytes(segment)
        guard !bytes.isEmpty, let text = String(validating: bytes, as: UTF8.self) else {
          return nil
        }
        parameters[String(part.dropFirst().dropLast())] = text
      } else if segment != part {
        return nil
      }
    }
    return parameters
  }
}
