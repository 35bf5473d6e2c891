extension DataTest {
  /// What has to be known of the table to judge the test. Sets that stand elsewhere have been read by then.
  ///
  /// - Parameters:
  ///   - names: the table's columns.
  ///   - types: as they are declared.
  func requests(
    names: [String], types: [String: ColumnType], sets: [TestSet: ResolvedSet]
  ) -> [ScanRequest] {
    let own: [ScanRequest.Kind]
    let name = column ?? ""
    switch kind {
    case .nulls, .mixedNulls, .mixedTypes: own = [.census(name)]
    case .unique: own = [.duplicates([name])]
    case .statistic(let statistic, _): own = [statistic.request(name)]
    case .varies, .classBalance, .share: own = [.counts(name)]
    case .outliers(let rule, _):
      own = if case .z = rule { [.values(name), .moments(name)] } else { [.values(name)] }
    case .freshness: own = [.latest(name, format: types[name]?.timeFormat)]
    case .personalData: own = [.personal(name)]
    case .duplicates(let columns, _): own = [.duplicates(columns.isEmpty ? names : columns)]
    case .correlation(let kind, _, _, let columns):
      own = CorrelationPairs(kind, columns.isEmpty ? names : columns, types).requests
    case .labelConflict(let label, _):
      own = [.labels(names.filter { $0 != label }, label)]
    case .leakScore: own = names.map { .cells($0, as: types[$0]) }
    case .monotonic(let isStrict, let isDescending):
      own = [.order(name, isStrict: isStrict, isDescending: isDescending, by: group)]
    case .drift: own = DriftColumn(name, types[name]).requests
    case .schema, .rowCount, .rowChange, .columnCount, .driftedShare, .images, .nearImages,
      .split:
      own = []
    case .type, .range, .inSet, .pattern, .length, .dateFormat, .holds, .foreignKey:
      guard let test = rowTest(sets: sets) else { return [] }
      own = [.rows(test)]
      // Cells that are no numbers fail a test of numbers too.
      if test.column != nil {
        return (own + [.census(name)]).map { ScanRequest($0, where: filter) }
      }
    }
    return own.map { ScanRequest($0, where: filter) }
  }

  /// The test of single rows; nil when it is none.
  func rowTest(sets: [TestSet: ResolvedSet]) -> RowTest? {
    let name = column ?? ""
    switch kind {
    case .type(let type): return .type(name, type)
    case .range(let bounds): return .range(name, bounds)
    case .inSet(let set, let isNegated):
      return sets[TestSet(set)].map { .inSet(name, $0, isNegated: isNegated) }
    case .foreignKey(let table, let column):
      return sets[TestSet(.column(table, column))].map { .inSet(name, $0, isNegated: false) }
    case .pattern(let text): return .pattern(name, text)
    case .length(let bounds): return .length(name, bounds)
    case .dateFormat(let format): return .dateFormat(name, format)
    case .holds(let expression): return .holds(expression)
    default: return nil
    }
  }

  /// The columns of the table that it needs.
  var neededColumns: [String] {
    var needed = column.map { [$0] } ?? []
    switch kind {
    case .holds(let expression): needed += expression.columns
    case .duplicates(let columns, _), .correlation(_, _, _, let columns): needed += columns
    case .labelConflict(let label, _), .leakScore(let label, _): needed.append(label)
    default: break
    }
    if let group { needed.append(group) }
    if let filter { needed += filter.columns }
    return needed
  }
}

/// A set of values that a test names, without the place where it names it.
struct TestSet: Sendable, Hashable {
  private let set: ValueSet

  init(_ set: ValueSet) { self.set = set }
}

extension Statistic {
  func request(_ column: String) -> ScanRequest.Kind {
    switch self {
    case .mean, .std, .min, .max, .sum: .moments(column)
    case .median, .quantile: .values(column)
    case .distinct, .entropy: .counts(column)
    }
  }
}

extension ColumnType {
  /// The format that its times are read by; nil: ISO 8601.
  var timeFormat: String? {
    switch self {
    case .dateTime(let format): format
    default: nil
    }
  }
}
