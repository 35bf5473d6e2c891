/// Compares two contents of one format by what they mean.
protocol ContentReader: Sendable {
  /// What verdicts call it.
  var name: String { get }
  /// Bytes above which contents are not read.
  func limit(_ limits: ComparisonLimits) -> Int
  /// Compares two contents that differ in their bytes.
  ///
  /// - Throws: `CancellationError`; anything else says that one of them cannot be read.
  func compare(_ old: [UInt8], _ new: [UInt8], into findings: inout Findings) throws
}

extension ContentReader {
  func limit(_ limits: ComparisonLimits) -> Int { limits.whole }
}
