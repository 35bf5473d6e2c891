/// How many numbers are in each of some intervals of one width, and where a test drew its lines.
package struct Histogram: Sendable, Hashable {
  package var low: Double
  package var high: Double
  package var counts: [Int]
  /// Numbers that are left of and right of all intervals.
  package var left = 0
  package var right = 0
  package var marks: [Double]

  private static let intervals = 40

  /// One that is known.
  init(low: Double, high: Double, marks: [Double], counts: [Int], left: Int, right: Int) {
    (self.low, self.high, self.marks) = (low, high, marks)
    (self.counts, self.left, self.right) = (counts, left, right)
  }

  /// - Parameters:
  ///   - marks: two, ascending; the picture shows as much beyond them as lies between them, at most.
  ///   - forEachBlock: gives all numbers, none NaN, in whatever order; twice.
  init(
    marks: [Double],
    forEachBlock: (_ body: (UnsafeBufferPointer<Double>) -> Void) throws -> Void
  ) rethrows {
    var (least, greatest, count) = (Double.infinity, -Double.infinity, 0)
    try forEachBlock { values in
      count += values.count
      for value in values {
        least = min(least, value)
        greatest = max(greatest, value)
      }
    }
    self.marks = marks
    let room = (marks.last ?? 0) - (marks.first ?? 0)
    let low = max(least, (marks.first ?? least) - room)
    let high = min(greatest, (marks.last ?? greatest) + room)
    let scale = Double(Self.intervals) / (high - low)
    guard low.isFinite, high.isFinite, high > low, scale.isFinite, scale > 0 else {
      (self.low, self.high, counts) = (least, greatest, [count])
      return
    }
    (self.low, self.high) = (low, high)
    var (counts, left, right) = ([Int](repeating: 0, count: Self.intervals), 0, 0)
    try forEachBlock { values in
      for value in values {
        if value < low {
          left += 1
        } else if value > high {
          right += 1
        } else {
          // What is as large as the last edge is in the last interval.
          counts[min(Self.intervals - 1, Int((value - low) * scale))] += 1
        }
      }
    }
    (self.counts, self.left, self.right) = (counts, left, right)
  }
}
