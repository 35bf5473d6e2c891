import Platform

/// What MLflow 3 allows for names and values (`mlflow/utils/validation.py`): an MLflow client of ours or theirs
/// meets the same limits, and is told in the same words.
///
/// A `path` says where in a request a value stands, such as `metrics[0]`; empty when it is the request's own.
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
  /// - Parameter name: what MLflow calls the name when it is too long.
  static func check(
    key: String, of what: String, at path: String, tooLongAs name: String
  ) throws(RecordFailure) {
    try checkForm(key: key, of: what, at: path)
    try checkLength(key: key, of: what, tooLongAs: name)
  }

  private static func checkForm(
    key: String, of what: String, at path: @autoclosure () -> String
  ) throws(RecordFailure) {
    if !key.isEmpty, key.utf8.allSatisfy(isPlain) { return }
    guard key.unicodeScalars.allSatisfy(isAllowed) else {
      throw .badCharacters(key, what, path: path())
    }
    let parts = key.split(separator: "/", omittingEmptySubsequences: false)
    guard !key.hasPrefix(".."), parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." })
    else { throw .otherAsPath(key, what, path: path()) }
  }

  private static func checkLength(
    key: String, of what: String, tooLongAs name: @autoclosure () -> String
  ) throws(RecordFailure) {
    if key.utf8.count <= keyLength || key.unicodeScalars.count <= keyLength { return }
    throw .keyTooLong(key, what, named: name())
  }

  private static func joined(_ path: String, _ field: String) -> String {
    path.isEmpty ? field : path + "." + field
  }

  /// A parameter as it is kept.
  static func checked(_ param: Param, at path: String = "") throws(RecordFailure) -> Param {
    try check(
      key: param.key, of: "parameter", at: joined(path, "key"), tooLongAs: "Param key")
    var param = param
    param.value = try cut(param.value, to: paramValueLength, "parameter", param.key)
    if let given = param.given {
      param.given = try cut(given, to: paramValueLength, "parameter", param.key)
    }
    return param
  }

  /// A tag as it is kept.
  static func checked(_ tag: Tag, at path: String = "") throws(RecordFailure) -> Tag {
    let key = joined(path, "key")
    try check(key: tag.key, of: "tag", at: key, tooLongAs: key)
    return Tag(tag.key, try cut(tag.value, to: tagValueLength, "tag", tag.key))
  }

  /// A tag that a run begins with, whose name MLflow takes as it is: clients put words of their own there.
  static func given(_ tag: Tag) throws(RecordFailure) -> Tag {
    try checkText(tag.key, "tag", tag.key)
    return Tag(tag.key, try cut(tag.value, to: tagValueLength, "tag", tag.key))
  }

  /// Throws when a metric's name or time is not allowed.
  package static func check(
    _ metric: Metric, at path: @autoclosure () -> String = ""
  ) throws(RecordFailure) {
    try checkForm(key: metric.key, of: "metric", at: joined(path(), "name"))
    guard metric.timestamp >= 0 else {
      throw .negativeTime(metric, path: joined(path(), "timestamp"))
    }
    try checkLength(key: metric.key, of: "metric", tooLongAs: "Metric name")
  }

  /// Throws when a request logs more at once than MLflow takes.
  package static func checkBatch(metrics: Int, params: Int, tags: Int) throws(RecordFailure) {
    let limits = [
      ("metrics", metrics, 1000), ("params", params, 100), ("tags", tags, 100),
      ("metrics, params, and tags", metrics + params + tags, 1000),
    ]
    for (what, count, limit) in limits where count > limit {
      throw .tooMany(what, count, limit: limit)
    }
  }

  /// Throws when a parameter is given more than once.
  static func checkUnique(_ params: [Param]) throws(RecordFailure) {
    var given: Set<String> = []
    let again = params.map(\.key).filter { !given.insert($0).inserted }
    if !again.isEmpty { throw .paramsGivenTwice(again) }
  }

  static func check(experimentName name: String) throws(RecordFailure) {
    try checkText(name, "experiment", name)
    guard !name.isEmpty else {
      throw RecordFailure(
        .invalidParameterValue, "Invalid experiment name: ''",
        failure: Failure(.invalid, "an experiment needs a name"))
    }
    guard name.unicodeScalars.count <= experimentNameLength else {
      throw .tooLong(
        "name", experimentNameLength,
        failure: Failure(
          .invalid,
          "an experiment's name exceeds the maximum length of \(experimentNameLength) characters"))
    }
  }

  static func check(experimentTag tag: Tag) throws(RecordFailure) {
    try check(key: tag.key, of: "tag", at: "key", tooLongAs: "key")
    try checkText(tag.value, "tag", tag.key)
    guard tag.value.unicodeScalars.count <= experimentTagValueLength else {
      throw .tooLong(
        "value", experimentTagValueLength,
        failure: Failure(
          .invalid,
          """
          the tag `\(tag.key)` exceeds the maximum length of \(experimentTagValueLength) characters
          """))
    }
  }

  static func checkText(_ text: String, _ what: String, _ key: String) throws(RecordFailure) {
    guard !text.utf8.contains(0) else { throw .endsAtNUL(what, key) }
  }

  private static func cut(
    _ text: String, to limit: Int, _ what: String, _ key: String
  ) throws(RecordFailure) -> String {
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
