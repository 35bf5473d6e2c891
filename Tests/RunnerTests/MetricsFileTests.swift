import Formats
import Glibc
import Platform
import Records
import Support
import SystemPackage
import Testing

@testable import Runner

@Suite("$REPRISE_METRICS") struct MetricsFileTests {
  private func append(_ text: String, to path: FilePath) throws {
    let file = try FileSystem.openForWriting(path, appending: true)
    try FileSystem.writeAll(file.rawValue, Array(text.utf8), to: path)
    try file.close()
  }

  @Test("whole lines are read as they come, a half one when it is completed")
  func live() throws {
    let folder = try TemporaryFolder()
    var file = try MetricsFile(creatingAt: folder.path.appending("live/m.jsonl"))
    #expect(try file.read(now: 5).isEmpty)
    try append("{\"key\":\"a\",\"value\":1}\n{\"key\":\"b\",", to: file.path)
    #expect(try file.read(now: 5) == [Metric("a", 1, timestamp: 5, step: 0)])
    #expect(try file.read(now: 6).isEmpty)
    try append("\"value\":2,\"step\":7,\"timestamp\":9}\n", to: file.path)
    #expect(try file.read(now: 6) == [Metric("b", 2, timestamp: 9, step: 7)])
    #expect(file.problemCount == 0)
  }

  @Test("the last line needs no line end")
  func last() throws {
    let folder = try TemporaryFolder()
    var file = try MetricsFile(creatingAt: folder.path.appending("m.jsonl"))
    try append("{\"key\":\"a\",\"value\":1}", to: file.path)
    #expect(try file.read(now: 1).isEmpty)
    #expect(try file.read(now: 1, isLast: true).count == 1)
  }

  @Test(
    "what is no metric is counted and named",
    arguments: [
      "nonsense", "{}", "{\"key\":\"a\"}", "{\"key\":\"\",\"value\":1}",
      "{\"key\":\"a\",\"value\":\"x\"}", "[1]", "{\"key\":1,\"value\":1}",
      "{\"key\":\"a//b\",\"value\":1}", "{\"key\":\"a\",\"value\":1,\"timestamp\":-1}", "\u{0}",
      "{\"key\":",
    ])
  func wrong(line: String) throws {
    let folder = try TemporaryFolder()
    var file = try MetricsFile(creatingAt: folder.path.appending("m.jsonl"))
    try append("\n\(line)\n{\"key\":\"a\",\"value\":1}\n", to: file.path)
    #expect(try file.read(now: 1).count == 1)
    #expect(file.problemCount == 1)
    #expect(file.problems.first?.location?.line == 2)
  }

  @Test("a file that is started anew is read from its start")
  func truncated() throws {
    let folder = try TemporaryFolder()
    var file = try MetricsFile(creatingAt: folder.path.appending("m.jsonl"))
    try append("{\"key\":\"long name\",\"value\":1}\n", to: file.path)
    #expect(try file.read(now: 1).count == 1)
    try FileSystem.openForWriting(file.path).close()
    try append("{\"key\":\"b\",\"value\":1}\n", to: file.path)
    #expect(try file.read(now: 1).map(\.key) == ["b"])
  }

  @Test("a line without end does not fill the memory")
  func endless() throws {
    let folder = try TemporaryFolder()
    var file = try MetricsFile(creatingAt: folder.path.appending("m.jsonl"))
    try append(String(repeating: "x", count: 3 << 20), to: file.path)
    try append("\n{\"key\":\"a\",\"value\":1}\n", to: file.path)
    #expect(try file.read(now: 1, isLast: true).map(\.key) == ["a"])
    #expect(file.problemCount > 0)
  }

  @Test("many metrics come in pages of a bounded size, none twice and none left out")
  func pages() throws {
    let folder = try TemporaryFolder()
    var file = try MetricsFile(creatingAt: folder.path.appending("m.jsonl"))
    let count = 50_000
    let lines = (0..<count).map { "{\"key\":\"a\",\"value\":\($0),\"step\":\($0)}\n" }
    try append(lines.joined(), to: file.path)
    var steps: [Int64] = []
    var largest = 0
    while let page = try file.nextPage(now: 1) {
      steps += page.map(\.step)
      largest = max(largest, page.count)
    }
    #expect(steps == (0..<Int64(count)).map { $0 })
    #expect(largest < 10_000)
  }

  @Test("reading stops at its deadline and goes on where it stopped")
  func deadline() throws {
    let sandbox = try StoreSandbox()
    var file = try MetricsFile(creatingAt: sandbox.folder.path.appending("m.jsonl"))
    let lines = (0..<20_000).map { "{\"key\":\"a\",\"value\":1,\"step\":\($0)}\n" }
    try append(lines.joined(), to: file.path)
    let (store, run) = (sandbox.store, sandbox.run)
    var turns = 1
    while try file.record(in: store, of: run, isLast: true, until: .now) { turns += 1 }
    #expect(turns > 2)
    #expect(try store.history(of: "a", in: run).count == 20_000)
  }
}

/// A record with one run that goes on.
private struct StoreSandbox {
  let folder: TemporaryFolder
  let store: RecordStore
  let run: RunID

  init() throws {
    folder = try TemporaryFolder()
    store = try RecordStore(in: folder.path.appending("records"))
    run = try store.start(NewRun(startTime: 1)).id
  }
}

extension MetricsFile {
  /// All pages that there are.
  fileprivate mutating func read(now: Int64, isLast: Bool = false) throws -> [Metric] {
    var metrics: [Metric] = []
    while let page = try nextPage(now: now, isLast: isLast) { metrics += page }
    return metrics
  }
}
