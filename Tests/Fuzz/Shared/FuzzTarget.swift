/// One parser of foreign bytes: what the search starts from, and what has to hold for every input.
struct FuzzTarget: Sendable {
  var name: String
  /// Inputs to start from.
  var seeds: [String]
  /// Words of the grammar, for libFuzzer's dictionary.
  var words: [String]
  /// Inputs that are no text.
  var binarySeeds: @Sendable () throws -> [[UInt8]] = { [] }
  /// Ends the process when something does not hold.
  var check: @Sendable ([UInt8]) throws -> Void
}

/// Ends the process, which libFuzzer then reports with the input, unless a property holds.
func require(_ holds: Bool, _ message: @autoclosure () -> String) {
  if !holds { fatalError(message()) }
}

extension [UInt8] {
  /// The bytes as text, those that are not UTF-8 repaired.
  var text: String { String(decoding: self, as: UTF8.self) }
}
