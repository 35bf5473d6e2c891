import Formats

/// What the `Authorization` field of a request says (RFC 7617, RFC 6750).
package enum Credentials: Sendable, Hashable {
  case basic(user: String, password: String)
  case bearer(String)

  /// Bytes of the field; more are not looked at.
  package static let limit = 4096

  /// Reads the field; nil when it is of another kind, or none at all.
  package init?(parsing field: String) {
    guard field.utf8.count <= Credentials.limit,
      let space = field.utf8.firstIndex(of: UInt8(ascii: " "))
    else { return nil }
    let word = field[field.index(after: space)...].drop { $0 == " " }
    switch field[..<space].lowercased() {
    case "bearer" where !word.isEmpty: self = .bearer(String(word))
    case "basic":
      guard let bytes = Base64.decode(String(word)),
        let text = String(validating: bytes, as: UTF8.self), let colon = text.firstIndex(of: ":")
      else { return nil }
      let password = text[text.index(after: colon)...]
      self = .basic(user: String(text[..<colon]), password: String(password))
    default: return nil
    }
  }
}
