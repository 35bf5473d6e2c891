import HTTPTypes
import Platform
import Records
import Support
import SystemPackage
import Testing

@testable import Server

/// Records in a folder of their own, and their pages.
struct PageWorld {
  let folder: TemporaryFolder
  let store: RecordStore
  let pages: Pages
  let experiment: Experiment

  /// A text that would show if it were taken for markup anywhere.
  static let hostile = "<script>alert('x')</script> \"&\" \u{202E}evil"

  init() throws {
    folder = try TemporaryFolder()
    store = try RecordStore(in: folder.path)
    pages = Pages(store: store)
    experiment = try store.createExperiment(
      Self.hostile, tags: [Tag("mlflow.note.content", Self.hostile)])
  }

  /// A run of the experiment with everything that a page shows.
  @discardableResult
  func run(_ name: String, status: RunStatus = .finished, loss: [Double] = [0.9, .nan, 0.25]) throws -> Run {
    let run = try store.start(
      NewRun(
        experiment: experiment.id, name: name, user: "ann", host: "laptop", startTime: 1_700_000_000_000,
        params: [
          Param("lr", "0.1", kind: "float", given: "0.1"), Param("text", Self.hostile),
          Param("depth", name.count.description, kind: "int"),
        ],
        tags: [
          Tag("note", Self.hostile), Tag("mlflow.note.content", Self.hostile),
          Tag("mlflow.source.git.commit", "0123456789abcdef"),
        ], command: "python train.py '\(Self.hostile)'", entryPoint: "train", sourceName: "."))
    try store.log(
      metrics: loss.enumerated().map {
        Metric("loss/a b", $1, timestamp: 1_700_000_000_000 + Int64($0) * 1000, step: Int64($0))
      } + [Metric("auc", 0.9, timestamp: 1_700_000_001_000)], to: run.id)
    try store.setEnvironment(
      ["manager": "local", "python": ["version": "3.11", "packages": [.string(Self.hostile)]]], for: run.id)
    try store.record(
      files: [RecordedFile(role: .input, path: Self.hostile, kind: .file, digest: "ab12", size: 3, fileCount: 1)],
      for: run.id)
    if status != .running {
      try store.finish(run.id, RunEnding(status: status, endTime: 1_700_000_009_000, exitCode: status == .failed ? 3 : 0))
    }
    return try store.run(run.id)
  }

  /// Writes a file among a run's artifacts.
  func write(_ text: String, to path: String, of run: Run) throws {
    let file = FilePath(run.artifactURI).pushing(FilePath(path))
    try FileSystem.createDirectory(file.removingLastComponent())
    try FileSystem.write(text, to: file, durable: false)
  }

  func answer(_ target: String, _ headers: HTTPFields = [:]) async throws -> ServerAnswer? {
    let end = target.firstIndex(of: "?") ?? target.endIndex
    return try await pages.answer(
      ServerRequest(
        .get, String(target[..<end]), query: QueryFields(parsing: target[end...].dropFirst()),
        headers: headers))
  }

  /// The text of a page, which must be there.
  func page(_ target: String, _ headers: HTTPFields = [:]) async throws -> String {
    let answer = try #require(try await answer(target, headers))
    guard case .bytes(let bytes) = answer.body else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }
}
