import Formats
import Platform
import Records
import Runner

/// A run as a document to read: what was run, how it went, and what it left.
struct RunDocument: Sendable {
  var run: Run
  var experiment: Experiment
  /// The run that this one is a part of.
  var parent: Run?
  /// Runs that are parts of this one, newest first, and whether there are more.
  var children: [Run]
  var hasMoreChildren: Bool
  /// Its curves, those of few values first read; nil for those that are to be fetched when they are looked at.
  var curves: [(key: String, curve: Curve?)]
  var patch: String?
  var leftOut: String?
  var verdict: ReplayVerdict?
  /// Of its data and models; nil when none were done with it.
  var tests: TestSummary?
  /// The end of the log, and where that begins.
  var logLines: [LogLine]
  var logStart: Int64
  /// Where what comes next begins: before a line that has no end yet.
  var logEnd: Int64
  var logSize: Int64
  /// Nil when the artifacts are not on this machine.
  var artifacts: [ArtifactFolder.Entry]?
  var datasets: [DatasetInput]

  /// What is read of a log's end.
  static let tail: Int64 = 48 << 10
  /// Files that are listed.
  static let files = 2000
  static let children = 50

  /// - Parameter index: of the log, by who has read its events; nil: they are read.
  init(_ id: RunID, in store: RecordStore, index: LogIndex? = nil) throws {
    run = try store.run(id)
    experiment = try store.experiment(id: run.experiment)
    datasets = try store.datasets(of: id)
    parent = run.tag("mlflow.parentRunId").flatMap { RunID($0) }.flatMap { try? store.run($0) }
    let filter = try RunFilter(parsing: "tags.`mlflow.parentRunId` = '\(id.hex)'")
    let found = try store.search(
      RunSearch(filter: filter, limit: Self.children + 1))
    children = Array(found.prefix(Self.children))
    hasMoreChildren = found.count > Self.children
    curves = try Self.curves(of: run, in: store)
    let folder = ArtifactFolder(of: run, in: store)
    patch = folder?.text("code/uncommitted.patch", limit: 1 << 20)
    leftOut = folder?.text("code/left-out.txt", limit: 1 << 16)
    verdict = folder.flatMap { [run] in ReplayVerdict.read(of: run, in: $0) }
    tests = folder.flatMap { TestSummary.read(in: $0) }
    artifacts = try folder?.entries(limit: Self.files)
    (logLines, logStart, logEnd, logSize) = ([], 0, 0, 0)
    if let folder {
      let log = index.map { RunLog(in: folder, $0) } ?? RunLog(in: folder)
      logSize = log.size
      logStart = max(0, log.size - Self.tail)
      logLines = LogLine.lines(try log.read(logStart..<log.size), from: logStart)
      // The first line of a piece is the end of one.
      if logStart > 0, logLines.count > 1 { logLines.removeFirst() }
      logEnd = logSize
      if run.isOpen, let last = logLines.last, last.isOpen {
        logLines.removeLast()
        logEnd = last.place
      }
    }
  }

  private static func curves(
    of run: Run, in store: RecordStore
  ) throws -> [(key: String, curve: Curve?)] {
    var room = CurveLimits.perPage
    return try inReadingOrder(run.metrics.map(\.key)).map { key in
      do {
        let curve = try store.curve(of: key, in: run, most: room)
        room -= curve?.count ?? 0
        return (key, curve)
      } catch is CurveLimits.TooLong {
        room = 0
        return (key, nil)
      }
    }
  }
}
