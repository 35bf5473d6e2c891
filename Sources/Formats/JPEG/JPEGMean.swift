import Glibc

/// The mean of a component's samples, as they are when they are decoded: rounded and cut to 0...255.
struct JPEGMean {
  /// cos((2x + 1) u π / 16) · C(u) / 2, by u and x (ITU-T T.81, section A.3.3).
  static let basis: [Float] = (0..<64).map { place in
    let (u, x) = (place / 8, place % 8)
    let scale = u == 0 ? 0.5.squareRoot() : 1
    return Float(Glibc.cos(Double((2 * x + 1) * u) * .pi / 16) * scale / 2)
  }

  /// - Parameter quantization: sixty-four, in the order of frequencies' rows.
  static func of(_ component: JPEGFrame.Component, quantization: [UInt16]) -> Double {
    var sum = 0
    var block = [Float](repeating: 0, count: 64)
    for y in 0..<(component.height + 7) / 8 {
      let rows = min(8, component.height - 8 * y)
      for x in 0..<(component.width + 7) / 8 {
        let columns = min(8, component.width - 8 * x)
        let start = (y * component.blocksAcross + x) * 64
        var isFlat = true
        for place in 0..<64 {
          let value = component.coefficients[start + place]
          block[place] = Float(value) * Float(quantization[place])
          if place > 0, value != 0 { isFlat = false }
        }
        if isFlat {
          sum += sample(block[0] / 8) * rows * columns
        } else {
          sum += Self.sum(block, rows: rows, columns: columns)
        }
      }
    }
    return Double(sum) / Double(component.width * component.height)
  }

  static func sample(_ value: Float) -> Int {
    Int(max(0, min(255, (value + 128).rounded())))
  }

  private static func sum(_ block: [Float], rows: Int, columns: Int) -> Int {
    // First along the rows of frequencies, then down.
    var lines = [Float](repeating: 0, count: 64)
    for v in 0..<8 {
      for x in 0..<8 {
        var value: Float = 0
        for u in 0..<8 { value += block[v * 8 + u] * basis[u * 8 + x] }
        lines[v * 8 + x] = value
      }
    }
    var sum = 0
    for y in 0..<rows {
      for x in 0..<columns {
        var value: Float = 0
        for v in 0..<8 { value += lines[v * 8 + x] * basis[v * 8 + y] }
        sum += sample(value)
      }
    }
    return sum
  }
}
