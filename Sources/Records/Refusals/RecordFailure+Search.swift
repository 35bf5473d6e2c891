import Formats
import Platform

extension RecordFailure {
  /// A filter that cannot be read.
  package static func filter(_ text: String, _ why: ParseFailure) -> RecordFailure {
    RecordFailure(
      .invalidParameterValue,
      "Invalid clause(s) in filter string: '\(text.prefix(1000))': \(told(why))",
      failure: why.failure(in: "filter"))
  }

  /// An item of `order_by` that cannot be read.
  package static func order(_ text: String, _ why: ParseFailure) -> RecordFailure {
    RecordFailure(
      .invalidParameterValue, "Invalid order_by clause '\(text.prefix(1000))': \(told(why))",
      failure: why.failure(in: "order_by"))
  }

  private static func told(_ why: ParseFailure) -> String {
    let hint = why.hint.map { "; \($0)" } ?? ""
    return "\(why.message) (column \(why.column ?? 1))\(hint)"
  }

  static func orderedTwice(_ names: [String]) -> RecordFailure {
    let list = names.map { PythonText.repr($0) }.joined(separator: ", ")
    return RecordFailure(
      .invalidParameterValue, "`order_by` contains duplicate fields: [\(list)]",
      failure: Failure(.usage, "runs are ordered twice by the same field"))
  }
}
