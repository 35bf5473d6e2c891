import HTTPTypes
import NIOPosix
import Platform
import SystemPackage

/// MLflow's own web pages, from the folder that its Python package has them in (`mlflow/server/js/build`).
package struct MLflowPages: ServerPart {
  private let folder: ConfinedFolder

  /// - Throws: ``Failure`` with code `.notFound` when the folder holds no such pages.
  package init(_ folder: FilePath) throws {
    guard FileSystem.isFile(folder.appending("index.html")) else {
      throw Failure(
        .notFound, "`\(folder)` holds no web pages of MLflow: it has no `index.html`",
        hint: "name the folder mlflow/server/js/build of an installed MLflow")
    }
    self.folder = try ConfinedFolder(folder)
  }

  package func answer(_ request: ServerRequest) async throws -> ServerAnswer? {
    guard request.method == .get || request.method == .head else { return nil }
    let names: [String]
    if request.path == "/" {
      names = ["index.html"]
    } else if request.path.hasPrefix("/static-files/") {
      names = try ArtifactPath(encoded: request.path.dropFirst(14)).names
    } else {
      return nil
    }
    let folder = folder
    let file = try await NIOThreadPool.singleton.runIfActive { () -> ConfinedFile in
      guard try folder.status(names)?.kind == .file else {
        throw APIError.missing("There is no such file.")
      }
      return try folder.openFile(names)
    }
    let name = names.last ?? ""
    var answer = FileAnswer(file: file, name: name).answer(to: request.headers)
    answer.headers[.contentDisposition] = nil
    answer.headers[.contentType] =
      MLflowPages.types[name.split(separator: ".").last ?? ""]
      ?? MediaType.guess(name)
    answer.headers[.contentSecurityPolicy] = SecurityHeaders.mlflowPages
    return answer
  }

  /// What a browser must be told to take a file for what it is.
  private static let types: [Substring: String] = [
    "html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8", "json": "application/json", "map": "application/json",
    "svg": "image/svg+xml", "wasm": "application/wasm",
  ]
}
