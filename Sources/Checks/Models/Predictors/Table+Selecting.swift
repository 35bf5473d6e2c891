import Compute

extension Table {
  /// Some rows, in the order that is given.
  func selecting(_ rows: [Int]) -> Table {
    Table(
      columns.map { column in
        var own = column
        switch column.values {
        case .numbers(let numbers): own.values = .numbers(rows.map { numbers[$0] })
        case .codes(let codes, let categories):
          own.values = .codes(rows.map { codes[$0] }, categories: categories)
        }
        own.census = nil
        return own
      }, source: source)
  }

  /// With a column in place of the one of its name.
  func replacing(_ column: Column) -> Table {
    Table(columns.map { $0.name == column.name ? column : $0 }, source: source, lines: lines)
  }

  /// Without a column.
  func dropping(_ name: String) -> Table {
    Table(columns.filter { $0.name != name }, source: source, lines: lines)
  }
}
