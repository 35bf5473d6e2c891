@testable import Checks
import Foundation
import Platform
import Support
import SystemPackage
import Testing

/// A project for tests of models, in a folder that goes away.
final class ModelFolder: ModelPlaces {
  private let folder: TestFolderPath

  init() throws { folder = try TestFolderPath() }

  var root: FilePath { folder.path }
  var variables: [String: String] { ProcessInfo.processInfo.environment }

  func write(_ name: String, _ text: String) throws {
    try FileSystem.createDirectory(root.pushing(FilePath(name)).removingLastComponent())
    try FileSystem.write(text, to: root.pushing(FilePath(name)), durable: false)
  }

  func path(of table: TableReference) throws -> FilePath {
    guard case .path(let path) = table.place else {
      throw Failure(.unsupported, "only paths")
    }
    return try FileSystem.absolute(FilePath(path), in: root)
  }

  func model(run: String, path: String) throws -> FilePath {
    throw Failure(.notFound, "there is no run `\(run)`")
  }

  /// Tests a suite.
  func outcome(_ yaml: String, threads: Int = 2) async throws -> SuiteOutcome {
    let suite = try ModelSuite(parsing: Array(yaml.utf8), file: "tests/model/m.yml")
    return try await ModelTesting(suite, places: self, threads: threads).outcome()
  }
}

/// Removes itself.
final class TestFolderPath: Sendable {
  let path: FilePath

  init() throws {
    path = try TemporaryDirectory(prefix: "reprise-models-").keep()
  }

  deinit { try? FileSystem.removeTree(path) }
}
