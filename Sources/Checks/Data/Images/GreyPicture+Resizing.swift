import Formats
import Glibc

extension GreyPicture {
  /// The picture as a square, by Lanczos' window of three lobes, as Pillow computes it: along the rows first, with whole
  /// numbers of 22 bits behind the point, and each pixel rounded to a byte in between.
  func resized(to side: Int) -> [UInt8] {
    let across = Weights(from: width, to: side)
    let down = Weights(from: height, to: side)
    var rows = [UInt8](repeating: 0, count: side * height)
    pixels.withUnsafeBufferPointer { pixels in
      for y in 0..<height {
        for x in 0..<side {
          let first = y * width + across.starts[x]
          rows[y * side + x] = across.sum(x) { Int(pixels[first + $0]) }
        }
      }
    }
    var square = [UInt8](repeating: 0, count: side * side)
    rows.withUnsafeBufferPointer { rows in
      for y in 0..<side {
        for x in 0..<side {
          let first = down.starts[y] * side + x
          square[y * side + x] = down.sum(y) { Int(rows[first + $0 * side]) }
        }
      }
    }
    return square
  }

  /// What each pixel of the new size takes of those of the old one.
  private struct Weights {
    private(set) var starts: [Int] = []
    private var weights: [[Int]] = []

    init(from size: Int, to side: Int) {
      let scale = Double(size) / Double(side)
      let stretch = max(1, scale)
      let support = 3 * stretch
      for place in 0..<side {
        let center = (Double(place) + 0.5) * scale
        let start = max(0, Int(center - support + 0.5))
        let end = min(size, Int(center + support + 0.5))
        let own = (start..<max(start + 1, end)).map {
          Self.lanczos((Double($0) - center + 0.5) / stretch)
        }
        let sum = own.reduce(0, +)
        starts.append(min(start, size - 1))
        weights.append(
          own.map { weight in
            let scaled = weight / sum * Double(1 << 22)
            return scaled.isFinite ? Int(scaled.rounded(.toNearestOrAwayFromZero)) : 0
          })
      }
    }

    @inline(__always)
    func sum(_ place: Int, _ pixel: (Int) -> Int) -> UInt8 {
      var sum = 1 << 21
      let own = weights[place]
      for offset in own.indices { sum += pixel(offset) * own[offset] }
      return UInt8(max(0, min(255, sum >> 22)))
    }

    private static func lanczos(_ x: Double) -> Double {
      guard x > -3, x < 3 else { return 0 }
      return sinc(x) * sinc(x / 3)
    }

    private static func sinc(_ x: Double) -> Double {
      x == 0 ? 1 : Glibc.sin(x * .pi) / (x * .pi)
    }
  }
}
