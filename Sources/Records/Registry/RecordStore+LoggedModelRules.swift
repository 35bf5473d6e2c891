import GRDB
import Platform
import SystemPackage

extension RecordStore {
  static func loggedModel(
    _ reader: LoggedModelReader, _ number: Int64, _ id: String
  ) throws -> LoggedModel {
    guard let model = try reader.models([number]).first else {
      throw RecordFailure.noLoggedModel(id)
    }
    return model
  }

  static func check(loggedModelName name: String) throws(RecordFailure) {
    let refused = Array("/:.%\"'".utf8)
    guard !name.isEmpty, !name.utf8.contains(where: refused.contains) else {
      throw .badLoggedModelName(name)
    }
    try RegistryRules.checkText(name, as: "name")
    try RegistryRules.checkLength(name, "name", 500)
  }

  /// A tag or a parameter of a logged model.
  static func check(_ key: String, _ value: String) throws(RecordFailure) {
    try RegistryRules.checkText(key, as: "key")
    try RegistryRules.checkText(value, as: "value")
    try RegistryRules.checkLength(key, "key", 255)
  }

  func add(_ db: Database, _ params: [Param], toLoggedModel number: Int64, _ id: String) throws {
    let insert = try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO logged_model_params (model, key, value) VALUES (?, ?, ?)")
    let known = try db.cachedStatement(
      sql: "SELECT value FROM logged_model_params WHERE model = ? AND key = ?")
    for param in params {
      try insert.execute(arguments: [number, param.key, param.value])
      if db.changesCount == 0,
        try String.fetchOne(known, arguments: [number, param.key]) != param.value
      {
        throw RecordFailure.loggedModelParamChange(param.key, of: id)
      }
    }
  }

  /// Where the files of a new logged model are to be; nil for the experiment's own place beside the database.
  func artifactURI(
    _ db: Database, ofLoggedModel id: String, in experiment: ExperimentID
  ) throws -> String? {
    let statement = try db.cachedStatement(
      sql: "SELECT artifact_location, deleted FROM experiments WHERE id = ?")
    guard let row = try Row.fetchOne(statement, arguments: [experiment.number]) else {
      throw RecordFailure.noExperimentForModel(experiment)
    }
    guard row[1] as Int64? == nil else {
      throw RecordFailure.deletedExperimentForModel(experiment)
    }
    guard let location: String = row[0] else { return nil }
    // A query of the location, as some stores take their options, stays at the end.
    let end = location.firstIndex(of: "?") ?? location.endIndex
    let folder = location[..<end]
    return folder + (folder.hasSuffix("/") ? "" : "/") + "models/\(id)/artifacts" + location[end...]
  }

  /// The folder of a run's artifacts as clients of the server know it; nil when there is no such run.
  func artifactRoot(_ db: Database, ofRun id: String) throws -> String? {
    let uri = try String.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT coalesce(artifact_uri, 'mlflow-artifacts:/' || experiment || '/' || id || '/artifacts')
          FROM runs WHERE id = ?
          """), arguments: [id])
    let own = folder.appending("artifacts").string + "/"
    guard let uri, uri.hasPrefix(own) else { return uri }
    return "mlflow-artifacts:/" + uri.dropFirst(own.count)
  }
}
