import HTTPTypes

/// What the body of a JSON endpoint must be called: only JSON is read, so that no form of another site's page is.
package enum ContentTypeRule {
  /// - Throws: status 400, as MLflow words it.
  package static func checkJSON(_ headers: HTTPFields) throws(APIError) {
    guard let type = headers[.contentType], !type.isEmpty else {
      throw .badType("Bad Request. Content-Type header is missing.")
    }
    guard isJSON(type) else {
      throw .badType("Bad Request. Content-Type must be one of ['application/json'].")
    }
  }

  /// `application/json`, with parameters or without.
  package static func isJSON(_ type: String) -> Bool {
    let media = type.prefix { $0 != ";" }
    let blanks: Set<Character> = [" ", "\t"]
    let end = media.lastIndex { !blanks.contains($0) }.map { media.index(after: $0) }
    return media[..<(end ?? media.startIndex)].drop { blanks.contains($0) }.lowercased()
      == "application/json"
  }
}

extension APIError {
  fileprivate static func badType(_ message: String) -> APIError {
    APIError("INVALID_PARAMETER_VALUE", message, status: 400)
  }
}
