import Glibc
import Platform
import Records
import Support
import Synchronization
import SystemPackage

@testable import Runner

/// A project in a folder of its own, run inside this process.
final class Sandbox: Sendable {
  let folder: TemporaryFolder
  private let told = Mutex<[String]>([])

  struct Silent: RunProgress {
    func update(_ text: String) {}
    func clear() {}
  }

  init(_ manifest: String) throws {
    folder = try TemporaryFolder()
    try folder.write(manifest, to: "MLproject")
  }

  var records: RecordsFolder { RecordsFolder(folder.path.appending(".reprise")) }
  var store: RecordStore { get throws { try RecordStore(readingIn: records.path) } }
  var announcements: [String] { told.withLock { $0 } }

  var variables: [String: String] {
    ["PATH": "/usr/bin:/bin", "HOME": folder.path.string, "LANG": "C.UTF-8"]
  }

  func request(
    _ entry: String = "main", _ parameters: [(String, String)] = [],
    manager: EnvironmentManager? = nil, extra: [String: String] = [:]
  ) -> RunRequest {
    RunRequest(
      uri: folder.path.string, entryPoint: entry,
      parameters: parameters.map { GivenParameter($0.0, $0.1) }, environmentManager: manager,
      variables: variables.merging(extra) { $1 }, workingFolder: folder.path)
  }

  func plan(_ request: RunRequest? = nil) async throws -> RunPlan {
    let request = request ?? self.request()
    return try RunPlan(request, source: try await ProjectSource.open(request) { _ in })
  }

  func run(_ request: RunRequest? = nil, settings: RunSettings = RunSettings()) async throws
    -> RunOutcome
  {
    let request = request ?? self.request()
    let plan = try await plan(request)
    return try await EntryRun(
      plan: plan, records: plan.records(startedIn: request.workingFolder), settings: settings,
      passesOutput: false, announce: { text in self.told.withLock { $0.append(text) } },
      progress: Silent()
    ).perform()
  }

  /// The runs on record.
  func runs() throws -> [Run] { try store.search(RunSearch()) }

  /// Waits until a condition holds, five minutes and 2,000 looks at the most: a busy machine, on which nobody else had a turn
  /// in that time either, is no failure.
  func wait(until condition: () throws -> Bool) async throws {
    let start = ContinuousClock.now
    var looks = 0
    while try !condition() {
      looks += 1
      guard looks < 2000 || ContinuousClock.now - start < .seconds(300) else {
        throw Failure(.io, "waited for too long")
      }
      try await Task.sleep(for: .milliseconds(10))
    }
  }
}
