import Compute
import Learning
import Platform
import SystemPackage

/// A model that predicts the rows of tables: one of Reprise's trainers', or one that XGBoost or LightGBM saved.
public struct TrainedModel: Sendable {
  private let model: any Model
  let file: FilePath

  /// The column that it was taught to predict.
  public var target: String { model.target }
  /// The columns that it needs.
  public var features: [String] { model.features }

  /// Reads a model file, whatever its format is.
  ///
  /// - Throws: ``RepriseError`` for files that are none, hostile ones among them.
  public init(reading path: String) throws {
    (model, file) = try told {
      let file = try FileSystem.absolute(FilePath(path), in: FileSystem.workingDirectory())
      return (try ModelFile.read(file), file)
    }
  }

  /// What a model says of the rows of a table.
  public struct Answers: Sendable {
    /// The names of the classes; empty where numbers are predicted.
    public let classes: [String]
    /// The likeliest class of each row; empty where numbers are predicted.
    public let labels: [String]
    /// The probability of each class, for each row.
    public let probabilities: [[Double]]
    /// The number that is predicted for each row; empty where classes are.
    public let values: [Double]
    /// What a person should know, such as categories that were not there in training.
    public let notes: [String]
  }

  /// Predicts every row. Columns are found by their names; further ones do not matter.
  ///
  /// - Throws: ``RepriseError`` with the columns that are missing or hold what they must not.
  public func predict(_ table: DataTable) throws -> Answers {
    try told {
      let said = try model.predict(
        table.table, on: WorkerPool(threads: WorkerPool.processorCount))
      return Answers(
        classes: said.classes, labels: said.labels.map { said.classes[Int($0)] },
        probabilities: said.values == nil
          ? (0..<said.count).map { Array(said.probabilities.row($0)) } : [],
        values: said.values ?? [], notes: said.notes)
    }
  }

  /// Writes the model to a file whose ending says the format: `.json`, `.ubj`, `.txt`, ….
  public func write(to path: String) throws {
    try told {
      let target = try FileSystem.absolute(FilePath(path), in: FileSystem.workingDirectory())
      try ModelExport.write(file, to: target)
    }
  }
}
