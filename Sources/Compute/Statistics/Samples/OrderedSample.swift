/// Numbers in ascending order, each once or with a count: what order statistics and distances
/// between distributions are read from.
///
/// Results depend on the numbers only, not on how they are spread over values and counts.
package struct OrderedSample: Sendable {
  /// In ascending order; none is NaN.
  package let values: [Double]
  /// Where the values end when each is repeated by its count: for value i, its own count and those
  /// of all before it. Nil when each counts once.
  private let ends: [Int]?

  /// - Parameter values: in ascending order, none NaN; infinities are allowed.
  package init(ascending values: [Double]) {
    self.values = values
    ends = nil
  }

  /// Values with how often each occurs.
  ///
  /// - Parameters:
  ///   - values: in ascending order, none NaN; equal ones may follow each other.
  ///   - counts: one for each value, at least 0.
  package init(ascending values: [Double], counts: [Int]) {
    precondition(values.count == counts.count, "a count for each value")
    let kept = counts.indices.filter { counts[$0] > 0 }
    self.values = kept.count == values.count ? values : kept.map { values[$0] }
    var end = 0
    ends = kept.map { place in
      end += counts[place]
      return end
    }
  }

  /// Sorts numbers; NaN is left out.
  package init(sorting numbers: [Double]) {
    var kept = numbers.contains { $0.isNaN } ? numbers.filter { !$0.isNaN } : numbers
    kept.withUnsafeMutableBufferPointer { RadixSort.sort($0) }
    self.init(ascending: kept)
  }

  /// How many numbers there are, with repetitions.
  package var count: Int { ends.map { $0.last ?? 0 } ?? values.count }

  /// The number at a place, counted from 0 with repetitions.
  package subscript(_ place: Int) -> Double {
    guard let ends else { return values[place] }
    return values[firstIndex(in: ends.indices) { ends[$0] > place }]
  }

  /// How many numbers are at most x.
  package func count(upTo x: Double) -> Int {
    end(firstIndex(in: values.indices) { values[$0] > x })
  }

  /// How many numbers are less than x.
  package func count(below x: Double) -> Int {
    end(firstIndex(in: values.indices) { values[$0] >= x })
  }

  /// How many different numbers there are.
  package var distinctCount: Int {
    var distinct = 0
    for place in values.indices where place == 0 || values[place] != values[place - 1] {
      distinct += 1
    }
    return distinct
  }

  /// The sum and the sum of squares.
  package var moments: Moments {
    var moments = Moments()
    if ends == nil {
      values.withUnsafeBufferPointer { moments.add(contentsOf: $0) }
    } else {
      for place in values.indices {
        moments.add(values[place], times: end(place + 1) - end(place))
      }
    }
    return moments
  }

  /// How many numbers the first `index` values stand for.
  @inline(__always)
  func end(_ index: Int) -> Int {
    guard let ends else { return index }
    return index == 0 ? 0 : ends[index - 1]
  }

  /// The first index for which a condition holds that holds from there on; the end if for none.
  private func firstIndex(in range: Range<Int>, _ holds: (Int) -> Bool) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
