@testable import Checks
import Foundation
import Glibc
import Learning
import Platform
import Projects
import Support
import SystemPackage
import Testing

/// A project for tests of models, in a folder that goes away.
final class ModelFolder: ModelPlaces {
  private let folder: TestFolderPath
  /// When runs ended.
  private let ends: [String: Double]

  init(ends: [String: Double] = [:]) throws {
    folder = try TestFolderPath()
    self.ends = ends
  }

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
    let file = root.appending("run-\(run)").pushing(FilePath(path))
    guard FileSystem.exists(file) else { throw Failure(.notFound, "there is no run `\(run)`") }
    return file
  }

  func ended(run: String) throws -> Double? { ends[run] }

  /// Trains a linear model of `y` on `data.csv`, and puts it at a path.
  func train(to name: String) async throws {
    try write("data.csv", "a,y\n" + (0..<40).map { "\($0),\($0 * 2 + $0 % 3)\n" }.joined())
    let trainer = try Trainers.named("linear")
    var values = ["target": "y", "data": root.appending("data.csv").string]
    for parameter in trainer.parameters where values[parameter.name] == nil {
      values[parameter.name] = parameter.defaultValue
    }
    let job = TrainingJob(values: values, folder: root, output: root, threads: 1)
    let result = try await trainer.train(job, reporting: SilentObserver())
    let file = try #require(result.models.first?.path)
    try write(name, FileSystem.readText(file))
  }

  /// Sets when a file was written last, in seconds since 1970.
  func age(_ name: String, _ seconds: Int) throws {
    let times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 0)]
    let path = root.pushing(FilePath(name)).string
    try #require(utimensat(AT_FDCWD, path, times, 0) == 0)
  }

  /// Tests a suite.
  func outcome(
    _ yaml: String, threads: Int = 2, now: Double = 0
  ) async throws -> SuiteOutcome {
    let suite = try ModelSuite(parsing: Array(yaml.utf8), file: "tests/model/m.yml")
    return try await ModelTesting(suite, places: self, threads: threads, now: now).outcome()
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
