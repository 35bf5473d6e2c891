/// One parser of foreign bytes: what the search starts from, and what has to hold for every input.
struct FuzzTarget: Sendable {
  var name: String
  /// Inputs to start from.
  var seeds: [String]
  /// Inputs to start from that are no text.
  var binarySeeds: [[UInt8]] = []
  /// Words of the grammar, for libFuzzer's dictionary.
  var words: [String]
  /// Ends the process when something does not hold.
  var check: @Sendable ([UInt8]) throws -> Void

  static let all: [FuzzTarget] = [
    .yaml, .manifest, .environmentFile, .pythonFormat, .dotenv, .json, .csv, .search, .logistic,
    .metrics,
    .gitIndex, .gitIgnore, .zipArchive, .template, .pointer, .folderListing, .statCache,
    .dataSettings, .python, .pattern, .keywords, .rules, .checks, .notebooks, .onnx,
  ]
}

/// Ends the process, which libFuzzer then reports with the input, unless a property holds.
func require(_ holds: Bool, _ message: @autoclosure () -> String) {
  if !holds { fatalError(message()) }
}

extension [UInt8] {
  /// The bytes as text, those that are not UTF-8 repaired.
  var text: String { String(decoding: self, as: UTF8.self) }
}
