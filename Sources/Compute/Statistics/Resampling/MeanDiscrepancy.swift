/// The maximum mean discrepancy of two samples of several columns, by a Gaussian kernel
/// e^(-d²/bandwidth) of the distance d between rows (A. Gretton and others, "A kernel two-sample
/// test", 2012).
///
/// The kernel of every two rows is kept: 4 bytes times the square of the rows of both samples. Take
/// a few thousand rows of larger ones.
package struct MeanDiscrepancy: Sendable {
  /// The unbiased estimate of the squared discrepancy, which may be below 0; NaN when a sample has
  /// fewer than two rows.
  package let squared: Double
  /// The median squared distance of two rows of either sample, or what was given instead; 1 when the
  /// median is 0.
  package let bandwidth: Double
  /// The kernel of row i and row j < i at i·(i - 1)/2 + j, the reference's rows first.
  private let kernel: [Float]
  private let rows: (reference: Int, current: Int)

  /// - Parameters:
  ///   - reference: a row for each row; as many columns as `current`, of like scales.
  ///   - bandwidth: more than 0; nil for the median.
  package init(reference: Matrix, current: Matrix, bandwidth: Double? = nil) {
    precondition(reference.columns == current.columns, "both samples have the same columns")
    let count = reference.rows + current.rows
    func number(_ row: Int, _ column: Int) -> Double {
      row < reference.rows ? reference[row, column] : current[row - reference.rows, column]
    }
    var distances: [Double] = []
    distances.reserveCapacity(count * max(0, count - 1) / 2)
    for i in 0..<count {
      for j in 0..<i {
        var square = 0.0
        for column in 0..<reference.columns {
          let difference = number(i, column) - number(j, column)
          square += difference * difference
        }
        distances.append(square)
      }
    }
    let width = bandwidth ?? Self.median(distances)
    self.bandwidth = width
    kernel = distances.map { Float(Elementary.exponential(-$0 / width)) }
    rows = (reference.rows, current.rows)
    squared = Self.estimate(kernel, Array(0..<count), reference: reference.rows)
  }

  private static func median(_ distances: [Double]) -> Double {
    let median = OrderedSample(sorting: distances).median
    return median > 0 ? median : 1
  }

  /// The chance of so large a discrepancy when both samples are of one distribution: the share of
  /// random partings of all rows that have it, one added on both sides of the ratio. NaN when a
  /// sample has fewer than two rows.
  package func p(permutations: Int = 200, seed: UInt64, pool: WorkerPool? = nil) -> Double {
    guard !squared.isNaN else { return .nan }
    let pool = pool ?? WorkerPool(threads: 1)
    let count = rows.reference + rows.current
    let partings = pool.map(permutations) { number in
      var stream = RandomStream(seed: seed, purpose: "permutation", index: UInt64(number))
      var order = Array(0..<count)
      stream.shuffle(&order)
      return Self.estimate(kernel, order, reference: rows.reference)
    }
    let far = partings.count { $0 >= squared }
    return Double(far + 1) / Double(permutations + 1)
  }

  /// The mean kernel within both samples less twice the mean between them.
  ///
  /// - Parameter order: row i is one of the reference's when `order[i]` is below `reference`.
  private static func estimate(_ kernel: [Float], _ order: [Int], reference: Int) -> Double {
    let n = Double(reference)
    let m = Double(order.count - reference)
    guard n > 1, m > 1 else { return .nan }
    // Of pairs with none, one and two rows of the reference's.
    var sums = (0.0, 0.0, 0.0)
    var place = 0
    for i in order.indices {
      var row = (0.0, 0.0)
      for j in 0..<i {
        if order[j] < reference {
          row.1 += Double(kernel[place])
        } else {
          row.0 += Double(kernel[place])
        }
        place += 1
      }
      if order[i] < reference {
        sums.1 += row.0
        sums.2 += row.1
      } else {
        sums.0 += row.0
        sums.1 += row.1
      }
    }
    return 2 * sums.2 / (n * (n - 1)) + 2 * sums.0 / (m * (m - 1)) - 2 * sums.1 / (n * m)
  }
}
