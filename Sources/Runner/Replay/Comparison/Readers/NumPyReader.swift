import Formats
import Platform

/// Arrays of NumPy's, value by value: whole numbers exactly, others within the tolerance, of whatever type they are.
struct NumPyReader: ContentReader {
  var name: String { "npy" }

  /// Values that are looked at together: where all their bytes are the same, none is read.
  private static let block = 4096

  func compare(_ old: [UInt8], _ new: [UInt8], into findings: inout Findings) throws {
    let (a, b) = (try NumPyLayout(parsing: old), try NumPyLayout(parsing: new))
    guard a.shape == b.shape else {
      return findings.add { "the shape \(Self.shown(a.shape)) became \(Self.shown(b.shape))" }
    }
    guard a.fields.count == b.fields.count,
      zip(a.fields, b.fields).allSatisfy({ Self.areComparable($0, $1) })
    else {
      return findings.add { "the type \(Self.types(a)) became \(Self.types(b))" }
    }
    if a.fields != b.fields {
      findings.allow { "the type \(Self.types(a)) became \(Self.types(b))" }
    }
    // Padding and zeros behind texts are no values.
    let isPlain = a.fields == b.fields && a.isFortranOrder == b.isFortranOrder && a.size == b.size
    var place = 0
    while place < a.count {
      let end = min(a.count, place + Self.block)
      if isPlain, !a.isFortranOrder || a.shape.count < 2 {
        let x = old[a.start + place * a.size..<a.start + end * a.size]
        let y = new[b.start + place * b.size..<b.start + end * b.size]
        if x.elementsEqual(y) {
          place = end
          continue
        }
      }
      for item in place..<end { compareItem(item, (old, a), (new, b), &findings) }
      if findings.isCancelled() { throw CancellationError() }
      place = end
    }
  }

  /// A name, a number and kinds that can be the same value: text is never a number, a moment in days none in seconds.
  private static func areComparable(_ a: NumPyLayout.Field, _ b: NumPyLayout.Field) -> Bool {
    guard a.name == b.name, a.count == b.count else { return false }
    let isNumber = { (kind: NumPyItem.Kind) in
      [.bool, .signed, .unsigned, .float, .complex].contains(kind)
    }
    if isNumber(a.item.kind), isNumber(b.item.kind) { return true }
    return a.item.kind == b.item.kind
  }

  private func compareItem(
    _ item: Int, _ old: ([UInt8], NumPyLayout), _ new: ([UInt8], NumPyLayout),
    _ findings: inout Findings
  ) {
    let (a, b) = (old.1.offset(of: item), new.1.offset(of: item))
    for (field, other) in zip(old.1.fields, new.1.fields) {
      for repetition in 0..<field.count {
        let x = old.0.withUnsafeBytes {
          field.item.value($0, at: a + field.offset + repetition * field.item.size)
        }
        let y = new.0.withUnsafeBytes {
          other.item.value($0, at: b + other.offset + repetition * other.item.size)
        }
        Self.compare(x, y, &findings) {
          "\(Self.shown(old.1.index(of: item)))" + (field.name.isEmpty ? "" : ".\(field.name)")
            + (field.count > 1 ? "[\(repetition)]" : "")
        }
      }
    }
  }

  private static func compare(
    _ old: NumPyScalar, _ new: NumPyScalar, _ findings: inout Findings, at place: () -> String
  ) {
    switch (old, new) {
    case (.text(let a), .text(let b)): return findings.texts(a, b, at: place)
    case (.complex, _), (_, .complex):
      guard let a = old.complex, let b = new.complex else { break }
      return compareComplex(a, b, old, new, &findings, at: place)
    case (.float(let a), _): if let b = new.number { return findings.numbers(a, b, at: place) }
    case (_, .float(let b)): if let a = old.number { return findings.numbers(a, b, at: place) }
    default: break
    }
    guard old.whole != new.whole || old.whole == nil && old != new else { return }
    if let a = old.number, let b = new.number { findings.measure(a, b) }
    findings.add { "\(place()): \(old) became \(new)" }
  }

  /// NumPy measures how far two complex numbers are apart in the plane.
  private static func compareComplex(
    _ a: (Double, Double), _ b: (Double, Double), _ old: NumPyScalar, _ new: NumPyScalar,
    _ findings: inout Findings, at place: () -> String
  ) {
    let isNaN = { (number: (Double, Double)) in number.0.isNaN || number.1.isNaN }
    if a == b || isNaN(a) && isNaN(b) { return }
    let (x, y) = (b.0 - a.0, b.1 - a.1)
    let distance = (x * x + y * y).squareRoot()
    let size = (a.0 * a.0 + a.1 * a.1).squareRoot()
    findings.measure(size, size + distance)
    let tolerance = findings.tolerance
    guard !distance.isFinite || distance > tolerance.atol + tolerance.rtol * size else { return }
    findings.add { "\(place()): \(old) became \(new)" }
  }

  private static func shown(_ list: [Int]) -> String {
    "[" + list.map { "\($0)" }.joined(separator: ", ") + "]"
  }

  private static func types(_ layout: NumPyLayout) -> String {
    layout.fields.map { field in
      (field.name.isEmpty ? "" : "\(field.name): ") + field.item.name
        + (field.count > 1 ? " x \(field.count)" : "")
    }.joined(separator: ", ")
  }
}

extension NumPyScalar {
  fileprivate var number: Double? {
    switch self {
    case .signed(let value): Double(value)
    case .unsigned(let value): Double(value)
    case .float(let value): value
    case .complex, .text, .raw, .notATime: nil
    }
  }

  fileprivate var complex: (Double, Double)? {
    if case .complex(let real, let imaginary) = self { return (real, imaginary) }
    return number.map { ($0, 0) }
  }

  /// A whole number of either kind; nil for all else.
  fileprivate var whole: Whole? {
    switch self {
    case .signed(let value): Whole(isNegative: value < 0, magnitude: value.magnitude)
    case .unsigned(let value): Whole(isNegative: false, magnitude: value)
    case .float, .complex, .text, .raw, .notATime: nil
    }
  }

  fileprivate struct Whole: Equatable {
    var isNegative: Bool
    var magnitude: UInt64
  }
}
