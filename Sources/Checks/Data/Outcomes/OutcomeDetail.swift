import Compute

/// What a report draws beside a test.
package enum OutcomeDetail: Sendable, Hashable {
  /// Shares of the reference and of the data that have each of some values.
  case bins(names: [String], reference: [Double], current: [Double])
  /// The same in intervals: one more than there are edges between them, which are in ascending order.
  case tenths(edges: [Double], reference: [Double], current: [Double])
  /// Points of the distribution functions of both, from left to right, and where they are furthest apart.
  case distribution(
    xs: [Double], reference: [Double], current: [Double], gap: SamplePair.Gap)
  case histogram(Histogram)
  /// Named numbers.
  case numbers([String], [Double])
  /// How often predictions of a confidence came true.
  case reliability([ReliabilityPoint])
  /// A metric of parts of the rows, and of all of them.
  case slices([SliceRow], overall: Double)
  /// Rates of groups: for each name a bar of each group.
  case groups([String], rates: [GroupRate])

  package struct ReliabilityPoint: Sendable, Hashable {
    /// Means of a bin.
    package var confidence: Double
    package var accuracy: Double
    package var count: Int

    package init(confidence: Double, accuracy: Double, count: Int) {
      self.confidence = confidence
      self.accuracy = accuracy
      self.count = count
    }
  }

  package struct SliceRow: Sendable, Hashable {
    package var name: String
    package var count: Int
    /// Nil when it has too few rows, or the metric is not defined for them.
    package var value: Double?
    /// Of 95% confidence.
    package var interval: ClosedRange<Double>?
    package var passes: Bool

    package init(
      name: String, count: Int, value: Double?, interval: ClosedRange<Double>? = nil, passes: Bool
    ) {
      self.name = name
      self.count = count
      self.value = value
      self.interval = interval
      self.passes = passes
    }
  }

  package struct GroupRate: Sendable, Hashable {
    /// Such as `selected`, `true positive rate`.
    package var name: String
    /// One for each group.
    package var values: [Double]

    package init(_ name: String, _ values: [Double]) {
      self.name = name
      self.values = values
    }
  }
}
