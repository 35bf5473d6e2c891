import Compute
import Platform

/// How far a column's distribution is from that of the reference.
struct DriftMeasure: Sendable {
  var method: DriftMethod
  /// What is compared with the limit: a distance, or a p-value.
  var value: Double
  /// The statistic behind a p-value.
  var statistic: Double?
  var detail: OutcomeDetail?

  /// Below it (a p-value), or from it on (a distance), there is drift.
  var usualLimit: Double {
    switch method {
    case .ks, .chi2, .cramerVonMises, .mannWhitney, .t, .z: 0.05
    case .psi, .js, .wasserstein, .linf, .tvd, .hellinger, .energy, .auto: 0.1
    }
  }

  func drifts(_ limit: Double?) -> Bool {
    method.isPValue ? value < limit ?? usualLimit : value >= limit ?? usualLimit
  }

  // MARK: Numbers

  /// Of numbers; nil when one has none, or the method is not one for numbers.
  static func of(
    _ method: DriftMethod, reference: ValuesScan, current: ValuesScan
  ) throws -> DriftMeasure? {
    let sample = try reference.sample()
    guard method == .psi else {
      return of(method, SamplePair(reference: sample, current: try current.sample()))
    }
    guard reference.count > 0, current.count > 0 else { return nil }
    // The data need not be sorted to be counted.
    let bins = Bins.quantiles(of: sample, count: 10)
    return ofTenths(
      bins,
      ShareComparison(reference: bins.counts(of: sample), current: try current.counts(in: bins)))
  }

  private static func ofTenths(_ bins: Bins, _ tenths: ShareComparison) -> DriftMeasure? {
    let value = tenths.stabilityIndex()
    guard !value.isNaN else { return nil }
    return DriftMeasure(method: .psi, value: value, detail: self.tenths(bins, tenths))
  }

  /// Of numbers; nil when one has none, or the method is not one for numbers.
  static func of(_ method: DriftMethod, _ pair: SamplePair) -> DriftMeasure? {
    guard pair.isComplete else { return nil }
    let bins = Bins.quantiles(of: pair.reference, count: 10)
    let tenths = ShareComparison(pair, in: bins)
    var parts: ShareComparison {
      ShareComparison(pair, in: .equalWidth(over: pair, count: 30))
    }
    let method = method == .auto ? choice(pair.reference) : method
    let value: Double
    var statistic: Double?
    switch method {
    case .psi: return ofTenths(bins, tenths)
    case .ks: (value, statistic) = HypothesisTest.kolmogorovSmirnov(pair).parts
    case .js:
      // Evidently's bins: few values are categories.
      guard max(pair.reference.distinctCount, pair.current.distinctCount) > 20 else {
        let (names, counts, others) = counted(pair)
        return of(method, names: names, reference: counts, current: others)
      }
      value = ShareComparison(pair, in: .sturges(over: pair)).jensenShannon()
    case .wasserstein: value = pair.normedWasserstein
    case .energy: value = pair.energy
    case .cramerVonMises: (value, statistic) = HypothesisTest.cramerVonMises(pair).parts
    case .mannWhitney: (value, statistic) = HypothesisTest.mannWhitney(pair).parts
    case .t:
      (value, statistic) = HypothesisTest.welch(pair.reference.moments, pair.current.moments).parts
    case .linf: value = parts.largestDifference
    case .tvd: value = parts.totalVariation
    case .hellinger: value = parts.hellinger
    case .chi2, .z, .auto:
      let (names, counts, others) = counted(pair)
      return of(method, names: names, reference: counts, current: others)
    }
    guard !value.isNaN else { return nil }
    return DriftMeasure(
      method: method, value: value, statistic: statistic,
      detail: picture(method, pair, bins, tenths))
  }

  /// By the size of the reference, and by how many values it has.
  private static func choice(_ reference: OrderedSample) -> DriftMethod {
    let distinct = reference.distinctCount
    if reference.count <= 1000 { return distinct > 5 ? .ks : distinct == 2 ? .z : .chi2 }
    return distinct > 5 ? .wasserstein : .js
  }

  private static func counted(_ pair: SamplePair) -> (names: [String], [Int], [Int]) {
    var counts: [Double: (Int, Int)] = [:]
    for value in pair.reference.values { counts[value, default: (0, 0)].0 += 1 }
    for value in pair.current.values { counts[value, default: (0, 0)].1 += 1 }
    let sorted = counts.sorted { $0.key < $1.key }
    return (sorted.map { PlainValue.text($0.key) }, sorted.map(\.value.0), sorted.map(\.value.1))
  }

  // MARK: Categories

  /// Of categories by their counts, which stand beside each other.
  static func of(
    _ method: DriftMethod, names: [String], reference: [Int], current: [Int]
  ) -> DriftMeasure? {
    let (before, after) = (reference.reduce(0, +), current.reduce(0, +))
    guard before > 0, after > 0 else { return nil }
    var method = method
    if method == .auto {
      let distinct = reference.count { $0 > 0 }
      method = before <= 1000 ? (distinct == 2 && names.count == 2 ? .z : .chi2) : .js
    }
    let shares = ShareComparison(reference: reference, current: current)
    let value: Double
    var statistic: Double?
    switch method {
    case .psi: value = shares.stabilityIndex()
    case .chi2: (value, statistic) = shares.chiSquared.parts
    case .z:
      guard names.count == 2 else { return nil }
      (value, statistic) =
        HypothesisTest.proportions(reference[0], of: before, current[0], of: after).parts
    case .js: value = shares.jensenShannon()
    case .linf: value = shares.largestDifference
    case .tvd: value = shares.totalVariation
    case .hellinger: value = shares.hellinger
    case .ks, .wasserstein, .energy, .cramerVonMises, .mannWhitney, .t, .auto: return nil
    }
    guard !value.isNaN else { return nil }
    return DriftMeasure(
      method: method, value: value, statistic: statistic,
      detail: .bins(
        names: names, reference: reference.map { Double($0) / Double(before) },
        current: current.map { Double($0) / Double(after) }))
  }

  /// The same for counts of values as scans have them.
  static func of(
    _ method: DriftMethod, counts reference: [(value: String, count: Int)],
    _ current: [(value: String, count: Int)]
  ) -> DriftMeasure? {
    let before = Dictionary(reference.map { ($0.value, $0.count) }, uniquingKeysWith: +)
    let after = Dictionary(current.map { ($0.value, $0.count) }, uniquingKeysWith: +)
    let names = Set(before.keys).union(after.keys).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    return of(
      method, names: names, reference: names.map { before[$0] ?? 0 },
      current: names.map { after[$0] ?? 0 })
  }
}

extension HypothesisTest {
  fileprivate var parts: (Double, Double?) { (p, statistic) }
}
