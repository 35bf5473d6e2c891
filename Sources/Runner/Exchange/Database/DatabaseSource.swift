import Formats
import Platform
import Records
import SystemPackage

/// MLflow's SQLite database, of its versions 1.30 to 3: columns and tables that an older one lacks count as empty.
///
/// The tables are those of `mlflow/store/tracking/dbmodels/models.py` and `mlflow/store/model_registry/dbmodels/models.py`.
/// Every query is a transaction of its own, so that a server that runs on the file is not held up.
package final class DatabaseSource: ExchangeSource {
  package let name: String
  package let readsPointsFast = true
  let file: SQLiteFile
  let report: ExchangeReport
  private let roots: ArtifactRoots
  /// The columns of the tables that were asked for.
  private var columns: [String: Set<String>] = [:]

  /// - Throws: ``Failure`` when the file is no database of MLflow's.
  package init(_ path: FilePath, artifacts: [FilePath], report: ExchangeReport) throws {
    name = path.string
    self.report = report
    guard FileSystem.isFile(path) else {
      throw Failure(.notFound, "there is no database `\(path)`", hint: "check the path")
    }
    file = try SQLiteFile(sharing: path)
    let folder = try FileSystem.absolute(path).removingLastComponent()
    roots = try ArtifactRoots(base: folder, more: artifacts, report: report)
    guard try has("experiments"), try has("runs"), try has("metrics") else {
      throw Failure(
        .invalid,
        "`\(path)` is not a database of MLflow's: it has no tables `experiments`, `runs` and `metrics`"
      )
    }
  }

  func has(_ table: String) throws -> Bool { try !known(table).isEmpty }

  private func known(_ table: String) throws -> Set<String> {
    if let known = columns[table] { return known }
    let found = try file.columns(of: table)
    columns[table] = found
    return found
  }

  /// Columns for a query; those that an older table lacks are NULL.
  func select(_ names: String, from table: String, as prefix: String = "") throws -> String {
    let known = try known(table)
    return names.split(separator: " ").map { name in
      known.contains(String(name)) ? prefix + name : "NULL"
    }.joined(separator: ", ")
  }

  /// Pairs of a table with a key and a value, in the order of the keys.
  func pairs(
    _ table: String, _ key: String = "key", _ value: String = "value", where condition: String,
    _ arguments: [SQLiteFile.Argument]
  ) throws -> [(key: String, value: String)] {
    guard try has(table) else { return [] }
    var pairs: [(String, String)] = []
    let sql = "SELECT \(key), \(value) FROM \(table) WHERE \(condition) ORDER BY \(key)"
    try file.query(sql, arguments) { row in
      if let key = row.text(0) { pairs.append((key, row.text(1) ?? "")) }
    }
    return pairs
  }

  package func experiments() throws -> [ForeignExperiment] {
    let columns = try select(
      "experiment_id name artifact_location lifecycle_stage creation_time last_update_time",
      from: "experiments")
    var found: [ForeignExperiment] = []
    try file.query("SELECT \(columns) FROM experiments ORDER BY experiment_id") { row in
      guard let id = row.text(0), let name = row.text(1) else { return }
      found.append(
        ForeignExperiment(
          id: id,
          copy: ExperimentCopy(
            name: name, artifactLocation: row.text(2),
            lifecycle: row.text(3) == "deleted" ? .deleted : .active, created: row.whole(4),
            updated: row.whole(5))))
    }
    for index in found.indices {
      found[index].copy.tags = try pairs(
        "experiment_tags", where: "experiment_id = ?", [.text(found[index].id)]
      ).map { Tag($0.key, $0.value) }
    }
    return found
  }

  package func artifacts(of run: ForeignRun) throws -> (any ArtifactTree)? {
    try run.copy.artifactURI.flatMap { try roots.tree(at: $0, of: "run \(run.copy.id)") }
  }

  package func artifacts(of model: ForeignModel) throws -> (any ArtifactTree)? {
    try roots.tree(at: model.model.artifactURI, of: "model \(model.model.id)")
  }
}
