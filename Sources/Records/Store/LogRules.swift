import Platform

/// What MLflow 3 allows for names and values (`mlflow/utils/validation.py`): an MLflow client of ours or theirs
/// meets the same limits.
package enum LogRules {
  /// Characters (Unicode scalars, as Python counts them).
  package static let keyLength = 250
  /// Longer values of parameters are cut, as MLflow does by default.
  package static let paramValueLength = 6000
  /// Longer values of tags are cut, as MLflow does by default.
  package static let tagValueLength = 8000
  package static let experimentNameLength = 500
  package static let experimentTagValueLength = 20000

  /// Throws when a name of a metric, parameter or tag is not allowed.
  ///
  /// Letters and digits of any script, `_ / . - :` and spaces; and because MLflow keeps them as files in places, a
  /// name must be a relative path in its shortest form: no `//`, `.` or `..` parts, no `/` at the ends.
  package static func check(key: String, of what: String) throws(Failure) {
    guard !key.isEmpty else { throw Failure(.invalid, "a \(what) needs a name") }
    if key.utf8.allSatisfy(isPlain) {
      guard key.utf8.count > keyLength else { return }
    } else {
      guard key.unicodeScalars.allSatisfy(isAllowed) else {
        throw Failure(
          .invalid, "`\(key)` is no name for a \(what)",
          hint: "use letters, digits, `_`, `-`, `.`, `:`, `/` and spaces")
      }
      let parts = key.split(separator: "/", omittingEmptySubsequences: false)
      guard !key.hasPrefix(".."), parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." })
      else {
        throw Failure(
          .invalid, "`\(key)` is no name for a \(what): as a path it would mean another name",
          hint: "leave out `//`, `.` and `..`, and `/` at the ends")
      }
    }
    guard key.unicodeScalars.count <= keyLength else {
      throw Failure(
        .invalid,
        "a name of a \(what) exceeds the maximum length of \(keyLength) characters: "
          + "`\(key.prefix(40))…`")
    }
  }

  /// A parameter as it is kept.
  static func checked(_ param: Param) throws -> Param {
    try check(key: param.key, of: "parameter")
    var param = param
    param.value = try cut(param.value, to: paramValueLength, "parameter", param.key)
    param.given = try param.given.map { try cut($0, to: paramValueLength, "parameter", param.key) }
    return param
  }

  /// A tag as it is kept.
  static func checked(_ tag: Tag) throws -> Tag {
    try check(key: tag.key, of: "tag")
    return Tag(tag.key, try cut(tag.value, to: tagValueLength, "tag", tag.key))
  }

  /// Throws when a metric's name or time is not allowed.
  package static func check(_ metric: Metric) throws(Failure) {
    try check(key: metric.key, of: "metric")
    guard metric.timestamp >= 0 else {
      throw Failure(
        .invalid, "metric `\(metric.key)` has the time \(metric.timestamp), before 1970",
        hint: "times are milliseconds since 1970")
    }
  }

  static func check(experimentName name: String) throws {
    try checkText(name, "experiment", name)
    guard !name.isEmpty else { throw Failure(.invalid, "an experiment needs a name") }
    guard name.unicodeScalars.count <= experimentNameLength else {
      throw Failure(
        .invalid,
        "an experiment's name exceeds the maximum length of \(experimentNameLength) characters")
    }
  }

  static func check(experimentTag tag: Tag) throws {
    try check(key: tag.key, of: "tag")
    try checkText(tag.value, "tag", tag.key)
    guard tag.value.unicodeScalars.count <= experimentTagValueLength else {
      throw Failure(
        .invalid,
        "the tag `\(tag.key)` exceeds the maximum length of \(experimentTagValueLength) characters")
    }
  }

  /// SQLite would end a text at a NUL.
  static func checkText(_ text: String, _ what: String, _ key: String) throws {
    guard !text.utf8.contains(0) else {
      throw Failure(.invalid, "the value of \(what) `\(key)` holds a NUL character")
    }
  }

  private static func cut(_ text: String, to limit: Int, _ what: String, _ key: String) throws
    -> String
  {
    try checkText(text, what, key)
    if text.utf8.count <= limit { return text }
    guard
      let end = text.unicodeScalars.index(
        text.startIndex, offsetBy: limit, limitedBy: text.endIndex)
    else { return text }
    return String(text.unicodeScalars[..<end])
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: ":"), UInt8(ascii: " "):
      true
    default: false
    }
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isWordScalar || "/.- :".unicodeScalars.contains(scalar)
  }
}

extension Unicode.Scalar {
  /// What Python's `\w` matches: letters and numbers of any script, and the underscore.
  var isWordScalar: Bool {
    if isASCII {
      return (0x30...0x39).contains(value) || (0x41...0x5A).contains(value)
        || (0x61...0x7A).contains(value) || value == 0x5F
    }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber:
      return true
    default: return properties.numericType != nil
    }
  }
}
