import Formats
import Platform
import SystemPackage

/// What is kept of tests that were done: results that are told again while nothing has changed, and the course of the values.
package struct TestMemory: Sendable {
  private let folder: FilePath
  private let version: String
  private let project: String

  /// - Parameters:
  ///   - folder: is made when something is kept.
  ///   - version: of the program, whose results another version does not take over.
  ///   - project: its path from where the folder is, for several projects may share one.
  package init(_ folder: FilePath, version: String, project: String) {
    self.folder = folder
    self.version = version
    self.project = project
  }

  /// Results of so many states of the data are kept for each suite.
  private static let mostKnown = 8
  private static let mostEntries = 500

  /// A suite is called by its file; others may be called the same but for signs, or in another project.
  private func file(_ suite: String, _ ending: String) -> FilePath {
    let plain = suite.unicodeScalars.map { scalar -> Character in
      scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        ? Character(scalar) : "-"
    }
    let hash = SHA256.digest(of: Array("\(project)\n\(suite)".utf8)).hex.prefix(12)
    return folder.appending("\(String(plain.suffix(60)))-\(hash).\(ending)")
  }

  // MARK: Known results

  /// What is known of a suite whose data has not changed; nil when it must be read.
  ///
  /// - Parameters:
  ///   - digest: of the suite's text.
  ///   - path: where what the suite names so is now; nil when it cannot be told.
  package func known(
    _ suite: DataSuite, digest: String, path: (String) -> FilePath?
  ) -> SuiteOutcome? {
    for entry in (try? read(file(suite.file, "known.json"))) ?? [] {
      guard entry["suite"]?.string == digest, entry["version"]?.string == version,
        let time = entry["time"]?.int, let inputs = entry["inputs"]?.array, !inputs.isEmpty
      else { continue }
      let files = inputs.compactMap(Self.input)
      let isSame =
        files.count == inputs.count
        && files.allSatisfy { path($0.name)?.string == $0.path && $0.isSame(since: time) }
      if isSame, let stored = entry["outcome"],
        var outcome = StoredOutcome.outcome(stored, of: suite)
      {
        outcome.isKnown = true
        outcome.inputs = files
        return outcome
      }
    }
    return nil
  }

  /// Keeps what came of a suite, unless it depends on more than its data.
  ///
  /// - Parameter time: milliseconds since 1970.
  package func keep(_ outcome: SuiteOutcome, of suite: DataSuite, digest: String, time: Int64)
    throws
  {
    let dependsOnMore = suite.tests.contains { test in
      switch test.kind {
      // On the time, and on pictures beside the table.
      case .freshness, .images, .nearImages: true
      default: false
      }
    }
    guard !dependsOnMore, outcome.inputs.allSatisfy({ $0.digest != nil && $0.stamp != nil }),
      let stored = StoredOutcome.json(outcome, of: suite)
    else { return }
    let entry: JSONValue = [
      "suite": .string(digest), "version": .string(version), "time": .int(time),
      "inputs": .array(outcome.inputs.map(Self.json)), "outcome": stored,
    ]
    try update(file(suite.file, "known.json")) { entries in
      let others = entries.filter { other in
        other["suite"]?.string != digest
          || Self.digests(other) != outcome.inputs.map { $0.digest ?? "" }
      }
      return Array(([entry] + others).prefix(Self.mostKnown))
    }
  }

  private static func digests(_ entry: JSONValue) -> [String] {
    (entry["inputs"]?.array ?? []).map { $0["sha256"]?.string ?? "" }
  }

  private static func json(_ input: TestedInput) -> JSONValue {
    let stamp = input.stamp.map { stamp -> JSONValue in
      [
        .int(stamp.size), .int(Int64(bitPattern: stamp.inode)), .int(stamp.modified),
        .int(stamp.changed),
      ]
    }
    return [
      "name": .string(input.name), "path": .string(input.path),
      "sha256": input.digest.map { .string($0) } ?? .null, "stamp": stamp ?? .null,
    ]
  }

  private static func input(_ json: JSONValue) -> TestedInput? {
    guard let name = json["name"]?.string, let path = json["path"]?.string,
      let digest = json["sha256"]?.string,
      let stamp = json["stamp"]?.array?.compactMap(\.int), stamp.count == 4
    else { return nil }
    return TestedInput(
      name: name, path: path, digest: digest,
      stamp: .init(
        size: stamp[0], inode: UInt64(bitPattern: stamp[1]), modified: stamp[2], changed: stamp[3]))
  }

  // MARK: The course of values

  /// Adds a result to the history of its suite.
  package func record(_ entry: HistoryEntry) throws {
    try update(file(entry.suite, "history.json")) { entries in
      Array((entries + [entry.json]).suffix(Self.mostEntries))
    }
  }

  /// What came of a suite, the oldest first.
  ///
  /// - Throws: ``Failure`` when it is there and cannot be read.
  package func history(of suite: String) throws -> [HistoryEntry] {
    try read(file(suite, "history.json")).compactMap(HistoryEntry.init)
  }

  // MARK: Files

  /// An entry a line. A file that is damaged costs no more than what it held.
  ///
  /// - Throws: ``Failure`` when there is one that cannot be read: what it holds is not to be written over.
  private func read(_ path: FilePath) throws -> [JSONValue] {
    let text: String
    do { text = try FileSystem.readText(path, limit: 1 << 28) } catch let failure as Failure {
      guard failure.code == .notFound else { throw failure }
      return []
    }
    return text.split(separator: "\n").compactMap { try? JSONValue(parsing: String($0)) }
  }

  private func update(_ path: FilePath, _ change: ([JSONValue]) -> [JSONValue]) throws {
    try FileSystem.createDirectory(folder)
    let lock = try FileLock(folder.appending("lock"))
    let text = try change(read(path)).map { $0.text() + "\n" }.joined()
    try FileSystem.write(text, to: path, durable: false)
    lock.release()
  }
}
