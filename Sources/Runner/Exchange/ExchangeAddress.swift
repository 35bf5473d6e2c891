import Platform
import SystemPackage

/// Where an MLflow installation is, as its users write it.
package enum ExchangeAddress: Sendable, Hashable {
  /// `sqlite:///mlflow.db`, or the path of such a file.
  case database(FilePath)
  /// `mlruns`, `file:///…/mlruns`.
  case folder(FilePath)
  /// `http://…`, `https://…`; without a slash at the end.
  case server(String)

  /// - Parameter folder: relative paths begin there.
  /// - Throws: ``Failure`` for anything else.
  package init(_ text: String, in folder: FilePath) throws {
    let lower = text.lowercased()
    if lower.hasPrefix("http://") || lower.hasPrefix("https://") {
      var url = Substring(text)
      while url.hasSuffix("/") { url.removeLast() }
      self = .server(String(url))
    } else if lower.hasPrefix("sqlite:") {
      guard lower.hasPrefix("sqlite:///") else {
        throw Failure(
          .usage, "`\(text)` names no file",
          hint: "write sqlite:///mlflow.db, or sqlite:////absolute/mlflow.db")
      }
      // Behind `?` are options of the driver.
      let path = text.dropFirst("sqlite:///".count).prefix { $0 != "?" }
      self = .database(folder.pushing(FilePath(String(path))))
    } else if case .path(let path) = ArtifactURI(text) {
      let path = folder.pushing(FilePath(path))
      self = FileSystem.isFile(path) ? .database(path) : .folder(path)
    } else {
      let scheme = text.prefix { $0 != ":" }
      throw Failure(
        .unsupported, "reprise does not speak `\(scheme)`",
        hint:
          "start `mlflow server --backend-store-uri \(HTTPClient.shown(text))` and give its address, http://…"
      )
    }
  }
}
