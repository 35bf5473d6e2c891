/// A piece of text with the place that each of its characters has in the file.
struct SuiteText: Sendable {
  private(set) var scalars: [Unicode.Scalar]
  /// One for each character, and one for the end.
  private(set) var offsets: [Int]

  /// - Parameter offsets: one more than there are characters.
  init(_ scalars: [Unicode.Scalar], at offsets: [Int]) {
    self.scalars = scalars
    self.offsets = offsets
  }

  /// A text that is a file of its own.
  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    offsets = Array(0...scalars.count)
  }

  var string: String { Self.string(scalars[...]) }
  var isEmpty: Bool { scalars.isEmpty }

  /// Where a character stands in the file; behind the last one for what is past the end.
  func offset(_ place: Int) -> Int { offsets[min(max(0, place), scalars.count)] }

  subscript(_ range: Range<Int>) -> SuiteText {
    let range = range.clamped(to: 0..<scalars.count)
    return SuiteText(Array(scalars[range]), at: Array(offsets[range.lowerBound...range.upperBound]))
  }

  /// The text with another one behind it.
  func followed(by other: SuiteText) -> SuiteText {
    SuiteText(scalars + other.scalars, at: offsets.dropLast() + other.offsets)
  }

  /// The text without blanks at its ends.
  var trimmed: SuiteText {
    guard let first = scalars.firstIndex(where: { !SuiteSource.isBlank($0) }),
      let last = scalars.lastIndex(where: { !SuiteSource.isBlank($0) })
    else { return self[scalars.count..<scalars.count] }
    return self[first..<last + 1]
  }

  static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
