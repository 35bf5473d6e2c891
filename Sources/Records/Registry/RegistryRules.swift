import Formats
import Platform

/// What MLflow 3 allows for names and values of the registry (`mlflow/utils/validation.py`), and where we allow less:
/// no NUL, no line end at the end of a name, and no name longer than MLflow's column on other databases.
enum RegistryRules {
  /// Characters (Unicode scalars, as Python counts them).
  static let modelNameLength = 256
  static let aliasLength = 255
  static let tagKeyLength = 250
  static let tagValueLength = 100_000

  /// - Parameter parameter: what the request calls the name.
  static func check(modelName name: String, as parameter: String = "name") throws(RecordFailure) {
    guard !name.unicodeScalars.allSatisfy(\.isPythonSpace) else {
      throw .missingName(parameter, "a registered model needs a name")
    }
    guard !name.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") }) else {
      throw .badModelName(name)
    }
    try checkPath(name, as: "name", what: "a registered model")
    try checkText(name, as: "name")
    try checkLength(name, "name", modelNameLength)
  }

  static func check(_ tag: Tag) throws(RecordFailure) {
    try check(tagKey: tag.key)
    try checkLength(tag.key, "key", tagKeyLength)
    try checkLength(tag.value, "value", tagValueLength)
    try checkText(tag.value, as: "value")
  }

  static func check(tagKey key: String) throws(RecordFailure) {
    guard key.unicodeScalars.allSatisfy({ $0.isWordScalar || "/.- :".unicodeScalars.contains($0) })
    else { throw .badCharacters(key) }
    try checkPath(key, as: "key", what: "a tag")
  }

  static func check(alias: String) throws(RecordFailure) {
    guard !alias.isEmpty else { throw .emptyAlias }
    guard alias.unicodeScalars.allSatisfy({ $0.isWordScalar || $0 == "-" }) else {
      throw .badAlias(alias)
    }
    try checkLength(alias, "Registered model alias name", aliasLength)
  }

  /// Throws for aliases that mean something already: `latest`, and `v12`, which MLflow's pages write for version 12.
  static func checkUnreserved(alias: String) throws(RecordFailure) {
    if alias.lowercased() == "latest" { throw .latestAlias }
    let digits = alias.unicodeScalars.dropFirst()
    if alias.first == "v" || alias.first == "V", !digits.isEmpty,
      digits.allSatisfy({ $0.properties.generalCategory == .decimalNumber })
    {
      throw .versionAlias(alias)
    }
  }

  /// The number that a text spells as Python's `int` reads it: spaces around, a sign, `_` between digits.
  ///
  /// - Returns: nil when it is a number beyond all versions.
  static func number(ofVersion text: String) throws(RecordFailure) -> Int64? {
    var scalars = Substring(text).unicodeScalars
    while let first = scalars.first, first.isPythonSpace { scalars.removeFirst() }
    while let last = scalars.last, last.isPythonSpace { scalars.removeLast() }
    let isNegative = scalars.first == "-"
    if isNegative || scalars.first == "+" { scalars.removeFirst() }
    var value: Int64? = 0
    var wasDigit = false
    for scalar in scalars {
      if scalar == "_", wasDigit {
        wasDigit = false
        continue
      }
      guard scalar.properties.generalCategory == .decimalNumber,
        let digit = scalar.properties.numericValue
      else { throw .notInteger("version", text) }
      wasDigit = true
      let (product, overflow) = (value ?? 0).multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int64(digit))
      value = value == nil || overflow || carry ? nil : sum
    }
    guard wasDigit else { throw .notInteger("version", text) }
    return value.map { isNegative ? -$0 : $0 }
  }

  /// SQLite's own functions would end a text at a NUL.
  static func checkText(_ text: String, as parameter: String) throws(RecordFailure) {
    if text.utf8.contains(0) { throw .holdsNUL(text, parameter) }
  }

  static func checkLength(_ text: String, _ what: String, _ limit: Int) throws(RecordFailure) {
    guard text.utf8.count > limit, text.unicodeScalars.count > limit else { return }
    throw .registryTextTooLong(what, limit)
  }

  private static func checkPath(
    _ name: String, as parameter: String, what: String
  ) throws(RecordFailure) {
    let path = posixNormalized(name)
    guard path == name, path != ".", !path.hasPrefix(".."), !path.hasPrefix("/") else {
      throw .ambiguousPath(name, path, parameter, what)
    }
  }

  /// The shortest form of a path, as Python's `posixpath.normpath` gives it.
  static func posixNormalized(_ path: String) -> String {
    guard !path.isEmpty else { return "." }
    let slashes = path.utf8.prefix { $0 == UInt8(ascii: "/") }.count
    let root = slashes == 0 ? "" : slashes == 2 ? "//" : "/"
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part != ".." || (root.isEmpty && (parts.isEmpty || parts.last == "..")) {
        parts.append(part)
      } else if !parts.isEmpty {
        parts.removeLast()
      }
    }
    let normal = root + parts.joined(separator: "/")
    return normal.isEmpty ? "." : normal
  }
}

extension Unicode.Scalar {
  /// What Python's `str.strip` takes off.
  var isPythonSpace: Bool { properties.isWhitespace || (0x1C...0x1F).contains(value) }
}
