import Formats
import Glibc
import Platform
import Records
import Runner
import Support
import SystemPackage
import Testing

@Suite("Bringing an mlruns folder into the records") struct ExchangeTests {
  static let run = "0123456789abcdef0123456789abcdef"

  /// A folder with one experiment and one run, as MLflow's file store writes them.
  static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(
      "artifact_location: \(folder.path)/1\nexperiment_id: '1'\nlifecycle_stage: active\nname: one\n",
      to: "1/meta.yaml")
    try add(run, to: folder)
    return folder
  }

  static func add(_ id: String, to folder: TemporaryFolder, name: String = "a run") throws {
    let place = "1/\(id)"
    try folder.write(
      """
      artifact_uri: \(folder.path)/\(place)/artifacts
      end_time: 20
      experiment_id: '1'
      lifecycle_stage: active
      run_id: \(id)
      run_name: \(name)
      start_time: 10
      status: 3
      user_id: me

      """, to: "\(place)/meta.yaml")
    try folder.write("5 0.5 0\n6 nan 1\n7 inf 2\n", to: "\(place)/metrics/a/loss")
    try folder.write("1", to: "\(place)/params/p")
    try folder.write(name, to: "\(place)/tags/mlflow.runName")
    try folder.write("bytes", to: "\(place)/artifacts/sub/file.txt")
  }

  struct Quiet: RunProgress {
    func update(_ text: String) {}
    func clear() {}
  }

  @discardableResult
  static func bring(
    _ folder: TemporaryFolder, into store: RecordStore, artifacts: [FilePath] = []
  ) throws -> (summary: ExchangeSummary, report: ExchangeReport) {
    let report = ExchangeReport()
    let source = try FolderSource(folder.path, artifacts: artifacts, report: report)
    let exchange = Exchange(
      from: source, to: try RecordsTarget(store, isDry: false), ExchangeOptions(),
      report: report, progress: Quiet())
    return (try exchange.perform(), report)
  }

  @Test("a run comes with its points, values and files, and once")
  func whole() throws {
    let (folder, ours) = (try Self.folder(), try TemporaryFolder())
    let store = try RecordStore(in: ours.path)
    let first = try Self.bring(folder, into: store)
    #expect(first.report.isClean)
    #expect(first.summary.rows.map(\.newRuns) == [1])
    let run = try store.run(try #require(RunID(Self.run)))
    #expect(run.name == "a run")
    #expect(run.status == .finished)
    #expect(run.endTime == 20)
    #expect(run.params == [Param("p", "1")])
    let history = try store.history(of: "a/loss", in: run.id)
    #expect(history.map(\.step) == [0, 1, 2])
    #expect(history[1].value.isNaN)
    #expect(history[2].value == .infinity)
    let file = ours.path.appending("artifacts/\(run.experiment)/\(Self.run)/artifacts/sub/file.txt")
    #expect(try FileSystem.readText(file) == "bytes")
    let second = try Self.bring(folder, into: store)
    #expect(second.summary.rows.map(\.newRuns) == [0])
    #expect(second.summary.rows.map(\.files) == [0])
  }

  @Test("what goes on there is met again; what contradicts is told and left")
  func again() throws {
    let (folder, ours) = (try Self.folder(), try TemporaryFolder())
    let meta = try folder.read("1/\(Self.run)/meta.yaml")
    try folder.write(
      meta.replacing("status: 3", with: "status: 1").replacing("end_time: 20\n", with: ""),
      to: "1/\(Self.run)/meta.yaml")
    let store = try RecordStore(in: ours.path)
    try Self.bring(folder, into: store)
    let id = try #require(RunID(Self.run))
    #expect(try store.run(id).status == .running)
    try folder.write(meta, to: "1/\(Self.run)/meta.yaml")
    try folder.write("5 0.5 0\n6 nan 1\n7 inf 2\n8 1.5 3\n", to: "1/\(Self.run)/metrics/a/loss")
    try folder.write("2", to: "1/\(Self.run)/params/q")
    #expect(try Self.bring(folder, into: store).report.isClean)
    #expect(try store.run(id).status == .finished)
    #expect(try store.run(id).params.map(\.key) == ["p", "q"])
    #expect(try store.history(of: "a/loss", in: id).count == 4)
    try folder.write("3", to: "1/\(Self.run)/params/q")
    let third = try Self.bring(folder, into: store)
    #expect(
      third.report.conflicts.map(\.message) == [
        "run \(Self.run) is there already, with other content: param `q` is `2`, and would be `3`"
      ])
    #expect(try store.run(id).param("q")?.value == "2")
  }

  @Test("broken and hostile files are told with their place, and the rest comes")
  func hostile() throws {
    let (folder, ours) = (try Self.folder(), try TemporaryFolder())
    let other = "1/fedcba9876543210fedcba9876543210"
    try folder.write("run_name: [1, 2\n", to: "\(other)/meta.yaml")
    try folder.write("name: *x\n", to: "2/meta.yaml")
    try folder.write(
      "\u{0}\u{1}binary\n5 1 x\n\n5 2 0\n5\n9999999999999999999999 1 1\n",
      to: "1/\(Self.run)/metrics/odd")
    try folder.write(
      String(repeating: "9", count: 100_000) + " 1 1\n4 4 4\n", to: "1/\(Self.run)/metrics/long")
    try folder.write("1", to: "1/\(Self.run)/params/bad\u{7}key")
    try FileSystem.write([0xFF, 0xFE], to: folder.path.appending("1/\(Self.run)/params/bytes"))
    try link("/etc", folder.path.appending("1/\(Self.run)/artifacts/etc"))
    try link("/etc/passwd", folder.path.appending("1/\(Self.run)/params/passwd"))
    try link("/", folder.path.appending("3"))
    let store = try RecordStore(in: ours.path)
    let (_, report) = try Self.bring(folder, into: store)
    let run = try store.run(try #require(RunID(Self.run)))
    #expect(run.params.map(\.key) == ["p"])
    #expect(try store.history(of: "odd", in: run.id).map(\.value) == [2])
    #expect(try store.history(of: "long", in: run.id).map(\.value) == [4])
    let files = ours.path.appending("artifacts/\(run.experiment)/\(Self.run)/artifacts")
    #expect(try FileSystem.names(in: files) == ["sub"])
    let told = report.skipped.map { failure in
      "\(failure.location.map { "\($0): " } ?? "")\(failure.message)"
        .replacing(folder.path.string, with: "F")
    }
    for part in [
      "F/\(other)/meta.yaml:2", "F/2/meta.yaml:1", "F/1/\(Self.run)/metrics/odd:1: a line",
      "metrics/odd:2: a line", "metrics/long:1: a line",
      "`F/1/\(Self.run)/params/passwd` is a link",
      "`F/1/\(Self.run)/artifacts/etc` is a link", "`F/3` is a link", "params/bytes` is not UTF-8",
    ] {
      #expect(told.contains { $0.contains(part) }, "\(part) is not in \(told)")
    }
    #expect(report.skippedCount >= 10)
  }

  @Test("artifacts outside of the folder are read only when they are named")
  func outside() throws {
    let (folder, ours, elsewhere) = (
      try Self.folder(), try TemporaryFolder(), try TemporaryFolder()
    )
    try elsewhere.write("secret", to: "a/b/c/secret.txt")
    let meta = try folder.read("1/\(Self.run)/meta.yaml")
    try FileSystem.removeTree(folder.path.appending("1/\(Self.run)/artifacts"))
    try folder.write(
      meta.replacing("\(folder.path)/1/\(Self.run)/artifacts", with: "\(elsewhere.path)/a/b/c"),
      to: "1/\(Self.run)/meta.yaml")
    let store = try RecordStore(in: ours.path)
    let first = try Self.bring(folder, into: store)
    #expect(first.report.skipped.count == 1)
    #expect(first.report.skipped.first?.message.contains("outside") == true)
    #expect(first.summary.rows.map(\.files) == [0])
    let second = try Self.bring(folder, into: store, artifacts: [elsewhere.path])
    #expect(second.summary.rows.map(\.files) == [1])
  }

  private func link(_ target: String, _ path: FilePath) throws {
    let result = path.withPlatformString { symlink(target, $0) }
    try #require(result == 0)
  }
}
