import GRDB

/// Where a new version comes from, checked: nothing is taken from outside the artifacts of the run or the logged model
/// that the request names, and no host that a request names is ever asked.
struct VersionSource {
  var source: String
  var storage: String?
  var runID: String
  var loggedModel: String

  private static let remoteSchemes: Set<String> = [
    "ftp", "sftp", "hdfs", "viewfs", "http", "https", "r2", "b2", "abfss",
  ]

  private static let promptSources: Set<String> = ["dummy-source", "prompt-template"]

  /// - Throws: ``RecordFailure`` when the source is none, or does not belong to what the request names.
  init(_ new: NewModelVersion, _ db: Database, _ store: RecordStore) throws {
    try RegistryRules.checkText(new.source, as: "source")
    source = new.source
    runID = new.runID ?? ""
    loggedModel = new.loggedModel ?? ""
    let uri = SourceURI(source)
    if new.tags.arePrompt {
      guard Self.promptSources.contains(source) else { throw RecordFailure.promptSource(source) }
      return
    }
    if Self.remoteSchemes.contains(uri.scheme)
      || (uri.scheme == "mlflow-artifacts" && !uri.authority.isEmpty)
    {
      throw RecordFailure.remoteSource(uri.scheme)
    }
    if uri.scheme == "models" { try resolve(uri, new, db, store) }
    try check(db, store)
    try locate(new, db, store)
  }

  /// Turns the name of a registered version into that version, with its run and logged model.
  private mutating func resolve(
    _ uri: SourceURI, _ new: NewModelVersion, _ db: Database, _ store: RecordStore
  ) throws {
    guard uri.authority.isEmpty else { throw RecordFailure.foreignRegistry(source) }
    guard let model = ModelURI(source) else {
      throw RecordFailure.foreignSource(source, needs: .loggedModel)
    }
    if case .logged = model { return }
    let version = try store.modelVersion(db, at: model, source)
    guard new.runID == nil || runID == version.runID ?? "",
      new.loggedModel == nil || loggedModel == version.loggedModel ?? ""
    else { throw RecordFailure.otherLineage(source) }
    source = "models:/\(version.model)/\(version.number)"
    storage = version.downloadURI
    runID = version.runID ?? ""
    loggedModel = version.loggedModel ?? ""
  }

  private func check(_ db: Database, _ store: RecordStore) throws {
    let uri = SourceURI(source)
    let owner: SourceOwner = loggedModel.isEmpty ? .run : .loggedModel
    let isNamed = !(owner == .run ? runID : loggedModel).isEmpty
    var root: SourceURI? {
      get throws {
        switch owner {
        case .run: try store.artifactRoot(db, ofRun: runID).map(SourceURI.init)
        case .loggedModel:
          try LoggedModelReader(store: store, db: db).model(loggedModel).map {
            SourceURI($0.artifactURI)
          }
        }
      }
    }
    if uri.isLocal {
      guard isNamed else { throw RecordFailure.localSource(source, needs: owner) }
      guard let root = try root else { throw RecordFailure.foreignSource(source, needs: owner) }
      guard root.isLocal, uri.isInside(root) else {
        throw RecordFailure.localSource(source, needs: owner)
      }
      return
    }
    guard uri.isPlain else { throw RecordFailure.relativeSource(source) }
    switch uri.scheme {
    case "runs":
      guard owner == .run, isNamed, uri.authority.isEmpty, uri.parts.first == runID else {
        throw RecordFailure.foreignSource(source, needs: owner)
      }
    case "models":
      guard case .logged(let id)? = ModelURI(source) else { return }
      guard owner == .loggedModel, id == loggedModel else {
        throw RecordFailure.foreignSource(source, needs: .loggedModel)
      }
    case "mlflow-artifacts":
      guard isNamed, let root = try root, uri.isInside(root) else {
        throw RecordFailure.foreignSource(source, needs: owner)
      }
    default: break
    }
  }

  /// Finds where the files of a logged model that was named are, and which run made it.
  private mutating func locate(
    _ new: NewModelVersion, _ db: Database, _ store: RecordStore
  ) throws {
    guard new.loggedModel?.isEmpty == false else { return }
    guard let model = try LoggedModelReader(store: store, db: db).model(loggedModel) else {
      throw RecordFailure.noLoggedModel(loggedModel)
    }
    if case .logged? = ModelURI(source) { storage = model.artifactURI }
    if runID.isEmpty { runID = model.sourceRun ?? "" }
  }
}
