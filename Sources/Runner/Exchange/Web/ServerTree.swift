import Formats
import Platform

/// The files that a server hands out below one place.
struct ServerTree: ArtifactTree {
  private let server: MLflowServer
  private let names: [String]

  private static let base = "/api/2.0/mlflow-artifacts/artifacts"
  private static let depth = 100

  init(_ server: MLflowServer, _ names: [String]) {
    self.server = server
    self.names = names
  }

  func eachFile(_ body: ([String], Int64?) throws -> Void) throws { try walk([], body) }

  private func walk(_ path: [String], _ body: ([String], Int64?) throws -> Void) throws {
    guard path.count <= Self.depth else {
      throw Failure(.invalid, "`\(path.joined(separator: "/"))` is nested too deeply")
    }
    let place = (names + path).joined(separator: "/")
    let answer: JSONValue
    do {
      answer = try server.get(Self.base, [("path", place)])
    } catch let failure as Failure where failure.code == .notFound {
      return
    }
    for file in answer["files"]?.array ?? [] {
      // Base names only; anything else would lead elsewhere.
      guard let name = file.text("path")?.split(separator: "/").last.map(String.init),
        name != ".."
      else { continue }
      if file["is_dir"]?.bool == true {
        try walk(path + [name], body)
      } else {
        try body(path + [name], file.whole("file_size"))
      }
    }
  }

  func read(_ path: [String], _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let place = (names + path).map { URLText.escaped($0) }.joined(separator: "/")
    try server.download(Self.base + "/" + place, body)
  }
}
