/// Addresses of pages.
enum Address {
  /// A path with the fields of a query.
  static func of(_ path: String, _ fields: [(name: String, value: String)]) -> String {
    guard !fields.isEmpty else { return path }
    return path + "?"
      + fields.map {
        PercentEncoding.encoded($0.name, keeping: ".:/") + "="
          + PercentEncoding.encoded($0.value, keeping: ".:/,")
      }.joined(separator: "&")
  }

  /// A path whose parts are encoded one by one.
  static func path(_ parts: String...) -> String {
    parts.map { "/" + PercentEncoding.encoded($0, keeping: ":@") }.joined()
  }

  /// Adds a path of files, whose `/` stay.
  static func file(_ base: String, _ path: String) -> String {
    base + PercentEncoding.encoded(path, keeping: "/:@")
  }
}
