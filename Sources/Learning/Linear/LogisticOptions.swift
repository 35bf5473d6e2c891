import Formats
import Platform
import Projects

/// The parameters of ``LogisticTrainer``, read and checked.
struct LogisticOptions {
  var target: String
  var features: [String]
  var drop: Set<String>
  var categorical: Set<String>
  var dialect: CSVDialect?
  var testFraction: Double
  var seed: UInt64
  var l2: Double
  var maximumIterations: Int
  var tolerance: Double
  var missing: Missing
  var maximumCategories: Int

  /// What becomes of missing values.
  enum Missing: String, CaseIterable {
    /// The training rows' mean for numbers, a category of their own for categories.
    case impute
    /// Rows that have some are left out.
    case drop
    /// The first one is a failure.
    case fail
  }

  static let parameters: [Parameter] =
    TableParameters.all + [
      Parameter("seed", .int, default: "0", description: "decides which rows are held out"),
      Parameter(
        "l2", .float, default: "1.0", minimum: 0,
        description: "strength of the penalty, 1/C of scikit-learn"),
      Parameter("max_iterations", .int, default: "1000", minimum: 1, maximum: 1_000_000),
      Parameter(
        "tolerance", .float, default: "1e-06", minimum: 0,
        description: "ends when no component of the gradient is larger"),
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
    dialect = try Self.dialect(job.text("delimiter") ?? "auto")
    testFraction = try job.double("test_fraction", default: 0.2, in: 0...0.9)
    seed = try job.seed
    let largest = Double.greatestFiniteMagnitude
    l2 = try job.double("l2", default: 1, in: 0...largest)
    maximumIterations = try job.int("max_iterations", default: 1000, in: 1...1_000_000)
    tolerance = try job.double("tolerance", default: 1e-6, in: 0...largest)
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
