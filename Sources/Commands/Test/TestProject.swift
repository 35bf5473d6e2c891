import Checks
import Compute
import Formats
import Platform
import Projects
import Records
import Runner
import SystemPackage

/// Where `reprise test` finds suites, and the tables and models that they name.
struct TestProject {
  private let place: Place
  let root: FilePath

  struct File: Sendable {
    /// From the project's folder.
    var name: String
    var path: FilePath
    /// Whether it is of a model, and not of data.
    var isOfModel = false
    /// Its text as git would commit it; nil: as it is in the file.
    var staged: [UInt8]?

    /// The text that counts.
    func bytes() throws -> [UInt8] {
      try staged ?? FileSystem.read(path, limit: DataSuite.limits.bytes)
    }
  }

  /// The folders of suites, below `tests`, by the words that a person names all of them by.
  private static let kinds = ["data", "model"]

  /// The project of an entry point.
  init(_ place: Place, root: FilePath) {
    self.place = place
    self.root = root
  }

  /// The project is the nearest folder upwards with a `tests/data` or a `tests/model`; the folder itself when all suites are named
  /// by their paths and there is none.
  init(_ place: Place, names: [String] = []) throws {
    self.place = place
    if let found = Self.root(above: place.folder) {
      root = found
    } else if !names.isEmpty,
      try names.allSatisfy({
        FileSystem.isFile(try FileSystem.absolute(FilePath($0), in: place.folder))
      })
    {
      root = place.folder
    } else {
      throw Failure(
        .notFound,
        "there is no folder `tests/data` or `tests/model` in `\(place.folder)` or above",
        hint: "write a first suite: reprise data infer FILE -o tests/data/NAME.yml")
    }
  }

  /// The nearest folder upwards with suites; nil without one.
  static func root(above folder: FilePath) -> FilePath? {
    var candidate = folder
    while !kinds.contains(where: {
      FileSystem.isDirectory(candidate.appending("tests").appending($0))
    }) {
      let parent = candidate.removingLastComponent()
      guard parent != candidate, !parent.isEmpty else { return nil }
      candidate = parent
    }
    return candidate
  }

  /// The suites of these names; all without names. `data` and `model` name all of a kind, and a path names a suite too.
  func suites(named names: [String]) throws -> [File] {
    let all = try Self.kinds.flatMap(files)
    guard !names.isEmpty else {
      guard !all.isEmpty else { throw Self.nothing("`tests/data` and `tests/model`") }
      return all
    }
    var found: [File] = []
    for name in names {
      let own = try suites(named: name, among: all)
      found += own.filter { one in !found.contains { $0.path == one.path } }
    }
    return found
  }

  private func files(of kind: String) throws -> [File] {
    let folder = root.appending("tests").appending(kind)
    guard FileSystem.isDirectory(folder) else { return [] }
    return try FileSystem.names(in: folder).filter { name in
      name.hasSuffix(".yml") || name.hasSuffix(".yaml")
    }.sorted().map {
      File(name: "tests/\(kind)/\($0)", path: folder.appending($0), isOfModel: kind == "model")
    }
  }

  private static func nothing(_ place: String) -> Failure {
    Failure(
      .notFound, "there is no suite in \(place)",
      hint: "write a first one: reprise data infer FILE -o tests/data/NAME.yml")
  }

  private func suites(named name: String, among all: [File]) throws -> [File] {
    let found = all.filter { Self.stem($0.name) == name || $0.name == name }
    if !found.isEmpty { return found }
    if Self.kinds.contains(name) {
      let own = all.filter { $0.isOfModel == (name == "model") }
      guard !own.isEmpty else { throw Self.nothing("`tests/\(name)`") }
      return own
    }
    let path = try FileSystem.absolute(FilePath(name), in: place.folder)
    if FileSystem.isFile(path) {
      // One that lies elsewhere is of a model when it lies in a folder that says so.
      let isOfModel = path.removingLastComponent().lastComponent?.string == "model"
      return [File(name: name, path: path, isOfModel: isOfModel)]
    }
    let near = nearestName(to: name, among: all.map { Self.stem($0.name) })
    throw Failure(
      .notFound, "there is no suite `\(name)`",
      hint: near.map { "did you mean `\($0)`?" }
        ?? "there are: \(all.map { Self.stem($0.name) }.joined(separator: ", "))")
  }

  private static func stem(_ name: String) -> String {
    FilePath(name).lastComponent?.stem ?? name
  }

  /// Tests suites, one after the other. One that cannot be tested does not stop the others.
  ///
  /// - Parameters:
  ///   - threads: nil: as many as there are processors.
  ///   - isFresh: whether all is read, also what is known.
  ///   - memory: what tests of data keep at most, in bytes; the usual when nil.
  ///   - line: says how far it is.
  ///   - note: is told what could not be kept.
  func test(
    _ files: [File], threads: Int? = nil, isFresh: Bool = false, memory: Int? = nil,
    line: ProgressLine? = nil,
    note: (Failure) -> Void = { _ in }
  ) async throws -> TestReport {
    let width = max(1, min(threads ?? WorkerPool.processorCount, 256))
    var report = TestReport()
    defer { line?.clear() }
    for file in files {
      do {
        let outcome = try await outcome(
          of: file, threads: width, isFresh: isFresh, limit: memory, line, note)
        report.suites.append(outcome)
      } catch let failure as Failure {
        report.failures.append(.init(file: file.name, failure: failure))
      }
    }
    return report
  }

  private func outcome(
    of file: File, threads: Int, isFresh: Bool, limit: Int?, _ line: ProgressLine?,
    _ note: (Failure) -> Void
  ) async throws -> SuiteOutcome {
    let tables = ProjectTables(root: root, place: place)
    let time = Clock.milliseconds()
    guard !file.isOfModel else {
      let watched = WatchedTables(tables, line: line)
      let outcome = try await ParallelWork.onDeepThread {
        try ModelSuite(parsing: file.bytes(), file: file.name)
      }
      var result = try await ModelTesting(outcome, places: watched, threads: threads).outcome {
        line?.update("\(file.name): \($0)")
      }
      result.inputs = try await ParallelWork.onDeepThread { watched.finished() }
      return keep(result, nil, "", time, note)
    }
    let bytes = try file.bytes()
    let digest = SHA256.digest(of: bytes).hex
    let memory = memory
    let now = Double(time) / 1000
    let (outcome, suite) = try await ParallelWork.onDeepThread {
      let suite = try DataSuite(parsing: bytes, file: file.name)
      let references = Dictionary(
        suite.tables.map { ($0.text, $0) }, uniquingKeysWith: { first, _ in first })
      let known =
        isFresh
        ? nil
        : memory.known(suite, digest: digest) { name in
          references[name].flatMap { try? tables.path(of: $0) }
        }
      if let known { return (known, suite) }
      let watched = WatchedTables(tables, line: line)
      var outcome = try DataTesting(
        suite, opener: watched, threads: threads, now: now, memory: limit ?? DataTesting.usualMemory
      ).outcome()
      outcome.inputs = watched.finished()
      return (outcome, suite)
    }
    return keep(outcome, suite, digest, time, note)
  }

  /// What is remembered of tests.
  var memory: TestMemory {
    let records = RecordsFolder.nearest(to: root, variables: place.variables)
    // The project may move with the folder of its records.
    var below = root
    _ = below.removePrefix(records.path.removingLastComponent())
    return TestMemory(
      records.path.appending("tests"), version: Program.version, project: below.string)
  }

  /// Keeps a result for the history, and to be told again.
  private func keep(
    _ outcome: SuiteOutcome, _ suite: DataSuite?, _ digest: String, _ time: Int64,
    _ note: (Failure) -> Void
  ) -> SuiteOutcome {
    guard !outcome.isKnown else { return outcome }
    do {
      try RecordsFolder.nearest(to: root, variables: place.variables).create()
      try memory.record(HistoryEntry(outcome, time: time, version: Program.version))
      if let suite { try memory.keep(outcome, of: suite, digest: digest, time: time) }
    } catch {
      note(
        Failure(
          .io, "the results of `\(outcome.file)` were not kept",
          cause: (error as? Failure)?.message ?? "\(error)"))
    }
    return outcome
  }
}
