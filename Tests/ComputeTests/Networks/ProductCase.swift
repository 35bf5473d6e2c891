import Compute
import Glibc
import Support

/// A product of random shape, of random numbers, and what a plain loop makes of it.
struct ProductCase {
  private var rows: Int
  private var columns: Int
  private var segments: Int
  private var length: Int
  private var step: Int
  private var segmentStep: Int
  private var places: PlaceBuffer
  private var left: FloatBuffer
  private var rightStep: Int
  private var right: FloatBuffer
  private var outStep: Int
  private var start: [Float]
  private var bias: FloatBuffer?
  private var adds: Bool
  private var rectifies: Bool

  /// The place of an element before that of the row and that of the column.
  private static let margin = 40

  init(_ random: inout SeededRandom, depth: ClosedRange<Int> = 0...300) {
    func number(_ range: ClosedRange<Int>) -> Int { range.randomElement(using: &random) ?? 0 }
    rows = number(1...70)
    columns = number(1...70)
    let isLong = random.chance(1, of: 2)
    segments = isLong ? 1 : number(1...7)
    length = number(depth) / segments
    step = number(-2...3)
    segmentStep = number(-5...90)
    let spread = number(0...200)
    places = PlaceBuffer(
      (0..<rows).map { _ in Int32(number(0...200)) + Int32(truncatingIfNeeded: spread) })
    // Room for the smallest and for the largest place.
    let reach = segments * 90 + length * 3 + 400
    left = FloatBuffer((0..<2 * reach + Self.margin).map { _ in Self.number(&random) })
    rightStep = columns + number(0...3)
    right = FloatBuffer((0..<segments * length * rightStep + 70).map { _ in Self.number(&random) })
    outStep = columns + number(0...5)
    start = (0..<rows * outStep).map { _ in Self.number(&random) }
    bias =
      random.chance(1, of: 2)
      ? FloatBuffer((0..<columns).map { _ in Self.number(&random) }) : nil
    adds = random.chance(1, of: 2)
    rectifies = random.chance(1, of: 3)
  }

  private static func number(_ random: inout SeededRandom) -> Float {
    if random.chance(1, of: 40) { return 0 }
    return Float.random(in: -2...2, using: &random)
  }

  /// The middle of the left matrix: places go both ways from it.
  private var origin: Int { left.count / 2 - 200 }

  /// One fused chain an element, in the order of the columns of the left.
  var expected: [UInt32] {
    var out = start
    for row in 0..<rows {
      for column in 0..<columns {
        let place = row * outStep + column
        var sum = bias?.start[column] ?? (adds ? out[place] : 0)
        for segment in 0..<segments {
          for index in 0..<length {
            let own = origin + Int(places.start[row]) + segment * segmentStep + index * step
            sum = fmaf(
              left.start[own], right.start[(segment * length + index) * rightStep + column], sum)
          }
        }
        out[place] = rectifies && sum < 0 ? 0 : sum
      }
    }
    return out.map(\.bitPattern)
  }

  /// - Parameter cuts: how many parts the rows, and the columns, are made in.
  func result(level: Int?, cuts: (rows: Int, columns: Int) = (1, 1)) -> [UInt32] {
    let out = FloatBuffer(start)
    for rows in Self.parts(rows, cuts.rows) {
      for columns in Self.parts(columns, cuts.columns) {
        let product = Product(
          left.start + origin, places: places.start + rows.lowerBound, rows: rows.count,
          segments: segments, segmentStep: segmentStep, length: length, step: step,
          right.start + columns.lowerBound, columns: columns.count,
          to: out.start + rows.lowerBound * outStep + columns.lowerBound
        ).within(rightStep: rightStep, outStep: outStep)
          .biased(bias.map { UnsafePointer($0.start) + columns.lowerBound }).adding(adds)
          .rectified(rectifies)
        if let level { product.run(level: level) } else { product.run() }
      }
    }
    return out.values.map(\.bitPattern)
  }

  private static func parts(_ count: Int, _ parts: Int) -> [Range<Int>] {
    (0..<parts).map { count * $0 / parts..<count * ($0 + 1) / parts }
  }
}

extension ProductCase: CustomStringConvertible {
  var description: String {
    "\(rows) x \(segments)·\(length) x \(columns), steps \(step) and \(segmentStep), "
      + "\(bias == nil ? "" : "biased ")\(adds ? "adds " : "")\(rectifies ? "rectifies" : "")"
  }
}
