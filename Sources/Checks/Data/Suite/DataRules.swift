/// What makes a number an outlier.
package enum OutlierRule: Sendable, Hashable {
  /// Outside of [Q1 - k IQR, Q3 + k IQR] (Tukey 1977).
  case iqr(k: Double)
  /// More than so many standard deviations from the mean.
  case z(Double)
  /// .6745 |x - median| / MAD is more than this (Iglewicz and Hoaglin 1993).
  case mad(Double)
}

package enum CorrelationKind: String, Sendable, Hashable, CaseIterable {
  case pearson, spearman
  /// Of two categories: Cramér's V.
  case cramer
  /// Of a category and a number: the correlation ratio.
  case eta
  /// The one that fits the two columns: Pearson's, Cramér's V or the correlation ratio.
  case auto
}

package enum PersonalDataKind: String, Sendable, Hashable, CaseIterable {
  case email, phone, card
  /// A Korean resident registration number, with its check digit.
  case residentNumber = "resident-number"
}

/// How the distributions of a column and of its reference are compared.
package enum DriftMethod: String, Sendable, Hashable, CaseIterable {
  case psi, ks, chi2, js, wasserstein, linf, tvd, hellinger, energy
  case cramerVonMises = "cramer-von-mises"
  case mannWhitney = "mann-whitney"
  case t, z
  /// By the size of the reference and what the column holds, as Evidently chooses.
  case auto

  /// Whether the limit is one of a p-value, below which there is drift, and not of a distance.
  package var isPValue: Bool {
    switch self {
    case .ks, .chi2, .cramerVonMises, .mannWhitney, .t, .z: true
    case .psi, .js, .wasserstein, .linf, .tvd, .hellinger, .energy, .auto: false
    }
  }
}

/// How p-values of several columns are corrected.
package enum Correction: String, Sendable, Hashable, CaseIterable {
  /// Benjamini and Hochberg (1995).
  case bh
  case bonferroni
  case none
}

package struct ImageRule: Sendable, Hashable {
  package var width: Bounds?
  package var height: Bounds?
  package var channels: Bounds?
  /// Mean brightness, 0 to 255.
  package var brightness: Bounds?
  /// The share of exact copies.
  package var maxDuplicates: Double?

  package init(
    width: Bounds? = nil, height: Bounds? = nil, channels: Bounds? = nil,
    brightness: Bounds? = nil, maxDuplicates: Double? = nil
  ) {
    self.width = width
    self.height = height
    self.channels = channels
    self.brightness = brightness
    self.maxDuplicates = maxDuplicates
  }
}

/// A test of a training table and a test table.
package enum SplitTest: Sendable, Hashable {
  /// The share of test rows that are in the training table too, by these columns; empty: by all.
  case overlap(columns: [String], max: Double)
  case groupLeak(column: String)
  /// All times of the test table are later than those of the training table.
  case timeOrder(column: String)
  case labelDrift(DriftMethod, label: String, limit: Double)
  /// Values of the test table that the training table does not have; nil: of all categories.
  case newCategories(column: String?)
  case sizes(minRows: Int, minShare: Double)
  /// The best that one feature by itself tells of the label stays below this.
  case leakScore(label: String, max: Double)
}
