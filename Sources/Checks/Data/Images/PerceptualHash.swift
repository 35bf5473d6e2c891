import Formats
import Glibc

/// What a picture looks like in 64 bits, as `phash` of imagehash has it: the picture in grey at 32 x 32 pixels, its cosine
/// transform (DCT-II) in both directions, of that the 8 x 8 lowest frequencies, and of each whether it is above their median.
///
/// Copies of other sizes, qualities and shades differ in few bits, other pictures in about half of them.
struct PerceptualHash: Sendable, Hashable {
  /// The lowest frequencies first, row by row, from the highest bit.
  let bits: UInt64

  static let side = 32
  private static let low = 8

  init(_ picture: GreyPicture) {
    let pixels = picture.resized(to: Self.side)
    // First down the columns, then along the rows of frequencies.
    var columns = [Double](repeating: 0, count: Self.low * Self.side)
    for frequency in 0..<Self.low {
      for x in 0..<Self.side {
        var sum = 0.0
        for y in 0..<Self.side {
          sum += Double(pixels[y * Self.side + x]) * Self.basis[frequency * Self.side + y]
        }
        columns[frequency * Self.side + x] = 2 * sum
      }
    }
    var frequencies: [Double] = []
    for row in 0..<Self.low {
      for frequency in 0..<Self.low {
        var sum = 0.0
        for x in 0..<Self.side {
          sum += columns[row * Self.side + x] * Self.basis[frequency * Self.side + x]
        }
        // What is left of nothing by rounding is nothing: one shade is like another.
        frequencies.append(abs(sum) < 1e-6 ? 0 : 2 * sum)
      }
    }
    let sorted = frequencies.sorted()
    let median = (sorted[31] + sorted[32]) / 2
    bits = frequencies.reduce(0) { $0 << 1 | ($1 > median ? 1 : 0) }
  }

  init(bits: UInt64) { self.bits = bits }

  /// cos(π k (2n + 1) / 64), by k and n.
  private static let basis: [Double] = (0..<(low * side)).map { place in
    let (k, n) = (place / side, place % side)
    return Glibc.cos(Double.pi * Double(k * (2 * n + 1)) / Double(2 * side))
  }

  /// In how many bits two pictures differ.
  func distance(to other: PerceptualHash) -> Int { (bits ^ other.bits).nonzeroBitCount }
}
