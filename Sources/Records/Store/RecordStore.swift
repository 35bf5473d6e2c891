import GRDB
import Platform
import Synchronization
import SystemPackage

/// The record of all experiments and runs of a project: `.reprise/records.db`, an SQLite database in WAL mode.
///
/// Any number of processes may use one folder at a time; each write is one transaction, and one that finds another
/// in its way waits up to ``patience``.
///
/// What a power cut may take: with `synchronous=NORMAL` in WAL mode a commit is not flushed to the disk at once,
/// so the last moments of a run that still goes on may be lost (the database is whole in any case, and a killed
/// process loses nothing). The end of a run, deletion and purging switch to `synchronous=FULL`: the log is one file
/// that is flushed in order, so when the end of a run is on the disk, all that the run logged is.
package final class RecordStore: Sendable {
  /// The folder that holds `records.db` and `artifacts`, absolute.
  package let folder: FilePath
  let database: DatabaseQueue
  /// The file is opened from a copy when the folder cannot be written and a log is left in it; this removes it.
  private let copy: ReadingCopy?
  /// Ids of names, shared by all connections of a server.
  let keyCache: KeyCache
  /// Of this connection.
  let notes: CommitNotes
  /// Whether this store is what a body of ``read(_:)`` or ``write(_:)`` gets: the transaction is not its own, and
  /// refusals are not turned into failures.
  let isJoined: Bool
  let isWritable: Bool
  /// What ``read(_:)`` and ``write(_:)`` work with, once one of them was called.
  let madeService = Mutex<RecordService?>(nil)

  /// How long a write waits for those of other processes, in seconds.
  static let patience = 15.0

  /// Opens the record for writing: makes the folder and the database when they are not there, and brings the
  /// tables to this program's version.
  ///
  /// - Throws: ``Failure`` when the database is corrupt, newer than this program, foreign, locked for too long, or
  ///   cannot be written. The file is then left as it is.
  package init(in folder: FilePath) throws {
    self.folder = try FileSystem.absolute(folder)
    copy = nil
    (keyCache, notes, isJoined, isWritable) = (KeyCache(), CommitNotes(), false, true)
    try FileSystem.createDirectory(self.folder)
    let file = RecordStore.file(in: self.folder)
    database = try RecordStore.explaining(file) {
      let queue = try DatabaseQueue(path: file.string, configuration: RecordStore.configuration())
      try RecordStore.prepare(queue, file)
      return queue
    }
  }

  /// Opens the record for looking only; nothing is written, so a read-only folder or file system will do.
  ///
  /// - Throws: ``Failure`` with code `.notFound` when nothing was recorded there.
  package init(readingIn folder: FilePath) throws {
    self.folder = try FileSystem.absolute(folder)
    let file = RecordStore.file(in: self.folder)
    (keyCache, notes, isJoined, isWritable) = (KeyCache(), CommitNotes(), false, false)
    (database, copy) = try RecordStore.openForReading(file)
  }

  /// The same connection, for what belongs to a server's transaction.
  init(joining other: RecordStore) {
    (folder, database, copy) = (other.folder, other.database, other.copy)
    (keyCache, notes, isJoined) = (other.keyCache, other.notes, true)
    isWritable = other.isWritable
  }

  /// A connection of its own, for the bodies of ``read(_:)``.
  init(readingBeside other: RecordStore) throws {
    folder = other.folder
    (keyCache, notes, isJoined, isWritable) = (other.keyCache, CommitNotes(), true, false)
    (database, copy) = try RecordStore.openForReading(RecordStore.file(in: folder))
  }

  static func file(in folder: FilePath) -> FilePath { folder.appending("records.db") }

  /// Brings a database to the newest tables, in one transaction that checks again under the lock.
  private static func prepare(_ queue: DatabaseQueue, _ file: FilePath) throws {
    try queue.writeWithoutTransaction { db in
      switch try Schema.state(db) {
      case .version(Schema.version): return
      case .version(let found) where found > Schema.version: throw newer(file, found)
      case .foreign: throw foreign(file)
      case .empty: try switchToWAL(db)
      case .version: break
      }
      try db.inTransaction(.immediate) {
        switch try Schema.state(db) {
        case .empty: try Schema.migrate(db, from: 0)
        case .version(let found) where found > Schema.version: throw newer(file, found)
        case .version(let found): try Schema.migrate(db, from: found)
        case .foreign: throw foreign(file)
        }
        return .commit
      }
    }
  }

  static func configuration(readOnly: Bool = false) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.foreignKeysEnabled = false
    configuration.busyMode = .timeout(patience)
    configuration.label = "records"
    configuration.prepareDatabase { db in
      // Sorting stays in memory; 4 MB of pages; LIKE tells case apart, as MLflow's does.
      try db.execute(
        sql: """
          PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4000;
          PRAGMA case_sensitive_like = ON
          """)
    }
    return configuration
  }

  /// SQLite does not call its busy handler here when two processes make the same new file at once.
  private static func switchToWAL(_ db: Database) throws {
    let start = ContinuousClock.now
    while true {
      do {
        return try db.execute(sql: "PRAGMA journal_mode = WAL")
      } catch let error as DatabaseError
        where error.resultCode == .SQLITE_BUSY && start.duration(to: .now) < .seconds(patience)
      {
        Pause.brief()
      }
    }
  }
}
