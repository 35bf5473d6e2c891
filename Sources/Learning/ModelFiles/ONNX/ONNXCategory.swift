import Platform

/// How a graph for trees numbers categories: -1 for the first, -2 for the second.
///
/// onnxruntime 1.2x and 1.3x joins rows of comparisons with small numbers above zero into one test of
/// bits, and in some trees goes on from a wrong node then. It leaves numbers below zero alone.
enum ONNXCategory {
  /// What a column of codes is multiplied by, and what is added then.
  static let factor: Float = -1
  static let offset: Float = -1

  /// - Parameter code: below 2^24, which floats hold exactly.
  static func number(ofCode code: Int32) -> Float { Float(code) * factor + offset }

  /// The code behind a number, which is checked by whoever asks.
  static func code(of number: Float) -> Float { (number - offset) * factor }
}
