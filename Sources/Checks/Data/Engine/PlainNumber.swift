import Compute

/// A number that is compared exactly, also where a double would take two whole numbers for one.
struct PlainNumber: Sendable, Hashable, Comparable {
  /// The double that is nearest.
  let nearest: Double
  /// The number itself, when it is another.
  let great: GreatWhole?

  init(_ value: Double) { (nearest, great) = (value, nil) }

  init(_ great: GreatWhole) { (nearest, self.great) = (great.nearest, great) }

  /// What a cell is that may be a number.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    switch Cell(bytes) {
    case .whole(let value), .number(let value):
      let great = value.magnitude >= GreatWhole.start ? GreatWhole(bytes) : nil
      self = great.map { PlainNumber($0) } ?? PlainNumber(value)
    case .missing, .text: return nil
    }
  }

  init?(_ text: String) {
    var text = text
    guard let found = text.withUTF8({ PlainNumber($0) }) else { return nil }
    self = found
  }

  var text: String { great?.text ?? PlainValue.text(nearest) }

  static func < (left: PlainNumber, right: PlainNumber) -> Bool {
    guard left.nearest == right.nearest, left.great != nil || right.great != nil else {
      return left.nearest < right.nearest
    }
    return left.whole < right.whole
  }

  /// Of one that is near a whole number of 64 bits.
  private var whole: Int128 { great?.value ?? Int128(nearest) }
}
