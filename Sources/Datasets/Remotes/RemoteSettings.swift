import Platform
import SystemPackage

/// The section of a remote in DVC's config, read with types. Keys that mean nothing here are passed over.
struct RemoteSettings: Sendable {
  private let values: [String: String]

  init(_ values: [String: String]) {
    self.values = Dictionary(values.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
  }

  /// The text of a key; nil when it is not there or empty.
  subscript(key: String) -> String? {
    guard let value = values[key], !value.isEmpty else { return nil }
    return value
  }

  /// - Throws: ``Failure`` with code `.invalid` that names the key.
  func flag(_ key: String) throws -> Bool? {
    guard let text = self[key] else { return nil }
    guard let flag = Self.flag(text) else {
      throw Failure(.invalid, "`\(key)` of a remote is `\(text)`", hint: "write true or false")
    }
    return flag
  }

  /// Seconds.
  ///
  /// - Throws: ``Failure`` with code `.invalid` that names the key.
  func duration(_ key: String) throws -> Duration? {
    guard let text = self[key] else { return nil }
    guard let seconds = Double(text), seconds > 0, seconds < 1e6 else {
      throw Failure(
        .invalid, "`\(key)` of a remote is `\(text)`", hint: "write a number of seconds")
    }
    return .seconds(seconds)
  }

  /// What `ssl_verify` says: true, false, or a file of certificates.
  func trust(_ key: String) -> HTTPRequest.Trust? {
    guard let text = self[key] else { return nil }
    guard let flag = Self.flag(text) else { return .authorities(.init(text)) }
    return flag ? .system : .anybody
  }

  private static func flag(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "yes", "on", "1": true
    case "false", "no", "off", "0": false
    default: nil
    }
  }
}
