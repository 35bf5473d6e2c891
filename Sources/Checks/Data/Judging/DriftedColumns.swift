/// The columns whose drift is measured when a suite asks for a share of columns and names none.
enum DriftedColumns {
  /// Tests of drift that nobody wrote: of each declared column, or of each column where none is declared.
  ///
  /// Keys, times, JSON and pictures are left out: what is in them is another thing in each row, and so it always drifts.
  ///
  /// - Parameter names: the table's columns.
  /// - Returns: nothing, unless the suite asks for a share of columns and for the drift of none.
  static func implied(_ suite: DataSuite, names: [String]) -> [DataTest] {
    guard let share = suite.tests.first(where: \.isDriftedShare),
      !suite.tests.contains(where: \.isDriftOfColumn)
    else { return [] }
    let keys = Set(suite.tests.filter { $0.kind == .unique }.compactMap(\.column))
    let columns =
      suite.columns.isEmpty ? names.map { DataSuite.ColumnDeclaration($0, nil) } : suite.columns
    return columns.compactMap { column in
      guard !keys.contains(column.name) else { return nil }
      switch column.type {
      case .date, .dateTime, .json, .image: return nil
      case .int, .float, .bool, .string, .category, nil: break
      }
      return DataTest(
        .drift(method(suite.drift.method, column.type), limit: nil), column: column.name,
        location: share.location)
    }
  }

  /// The suite's method, where it is one for what the column holds.
  private static func method(_ method: DriftMethod, _ type: ColumnType?) -> DriftMethod {
    let isNumber = type?.isNumber == true
    if method.isOfNumbers, !isNumber { return .auto }
    if method.isOfClasses, type == .float { return .auto }
    return method
  }

  /// Whether values of which most stand in one row only say nothing of a distribution.
  static func tellsRowsApart(_ counts: [(value: String, count: Int)]) -> Bool {
    let rows = counts.reduce(0) { $0 + $1.count }
    return counts.count > 20 && counts.count * 2 > rows
  }
}

extension DataTest {
  fileprivate var isDriftedShare: Bool { if case .driftedShare = kind { true } else { false } }

  fileprivate var isDriftOfColumn: Bool { if case .drift = kind { true } else { false } }
}
