import Formats
import Platform
import Projects

/// ``TableParameters`` and what else trainers of tables have in common, read and checked.
struct TableOptions {
  var target: String
  var features: [String]
  var drop: Set<String>
  var categorical: Set<String>
  /// The column with the weights of the rows.
  var weight: String?
  var dialect: CSVDialect?
  var testFraction: Double
  var seed: UInt64
  var missing: Missing
  var maximumCategories: Int
  var validation: CrossValidation?

  /// What becomes of missing values.
  enum Missing: String, CaseIterable {
    /// The training rows' mean for numbers, a category of their own for categories.
    case impute
    /// Rows that have some are left out.
    case drop
    /// The first one is a failure.
    case fail
  }

  /// Of trainers that spread categories out into columns.
  static let encodingParameters: [Parameter] = [
    Parameter(
      "missing", default: "impute", choices: Missing.allCases.map(\.rawValue),
      description: "impute: mean, or a category of its own; drop: leave the row out; fail"),
    Parameter(
      "max_categories", .int, default: "100", minimum: 2, maximum: 1_000_000,
      description: "most categories of a column, and most classes"),
  ]

  init(_ job: TrainingJob) throws {
    target = try job.target
    features = try job.list("features")
    drop = Set(try job.list("drop"))
    categorical = Set(try job.list("categorical"))
    weight = job.text("weight")
    dialect = try Self.dialect(job.text("delimiter") ?? "auto")
    validation = try job.validation
    testFraction = try job.testFraction
    seed = try job.seed
    missing = try job.choice("missing", default: .impute)
    maximumCategories = try job.int("max_categories", default: 100, in: 2...1_000_000)
  }

  static func dialect(_ text: String) throws -> CSVDialect? {
    switch text {
    case "auto": return nil
    case "tab", "\\t": return .tabs
    default:
      let bytes = Array(text.utf8)
      guard bytes.count == 1, CSVDialect(delimiter: bytes[0]).isUsable else {
        throw Failure(
          .invalid, "`delimiter` must be one ASCII character, `tab` or `auto`, not `\(text)`")
      }
      return CSVDialect(delimiter: bytes[0])
    }
  }
}

extension TrainingJob {
  /// What `cv` asks for; nil for nothing.
  package var validation: CrossValidation? {
    get throws { try settings[CrossValidation.key].flatMap { try CrossValidation($0) } }
  }

  /// The share of rows to hold out: a fifth unless it is said, and nothing when rows take turns in
  /// being held out.
  package var testFraction: Double {
    get throws {
      try double("test_fraction", default: try validation == nil ? 0.2 : 0, in: 0...0.9)
    }
  }
}
