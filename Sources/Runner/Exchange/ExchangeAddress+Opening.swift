import Platform
import SystemPackage

extension ExchangeAddress {
  /// Opens it to be read.
  ///
  /// - Parameters:
  ///   - artifacts: further folders that artifacts may be read from.
  ///   - variables: the environment, which holds a server's credentials.
  /// - Throws: ``Failure`` when there is nothing, or nothing of MLflow's.
  package func source(
    artifacts: [FilePath], variables: [String: String], report: ExchangeReport
  ) throws -> any ExchangeSource {
    switch self {
    case .database(let path):
      return try DatabaseSource(path, artifacts: artifacts, report: report)
    case .folder(let path):
      guard FileSystem.isDirectory(path) else {
        throw Failure(
          .notFound, "there is no folder or database `\(path)`",
          hint: "give an `mlruns` folder, sqlite:///FILE, or the address of a server")
      }
      return try FolderSource(path, artifacts: artifacts, report: report)
    case .server(let url):
      return try ServerSource(
        MLflowServer(url, variables), artifacts: artifacts, report: report)
    }
  }
}

extension ExchangeAddress {
  /// Opens it to be written to.
  ///
  /// - Parameter isDry: whether it is only looked at.
  package func target(
    isDry: Bool, variables: [String: String], report: ExchangeReport
  ) throws -> any ExchangeTarget {
    switch self {
    case .folder(let path): return try FolderTarget(path, isDry: isDry, report: report)
    case .database(let path):
      throw Failure(
        .unsupported, "a database of MLflow's is written by MLflow alone",
        hint:
          "start `mlflow server --backend-store-uri sqlite:///\(path)` and export to its address, http://…"
      )
    case .server(let url):
      return try ServerTarget(MLflowServer(url, variables), isDry: isDry, report: report)
    }
  }
}
