import Support
import Testing

/// Compares gradients with slopes that are measured.
struct FiniteDifferences {
  /// At most so many numbers of a tensor are tried.
  var most = 24
  private(set) var compared = 0
  /// Where the slope is another one on the other side.
  private(set) var kinks = 0

  /// - Parameters:
  ///   - gradient: what is to be the slope, number by number.
  ///   - value: the function, when the number at a place is moved by something.
  mutating func compare(
    _ gradient: [Float], named name: String, _ value: (_ place: Int, _ by: Double) -> Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var random = SeededRandom(seed: 17)
    let places =
      gradient.count <= most
      ? Array(gradient.indices)
      : (0..<most).map { _ in gradient.indices.randomElement(using: &random) ?? 0 }
    let step = 1e-5
    let middle = value(0, 0)
    let slopes = places.map { place in
      let (up, down) = (value(place, step), value(place, -step))
      return (
        both: (up - down) / (2 * step), up: (up - middle) / step, down: (middle - down) / step
      )
    }
    let scale = slopes.reduce(0) { $0 + abs($1.both) } / Double(max(1, slopes.count))
    for (place, slope) in zip(places, slopes) {
      guard abs(slope.up - slope.down) <= 1e-2 * max(scale, abs(slope.both)) + 1e-4 else {
        kinks += 1
        continue
      }
      compared += 1
      let error = abs(Double(gradient[place]) - slope.both)
      #expect(
        error <= 1e-4 * max(scale, abs(slope.both)) + 1e-6,
        "\(name)[\(place)] is \(gradient[place]), its slope \(slope.both)",
        sourceLocation: sourceLocation)
    }
  }
}
