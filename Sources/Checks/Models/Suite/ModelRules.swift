import Formats
import Platform

/// How far probabilities may be from what happens.
package struct CalibrationRule: Sendable, Hashable {
  package enum Measure: String, Sendable, Hashable, CaseIterable {
    /// Expected calibration error: the mean gap of the bins, by their rows.
    case ece
    /// The largest gap.
    case mce
    /// Of the line through what came true by logit probabilities; see ``Recalibration``.
    case slope = "calibration slope"
    case intercept = "calibration intercept"

    /// Whether rows are put in bins for it.
    package var isOfBins: Bool { self == .ece || self == .mce }
  }

  package var measure: Measure
  package var bins: Int
  /// Bins of as many rows each, and not of one width.
  package var usesQuantiles: Bool
  /// Of the likeliest class, and not of the positive one; always so with more than two classes.
  package var isTopLabel: Bool

  package init(
    _ measure: Measure, bins: Int = 10, usesQuantiles: Bool = false, isTopLabel: Bool = false
  ) {
    self.measure = measure
    self.bins = bins
    self.usesQuantiles = usesQuantiles
    self.isTopLabel = isTopLabel
  }
}

/// A difference between groups of people; the definitions are fairlearn's.
package struct FairnessRule: Sendable, Hashable {
  package enum Measure: String, Sendable, Hashable, CaseIterable {
    case demographicParityDifference = "demographic parity difference"
    case demographicParityRatio = "demographic parity ratio"
    case equalizedOddsDifference = "equalized odds difference"
    case equalizedOddsRatio = "equalized odds ratio"
    /// The gap between the shares of positive rows that are found.
    case equalOpportunityDifference = "equal opportunity difference"
    /// The gap between the shares of predicted positives that are right.
    case predictiveParityDifference = "predictive parity difference"
    case accuracyDifference = "accuracy difference"
    /// The largest expected calibration error of a group.
    case calibrationError = "calibration error"

    package var isRatio: Bool {
      self == .demographicParityRatio || self == .equalizedOddsRatio
    }
  }

  package var measure: Measure
  /// Groups are the combinations of their values.
  package var columns: [String]
  /// Groups with fewer rows are left out.
  package var support: Int

  package init(
    _ measure: Measure, columns: [String], support: Int = SliceRule.usualSupport
  ) {
    self.measure = measure
    self.columns = columns
    self.support = support
  }
}

/// Changes of the input that must not matter.
package struct InvarianceRule: Sendable, Hashable {
  package enum Perturbation: Sendable, Hashable {
    /// Normal noise of so many standard deviations of the column.
    case noise(Double)
    /// Numbers so many standard deviations higher.
    case shift(Double)
    /// Two neighbouring letters change places.
    case typo
    /// Upper case becomes lower, and lower upper.
    case flipCase
    /// Each of two values becomes the other.
    case swap(String, String)
  }

  package var perturbation: Perturbation
  package var columns: [String]
  /// The share of rows whose prediction may change.
  package var most: Double
  /// A number has changed when it differs by more than this share of it.
  package var tolerance: Double

  package static let usualMost = 0.01
  package static let usualTolerance = 0.05

  package init(
    _ perturbation: Perturbation, columns: [String], most: Double = usualMost,
    tolerance: Double = usualTolerance
  ) {
    self.perturbation = perturbation
    self.columns = columns
    self.most = most
    self.tolerance = tolerance
  }
}

/// Raising or lowering a column moves predictions one way.
package struct DirectionRule: Sendable, Hashable {
  package var column: String
  /// How much is added; nil: one standard deviation, down when `raises` is false.
  package var step: Double?
  package var raises: Bool
  /// Whether predictions must not get lower; else not higher.
  package var neverLowers: Bool
  package var tolerance: Double
  /// The share of rows that may do otherwise.
  package var most: Double

  package static let usualMost = 0.02

  package init(
    column: String, raises: Bool = true, step: Double? = nil, neverLowers: Bool,
    tolerance: Double = 0, most: Double = usualMost
  ) {
    self.column = column
    self.raises = raises
    self.step = step
    self.neverLowers = neverLowers
    self.tolerance = tolerance
    self.most = most
  }
}

/// Along a column's range predictions only rise, or only fall.
package struct MonotoneRule: Sendable, Hashable {
  package var column: String
  package var rises: Bool
  package var tolerance: Double

  /// Places on the range that are looked at.
  package static let steps = 20

  package init(column: String, rises: Bool, tolerance: Double = 0) {
    self.column = column
    self.rises = rises
    self.tolerance = tolerance
  }
}

/// One row and what the model must say to it.
package struct ModelCase: Sendable, Hashable {
  package enum Value: Sendable, Hashable {
    case number(Double)
    case text(String)
    case missing
  }

  package struct Input: Sendable, Hashable {
    package var column: String
    package var value: Value

    package init(_ column: String, _ value: Value) {
      self.column = column
      self.value = value
    }
  }

  package enum Expectation: Sendable, Hashable {
    /// A class, or a number that is met within ``ModelCase/tolerance``.
    case value(Value)
    /// Of the number, or of the positive class's probability.
    case bounds(Bounds)
  }

  package var inputs: [Input]
  package var expectation: Expectation
  package var tolerance: Double

  package init(_ inputs: [Input], expect expectation: Expectation, tolerance: Double = 1e-6) {
    self.inputs = inputs
    self.expectation = expectation
    self.tolerance = tolerance
  }
}

package struct LatencyRule: Sendable, Hashable {
  /// Of the batches' times, from 0 to 1.
  package var quantile: Double
  /// Rows that are asked at once.
  package var batch: Int

  package init(quantile: Double, batch: Int = 1) {
    self.quantile = quantile
    self.batch = batch
  }
}

/// `cv:` of a suite. What passes is `mean - factor * std` of the folds' metrics.
package struct CrossValidationRule: Sendable, Hashable {
  /// As `cv:` of an entry point has it; of nested folds the outer ones.
  package var plan: JSONValue
  /// Nil when no parameter is chosen.
  package var nested: NestedPlan?
  package var metric: ModelMetric
  package var factor: Double
  package var bounds: Bounds

  package init(
    _ plan: JSONValue, nested: NestedPlan? = nil, metric: ModelMetric, factor: Double = 1,
    bounds: Bounds
  ) {
    self.plan = plan
    self.nested = nested
    self.metric = metric
    self.factor = factor
    self.bounds = bounds
  }
}
