/// What a file of `tests/data` says about a table: where it is, and what it must be like.
package struct DataSuite: Sendable, Hashable {
  /// The file, as messages show it.
  package var file: String
  /// `name:` and `description:`, for people.
  package var name: String?
  package var description: String?
  package var data: TableReference
  /// What drift and changes are measured against.
  package var reference: TableReference?
  /// The column that is to be predicted.
  package var label: String?
  /// The declared columns, in their order.
  package var columns: [ColumnDeclaration]
  /// In the order of the file.
  package var tests: [DataTest]
  package var drift: DriftSettings
  /// `train` and `test`, and others, by name.
  package var splits: [SplitPart]

  package struct ColumnDeclaration: Sendable, Hashable {
    package var name: String
    package var type: ColumnType?

    package init(_ name: String, _ type: ColumnType?) {
      self.name = name
      self.type = type
    }
  }

  package struct SplitPart: Sendable, Hashable {
    package var name: String
    package var table: TableReference

    package init(_ name: String, _ table: TableReference) {
      self.name = name
      self.table = table
    }
  }

  package init(file: String, data: TableReference) {
    self.file = file
    self.data = data
    columns = []
    tests = []
    drift = DriftSettings()
    splits = []
  }
}

extension DataSuite {
  /// All tables that it names, those that its tests compare with too.
  package var tables: [TableReference] {
    var tables = [data] + (reference.map { [$0] } ?? []) + splits.map(\.table)
    for test in tests {
      switch test.kind {
      case .foreignKey(let table, _), .inSet(.column(let table, _), _),
        .share(.column(let table, _), _):
        tables.append(table)
      case .inSet(.file(let path), _), .share(.file(let path), _):
        tables.append(TableReference(.path(path), at: test.location))
      default: break
      }
    }
    return tables
  }
}
