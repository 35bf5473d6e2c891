import Compute
import Formats

/// Values as tests compare and reports show them, whatever file they stood in.
enum PlainValue {
  /// The number that a text is as a whole.
  static func number(_ text: String) -> Double? {
    switch Cell(text) {
    case .whole(let value), .number(let value): value
    case .missing, .text: nil
    }
  }

  /// A number as text: whole ones without a point, others as the shortest decimal that reads back the same.
  static func text(_ value: Double) -> String {
    // Below 2^63.
    if value == value.rounded(), abs(value) < 9e18 { return String(Int64(value)) }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    return value.isNaN ? "nan" : JSONValue.double(value).text()
  }

  /// An infinity is whole too.
  @inline(__always)
  static func isWhole(_ value: Double) -> Bool {
    // From 2^52 on all are.
    guard value.magnitude < 4_503_599_627_370_496 else { return !value.isNaN }
    return Double(Int64(value)) == value
  }

  /// Equal for numbers that are equal: one zero.
  @inline(__always)
  static func bits(_ value: Double) -> UInt64 { (value == 0 ? 0 : value).bitPattern }
}
