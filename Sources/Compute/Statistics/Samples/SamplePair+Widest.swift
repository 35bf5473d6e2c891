extension SamplePair {
  /// Where two distribution functions are furthest apart, and what they are there.
  package struct Gap: Sendable, Hashable {
    package var value: Double
    /// Shares of the numbers that are at most the value.
    package var reference: Double
    package var current: Double

    package init(value: Double, reference: Double, current: Double) {
      self.value = value
      self.reference = reference
      self.current = current
    }
  }

  /// The first place of the largest difference, which is Kolmogorov and Smirnov's statistic; nil when a sample has no number.
  package var widestGap: Gap? {
    guard isComplete else { return nil }
    var most: Int128 = -1
    var place: Gap?
    forEachStep { step in
      let gap = gap(step)
      guard gap > most else { return }
      most = gap
      place = Gap(
        value: step.value, reference: Double(step.ends.reference) / Double(reference.count),
        current: Double(step.ends.current) / Double(current.count))
    }
    return place
  }
}
