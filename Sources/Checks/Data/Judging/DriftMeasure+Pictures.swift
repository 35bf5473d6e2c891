import Compute

extension DriftMeasure {
  /// What a report draws of two samples: the functions that the method compares, or shares in the reference's tenths.
  static func picture(
    _ method: DriftMethod, _ pair: SamplePair, _ bins: Bins, _ counts: ShareComparison
  ) -> OutcomeDetail {
    switch method {
    case .ks, .cramerVonMises, .wasserstein, .energy, .mannWhitney:
      functions(pair) ?? tenths(bins, counts)
    default: tenths(bins, counts)
    }
  }

  static func tenths(_ bins: Bins, _ counts: ShareComparison) -> OutcomeDetail {
    let shares = [counts.reference, counts.current].map { counts in
      counts.map { Double($0) / Double(max(1, counts.reduce(0, +))) }
    }
    return .tenths(edges: bins.edges, reference: shares[0], current: shares[1])
  }

  /// Points of both distribution functions, without the last half of a percent of either end.
  private static func functions(_ pair: SamplePair) -> OutcomeDetail? {
    let samples = [pair.reference, pair.current]
    guard let low = samples.map({ $0.quantile(1, of: 200) }).min(),
      let high = samples.map({ $0.quantile(199, of: 200) }).max(), low.isFinite, high.isFinite,
      low < high, let gap = pair.widestGap
    else { return nil }
    let shares = samples.flatMap { sample in (0...60).map { sample.quantile($0, of: 60) } }
    let inner = (shares + [gap.value]).filter { $0 > low && $0 < high }.sorted()
    var xs = [low]
    for x in inner where x > xs[xs.count - 1] { xs.append(x) }
    xs.append(high)
    func function(_ sample: OrderedSample) -> [Double] {
      xs.map { Double(sample.count(upTo: $0)) / Double(sample.count) }
    }
    return .distribution(
      xs: xs, reference: function(pair.reference), current: function(pair.current), gap: gap)
  }
}
