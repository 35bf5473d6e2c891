import Formats

/// Numbers as text in a column of text.
enum NumberText {
  /// The shortest decimal that reads back the same, as Python's `repr`; infinities as `inf`.
  static func spelled(_ value: Double) -> String {
    value.isInfinite ? (value < 0 ? "-inf" : "inf") : JSONValue.double(value).text()
  }
}
