extension OrderedSample {
  /// The number below which a share `q` of all lies, between two of them in proportion: R's type 7,
  /// numpy's `linear`.
  ///
  /// Between infinities of both signs it is NaN, as it is for no numbers and for q outside of 0...1.
  package func quantile(_ q: Double) -> Double {
    QuantilePlace(share: q, count: count).map(value) ?? .nan
  }

  /// The quantile `part` / `parts`, at a place without rounding.
  ///
  /// - Parameter part: in 0...parts.
  package func quantile(_ part: Int, of parts: Int) -> Double {
    precondition(parts > 0 && part >= 0 && part <= parts, "a quantile is in 0...1")
    guard count > 0 else { return .nan }
    let (whole, rest) = ((count - 1) * part).quotientAndRemainder(dividingBy: parts)
    return value(QuantilePlace(whole: whole, share: Double(rest) / Double(parts)))
  }

  /// The middle number, or the mean of the two; NaN for no numbers.
  package var median: Double {
    guard count > 0 else { return .nan }
    let (low, high) = QuantilePlace.middle(count)
    return QuantilePlace.mean(self[low], self[high])
  }

  /// The median distance from the median, not scaled; NaN for no numbers or an infinite median.
  ///
  /// Distances to both sides are ascending already, so that the middle one is found by bisection.
  package var medianAbsoluteDeviation: Double {
    let median = median
    guard median.isFinite else { return .nan }
    let (low, high) = QuantilePlace.middle(count)
    return QuantilePlace.mean(distance(low, from: median), distance(high, from: median))
  }

  /// The distance at a place among all distances from a number, in their order.
  private func distance(_ place: Int, from center: Double) -> Double {
    // Distances are not negative, and such doubles are ordered as their bits are.
    var (low, high) = (0 as UInt64, Double.infinity.bitPattern)
    while low < high {
      let middle = (low + high) / 2
      if count(within: Double(bitPattern: middle), of: center) > place {
        high = middle
      } else {
        low = middle + 1
      }
    }
    return Double(bitPattern: low)
  }

  /// How many numbers are no further from a center than a distance, as subtraction rounds it.
  private func count(within distance: Double, of center: Double) -> Int {
    // |x - center|, rounded, grows with the distance on either side.
    let first = firstIndex { center - values[$0] <= distance }
    let last = firstIndex { values[$0] - center > distance }
    return max(0, end(last) - end(first))
  }

  private func firstIndex(_ holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private func value(_ place: QuantilePlace) -> Double {
    place.value(self[place.whole], self[min(place.whole + 1, count - 1)])
  }
}
