import Compute

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

  /// Whether all that counts of a number is how large it is, about, and whether it is whole.
  var isOfSize: Bool {
    switch self {
    case .range, .type(_, .int), .type(_, .float), .type(_, .category): true
    case .type, .inSet, .pattern, .length, .dateFormat, .holds: false
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
  /// Those that no double is.
  var greats: Set<GreatWhole>

  init(_ values: some Sequence<String>) {
    texts = Set(values)
    let found = texts.compactMap { PlainNumber($0) }
    numbers = Set(found.lazy.filter { $0.great == nil }.map(\.nearest))
    greats = Set(found.compactMap(\.great))
  }

  func contains(_ number: PlainNumber) -> Bool {
    number.great.map(greats.contains) ?? numbers.contains(number.nearest)
  }

  /// As it stands there, or as another spelling of the same number.
  func contains(_ text: String) -> Bool {
    texts.contains(text) || PlainNumber(text).map { contains($0) } ?? false
  }
}
