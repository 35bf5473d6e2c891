/// What the cells of a column are, as a suite declares it.
package enum ColumnType: Sendable, Hashable {
  /// Whole numbers; `1.0` is one.
  case int
  case float
  /// `true`, `false` in any case, 0 and 1.
  case bool
  case string
  /// `2026-11-23`.
  case date
  /// A format of `strptime`; nil: ISO 8601.
  case dateTime(format: String?)
  /// Text, or whole numbers, of few values.
  case category
  /// Text that is JSON.
  case json
  /// The path of a picture, beside the table.
  case image

  /// Whether its cells are compared and added as numbers.
  package var isNumber: Bool {
    switch self {
    case .int, .float: true
    case .bool, .string, .date, .dateTime, .category, .json, .image: false
    }
  }

  /// As a suite has it.
  package var word: String {
    switch self {
    case .int: "int"
    case .float: "float"
    case .bool: "bool"
    case .string: "string"
    case .date: "date"
    case .dateTime: "datetime"
    case .category: "category"
    case .json: "json"
    case .image: "image"
    }
  }
}
