/// A test that says of each row by itself whether it passes.
enum RowTest: Sendable, Hashable {
  case type(String, ColumnType)
  case range(String, Bounds)
  case inSet(String, ResolvedSet, isNegated: Bool)
  case pattern(String, String)
  case length(String, Bounds)
  case dateFormat(String, String)
  case holds(RowExpression)

  /// The columns that it reads, and how.
  var columns: [(String, Bool?)] {
    switch self {
    case .type(let name, let type): [(name, type.isNumber)]
    case .range(let name, _): [(name, true)]
    case .inSet(let name, _, _): [(name, nil)]
    case .pattern(let name, _), .length(let name, _), .dateFormat(let name, _): [(name, nil)]
    case .holds(let expression): expression.columns.map { ($0, nil) }
    }
  }

  /// Of whose cells missing ones do not count.
  var column: String? {
    switch self {
    case .type(let name, _), .range(let name, _), .inSet(let name, _, _), .pattern(let name, _),
      .length(let name, _), .dateFormat(let name, _):
      name
    case .holds: nil
    }
  }
}

/// The values of a ``ValueSet``, wherever they came from.
struct ResolvedSet: Sendable, Hashable {
  var texts: Set<String>
  /// Those that are numbers, as such.
  var numbers: Set<Double>

  init(_ values: some Sequence<String>) {
    texts = Set(values)
    numbers = Set(texts.compactMap(PlainValue.number))
  }
}
