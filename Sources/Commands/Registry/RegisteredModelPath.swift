import Platform
import Records
import SystemPackage

/// Where the files of a registered version are on this machine.
enum RegisteredModelPath {
  /// - Parameter text: a `models:/` URI.
  /// - Throws: ``Failure`` when there is no such version, or its files are elsewhere.
  static func folder(of text: String, in store: RecordStore) throws -> FilePath {
    guard let uri = ModelURI(text) else {
      throw Failure(
        .usage, "`\(text)` names no version of a model",
        hint: "write models:/NAME/VERSION, models:/NAME/latest or models:/NAME@ALIAS")
    }
    let source: String
    if case .logged(let id) = uri {
      source = try store.loggedModel(id).artifactURI
    } else {
      source = try store.modelVersion(at: uri).downloadURI
    }
    if let path = source.dropping("mlflow-artifacts:/") {
      return try below(store.folder.appending("artifacts"), path)
    }
    if let path = source.dropping("runs:/") {
      let parts = path.split(separator: "/", maxSplits: 1)
      let run = try store.run(store.resolve(String(parts.first ?? "")))
      return try below(FilePath(run.artifactURI), parts.dropFirst().first ?? "")
    }
    if let path = source.dropping("file://") ?? source.dropping("file:") {
      return FilePath(String(path))
    }
    guard source.hasPrefix("/") else {
      throw Failure(
        .unsupported, "the files of `\(text)` are at `\(source)`, not on this machine",
        hint: "fetch them with that store's own tools, then name the folder")
    }
    return FilePath(source)
  }

  /// A path inside of a folder; the registry let no other in.
  private static func below(_ folder: FilePath, _ path: Substring) throws -> FilePath {
    let names = path.split(separator: "/")
    guard !names.contains("..") else {
      throw Failure(.corrupt, "a version of a model lies outside of its artifacts: `\(path)`")
    }
    return names.reduce(folder) { $0.appending(String($1)) }
  }
}

extension String {
  fileprivate func dropping(_ prefix: String) -> Substring? {
    hasPrefix(prefix) ? dropFirst(prefix.count) : nil
  }
}
