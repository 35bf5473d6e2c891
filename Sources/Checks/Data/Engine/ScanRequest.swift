/// What has to be known of a table; tests that ask for the same share one scan.
struct ScanRequest: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    /// Missing cells, cells of another type, and how nothing is spelled.
    case census(String)
    /// Count, sum, squares and ends of numbers.
    case moments(String)
    /// All numbers, in order.
    case values(String)
    /// How often each value stands there.
    case counts(String)
    /// Rows that are equal in these columns.
    case duplicates([String])
    /// Rows that are equal in these columns, with the label of each.
    case labels([String], String)
    /// All cells of a column of a type, in order.
    case cells(String, as: ColumnType?)
    /// Sums of products of two columns of numbers.
    case products(String, String)
    /// How often each pair of values stands there.
    case pairs(String, String)
    /// Rows that do not pass.
    case rows(RowTest)
    /// Rows whose value is not behind the one before.
    case order(String, isStrict: Bool, isDescending: Bool, by: String?)
    /// The latest time.
    case latest(String, format: String?)
    /// Data of persons.
    case personal(String)
    /// Pictures, whose names begin in the folder.
    case images(String, folder: String, hashes: Bool)
  }

  var kind: Kind
  var filter: RowExpression?

  init(_ kind: Kind, where filter: RowExpression? = nil) {
    self.kind = kind
    self.filter = filter
  }

  /// How its columns must be read; nil: as they are read for others, else as text.
  var columns: [(name: String, asNumbers: Bool?)] {
    var needed: [(String, Bool?)] =
      switch kind {
      case .census(let name), .counts(let name), .order(let name, _, _, _): [(name, nil)]
      case .moments(let name), .values(let name): [(name, true)]
      case .duplicates(let names): names.map { ($0, nil) }
      case .cells(let name, let type): [(name, type?.isTime == true ? false : nil)]
      case .labels(let names, let label): (names + [label]).map { ($0, nil) }
      case .products(let first, let second): [(first, true), (second, true)]
      case .pairs(let first, let second): [(first, nil), (second, nil)]
      case .rows(let test): test.columns
      case .latest(let name, _), .personal(let name), .images(let name, _, _): [(name, false)]
      }
    if case .order(_, _, _, let group?) = kind { needed.append((group, nil)) }
    if let filter { needed += filter.columns.map { ($0, nil) } }
    return needed
  }
}
