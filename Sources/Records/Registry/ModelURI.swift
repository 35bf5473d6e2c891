import Platform

/// What a `models:/` URI means: a logged model, or a version of a registered one.
package enum ModelURI: Sendable, Hashable {
  /// `models:/m-ID`.
  case logged(String)
  /// `models:/name/3`.
  case version(String, of: String)
  /// `models:/name/latest`.
  case latest(of: String)
  /// `models:/name/Production`.
  case stage(String, of: String)
  /// `models:/name@champion`.
  case alias(String, of: String)

  /// - Returns: nil when the text is no `models:/` URI of these forms, or names a host.
  package init?(_ text: String) {
    // As MLflow, which does not know fragments here: `#` belongs to a name.
    guard text.lowercased().hasPrefix("models:/"), !text.dropFirst(8).hasPrefix("/") else {
      return nil
    }
    let path = text.dropFirst("models:".count)
    let end = path.firstIndex(of: "?") ?? path.endIndex
    let trimmed = path[..<end].drop { $0 == "/" }
    let parts = trimmed.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let name = parts.first, parts.count <= 2, !Self.isBlank(name) else { return nil }
    if parts.count == 2 {
      guard !Self.isBlank(parts[1]) else { return nil }
      if parts[1].unicodeScalars.allSatisfy({ $0.properties.generalCategory == .decimalNumber }) {
        self = .version(parts[1], of: name)
      } else if parts[1].lowercased() == "latest" {
        self = .latest(of: name)
      } else {
        self = .stage(parts[1], of: name)
      }
    } else if let at = name.lastIndex(of: "@") {
      let alias = String(name[name.index(after: at)...])
      guard !Self.isBlank(alias) else { return nil }
      self = .alias(alias, of: String(name[..<at]))
    } else {
      self = .logged(name)
    }
  }

  /// The registered model that is named; nil for a logged one.
  package var name: String? {
    switch self {
    case .logged: nil
    case .version(_, let name), .latest(let name), .stage(_, let name), .alias(_, let name): name
    }
  }

  private static func isBlank(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy(\.isPythonSpace)
  }
}
