extension SamplePair {
  /// Kolmogorov's and Smirnov's D: the largest distance of the distribution functions. NaN when a
  /// sample is empty.
  package var kolmogorovSmirnov: Double {
    isComplete ? largestGap.nearest / product : .nan
  }

  /// D·n1·n2, a whole number.
  var largestGap: Int128 {
    var largest: Int128 = 0
    forEachStep { largest = max(largest, gap($0)) }
    return largest
  }

  /// Wasserstein's distance of the first order: ∫ |F1 - F2| dx, in the unit of the numbers. NaN when
  /// a sample is empty; infinite when the functions differ all the way to an infinity.
  package var wasserstein: Double { integral { $0 } }

  /// Wasserstein's distance over the reference's standard deviation (of n, not n - 1), which is at
  /// least 0.001: Evidently's `wasserstein`.
  package var normedWasserstein: Double {
    wasserstein / max(reference.moments.deviation(freedomsLost: 0), 0.001)
  }

  /// Szekely's energy distance √(2·∫ (F1 - F2)² dx), as scipy defines it. NaN when a sample is
  /// empty; infinite when the functions differ all the way to an infinity.
  package var energy: Double { (2 * integral { $0 * $0 }).squareRoot() }

  /// The integral over all numbers of a function of the distance between the distribution functions,
  /// which is 0 for 0.
  private func integral(_ weight: (Double) -> Double) -> Double {
    guard isComplete else { return .nan }
    let product = product
    var sum = ExactSum()
    var before: (value: Double, gap: Int128)?
    forEachStep { step in
      if let before, before.gap > 0 {
        let weight = weight(before.gap.nearest / product)
        let width = step.value - before.value
        if width.isFinite || !step.value.isFinite || !before.value.isFinite {
          sum.add(weight * width)
        } else {
          // A width beyond all doubles.
          sum.add(weight * (step.value / 2))
          sum.add(weight * (step.value / 2))
          sum.add(weight * (-before.value / 2))
          sum.add(weight * (-before.value / 2))
        }
      }
      before = (step.value, gap(step))
    }
    return sum.value
  }

  /// Cramér's and von Mises' two-sample T with mean ranks for ties (T. W. Anderson, 1962), as scipy
  /// defines it. NaN when a sample is empty.
  package var cramerVonMises: Double {
    guard isComplete else { return .nan }
    let pairs = LongInteger(reference.count) * LongInteger(current.count)
    let all = LongInteger(reference.count + current.count)
    // T = U/(n1·n2·n) - (4·n1·n2 - 1)/(6·n), where U is given in quarters.
    let above =
      rankDistances * LongInteger(6) - pairs * (pairs * LongInteger(16) - LongInteger(4))
    return above.ratio(over: pairs * all * LongInteger(24))
  }

  /// 4·U, for U = n1·Σ (rank - i)² + n2·Σ (rank - j)² over the numbers of the two samples.
  var rankDistances: LongInteger {
    var (first, second) = (Int128(0), Int128(0))
    forEachStep { step in
      let (a, b) = (Int128(step.counts.reference), Int128(step.counts.current))
      let (i, j) = (Int128(step.ends.reference) - a, Int128(step.ends.current) - b)
      // Twice the mean rank less twice the place, for the places 1...a.
      first += Self.squares(from: 2 * j + a + b + 1, count: a)
      second += Self.squares(from: 2 * i + a + b + 1, count: b)
    }
    return LongInteger(reference.count) * LongInteger(first)
      + LongInteger(current.count) * LongInteger(second)
  }

  /// Σ (c - 2k)² over k = 1...n.
  private static func squares(from c: Int128, count n: Int128) -> Int128 {
    // n·c² - 2c·n(n + 1) + 4·n(n + 1)(2n + 1)/6
    n * c * c - 2 * c * n * (n + 1) + 2 * n * (n + 1) * (2 * n + 1) / 3
  }
}
