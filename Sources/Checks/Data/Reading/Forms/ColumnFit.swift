/// The types of columns that a test is for.
struct ColumnFit: Sendable {
  /// Such as `numbers`, for messages.
  let noun: String
  private let words: Set<String>

  private init(_ noun: String, _ words: Set<String>) {
    self.noun = noun
    self.words = words
  }

  /// A column without a declared type fits everything.
  func contains(_ type: ColumnType?) -> Bool { type.map { words.contains($0.word) } ?? true }

  static let any = ColumnFit("columns", Set(ColumnType.words))
  static let numbers = ColumnFit("numbers", ["int", "float"])
  /// 1 for true.
  static let summable = ColumnFit("numbers", ["int", "float", "bool"])
  static let texts = ColumnFit("texts", ["string", "category", "json", "image"])
  static let prose = ColumnFit("texts", ["string", "category", "json"])
  static let times = ColumnFit("times", ["date", "datetime"])
  static let writtenTimes = ColumnFit("times", ["string", "category", "date", "datetime"])
  static let ordered = ColumnFit(
    "what has an order", ["int", "float", "string", "date", "datetime"])
  static let values = ColumnFit(
    "single values", ["int", "float", "bool", "string", "category", "date", "datetime"])
  static let drifting = ColumnFit(
    "numbers and classes", ["int", "float", "bool", "string", "category"])
  static let classes = ColumnFit("classes", ["int", "bool", "string", "category"])
  static let images = ColumnFit("images", ["image"])
}

extension ColumnType {
  /// The types as suites have them.
  static let words = [
    "int", "float", "bool", "string", "date", "datetime", "category", "json", "image",
  ]

  /// - Parameter format: of times; ISO 8601 when nil.
  init?(word: String, format: String? = nil) {
    switch word {
    case "int": self = .int
    case "float": self = .float
    case "bool": self = .bool
    case "string": self = .string
    case "date": self = .date
    case "datetime": self = .dateTime(format: format)
    case "category": self = .category
    case "json": self = .json
    case "image": self = .image
    default: return nil
    }
  }
}
