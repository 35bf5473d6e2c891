extension DataTest.Kind {
  /// What of the ML Test Score it is evidence for.
  package var scoreItems: [ScoreItem] {
    switch self {
    case .type: [.schema]
    case .schema(_, _, let allowsOthers): allowsOthers ? [.schema] : [.schema, .requirements]
    case .inSet, .pattern, .foreignKey, .dateFormat: [.requirements]
    case .personalData: [.privacy]
    case .drift, .driftedShare, .rowChange: [.invariants]
    case .freshness: [.age, .staleness]
    case .split(.overlap), .split(.labelDrift), .split(.groupLeak), .split(.timeOrder),
      .split(.newCategories):
      [.skew]
    case .range, .length, .monotonic, .holds, .nulls, .mixedNulls, .mixedTypes, .unique, .statistic,
      .share, .varies, .outliers, .classBalance, .images, .nearImages, .duplicates, .rowCount,
      .columnCount,
      .correlation, .labelConflict, .leakScore, .split(.sizes), .split(.leakScore):
      []
    }
  }
}

extension ModelTest {
  /// What of the ML Test Score it is evidence for.
  package var scoreItems: [ScoreItem] {
    let sliced: [ScoreItem] = slices == nil ? [] : [.slices]
    switch kind {
    case .metric: return sliced
    case .baseline(.champion, _, _), .regression: return sliced + [.quality]
    case .baseline: return sliced + [.simpler]
    case .fairness: return [.inclusion]
    case .finite: return [.stable]
    case .skew: return [.skew]
    case .deterministic: return [.modelCode, .stable]
    case .invariance, .directional, .monotone, .overfitsOneBatch, .labelShuffle:
      return [.modelCode]
    case .minimumFunction: return [.debuggable]
    case .latency, .throughput, .size: return [.speed]
    case .staleness: return [.age]
    case .calibration, .overfit, .roundTrip, .crossValidation: return []
    }
  }
}
