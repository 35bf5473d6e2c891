/// A way to divide the rows of a node.
struct SplitCandidate: BitwiseCopyable {
  /// How much it lowers the loss, in the loss's own units; 0 or less is no split.
  var gain = 0.0
  /// The place of the feature among the used ones.
  var feature: Int32 = -1
  /// The last bin that goes left; -1 for categories.
  var bin: Int32 = -1
  var missingLeft = false
  /// Whether children's leaf values have LightGBM's extra penalty for sorted categories.
  var isSortedSet = false
  /// The bins that go left, a bit each, the missing values' one included.
  var leftBins = SIMD4<UInt64>.zero
  /// The ``PackedSum`` of the left child.
  var left: Int64 = 0

  var isValid: Bool { feature >= 0 }

  /// Whether this is to be preferred: by gain, then by the lower feature.
  ///
  /// Within a feature, the scan keeps the lowest bin, then the flavour's usual way for missing
  /// values; so equal gains always end the same.
  @inline(__always)
  func isBetter(than other: SplitCandidate) -> Bool {
    guard isValid else { return false }
    guard other.isValid else { return true }
    return gain > other.gain || (gain == other.gain && feature < other.feature)
  }

  /// Bins 0...last.
  static func bins(through last: Int) -> SIMD4<UInt64> {
    var words = SIMD4<UInt64>.zero
    for word in 0..<4 {
      let count = last + 1 - word * 64
      words[word] = count >= 64 ? ~0 : count <= 0 ? 0 : (1 << UInt64(count)) - 1
    }
    return words
  }

  static func insert(_ bin: Int, into words: inout SIMD4<UInt64>) {
    words[bin >> 6] |= 1 << UInt64(bin & 63)
  }
}
