import GRDB
import Glibc
import Platform
import Records
import Support
import SystemPackage
import Testing

@Suite("Opening a record") struct OpeningTests {
  let folder: TemporaryFolder
  var file: FilePath { folder.path.appending("records.db") }

  init() throws { folder = try TemporaryFolder() }

  /// A record with one finished run, closed, so that all stands in one file.
  private func made() throws -> RunID {
    let store = try RecordStore(in: folder.path)
    let id = try store.start(NewRun(startTime: 1)).id
    try store.finish(id, RunEnding(status: .finished, endTime: 2))
    return id
  }

  private func failure(_ open: () throws -> RecordStore) -> Failure? {
    #expect(throws: Failure.self) { _ = try open() }
  }

  @Test("folders are made as needed, and opening again finds what was there") func again() throws {
    let path = folder.path.appending("a/b/.reprise")
    let id = try RecordStore(in: path).start(NewRun(startTime: 1)).id
    #expect(try RecordStore(in: path).run(id).id == id)
    #expect(try RecordStore(readingIn: path).run(id).id == id)
  }

  @Test("reading where nothing was recorded says so, and makes nothing") func nothing() throws {
    let failed = failure { try RecordStore(readingIn: folder.path.appending("none")) }
    #expect(failed?.code == .notFound)
    #expect(failed?.hint == "record a run with `reprise run`")
    #expect(!FileSystem.exists(folder.path.appending("none")))
    try folder.write("", to: "records.db")
    #expect(failure { try RecordStore(readingIn: folder.path) }?.code == .notFound)
  }

  @Test("a damaged file is a failure and stays as it is", arguments: [true, false])
  func corrupt(reading: Bool) throws {
    let text =
      "this is not a database, and it is long enough to have a header of 100 bytes, which SQLite reads first."
    try folder.write(text, to: "records.db")
    let failed = failure {
      try reading ? RecordStore(readingIn: folder.path) : RecordStore(in: folder.path)
    }
    #expect(failed?.code == .corrupt)
    #expect(failed?.message == "`\(file)` is damaged, or not a records database")
    #expect(try folder.read("records.db") == text)
  }

  @Test("a damaged page inside is told when it is met") func corruptInside() throws {
    let id = try made()
    var bytes = try FileSystem.read(file)
    for index in 4096..<bytes.count { bytes[index] = 0xFF }
    try FileSystem.write(bytes, to: file)
    let failed = #expect(throws: Failure.self) {
      let store = try RecordStore(in: folder.path)
      _ = try store.run(id)
      _ = try store.search(RunSearch())
    }
    #expect(failed?.code == .corrupt)
  }

  @Test("a newer, a foreign and a locked database are told apart") func others() throws {
    _ = try made()
    let queue = try DatabaseQueue(path: file.string)
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 99") }
    let newer = failure { try RecordStore(in: folder.path) }
    #expect(newer?.code == .unsupported)
    #expect(newer?.message.contains("was written by a newer reprise") == true)
    #expect(failure { try RecordStore(readingIn: folder.path) }?.hint == "update reprise")
    try queue.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA user_version = 1; PRAGMA application_id = 5")
    }
    #expect(failure { try RecordStore(in: folder.path) }?.code == .conflict)
    #expect(failure { try RecordStore(readingIn: folder.path) }?.code == .conflict)
  }

  @Test("a full database is a failure that says so, and takes nothing half") func full() throws {
    let store = try RecordStore(in: folder.path)
    let id = try store.start(NewRun(startTime: 1)).id
    // As SQLite sees it, a database at its limit of pages is a full disk.
    try store.limitPages(to: 1)
    let failed = #expect(throws: Failure.self) {
      for step in 0..<Int64(1000) {
        try store.log(
          metrics: (0..<1000).map { Metric("m\($0)", 1, timestamp: 1, step: step) }, to: id)
      }
    }
    #expect(failed?.code == .noSpace)
    #expect(failed?.hint?.contains("free some room") == true)
    let counts = try ["m0", "m999"].map { try store.history(of: $0, in: id).count }
    #expect(counts[0] == counts[1])
  }

  @Test("a log left beside a file that cannot be written is read too") func copied() throws {
    let store = try RecordStore(in: folder.path)
    let id = try store.start(NewRun(startTime: 1)).id
    // What a read-only medium holds after a crash: the file and its log, without the shared memory.
    let other = try TemporaryFolder()
    for name in ["records.db", "records.db-wal"] {
      try FileSystem.write(
        FileSystem.read(folder.path.appending(name)), to: other.path.appending(name))
    }
    #expect(try RecordStore(readingIn: other.path).run(id).id == id)
  }
}
