import GRDB
import Platform
import SystemPackage

/// A copy of a database in a temporary folder that goes when nobody reads it any more.
final class ReadingCopy: Sendable {
  private let folder: TemporaryDirectory
  let file: FilePath

  init(of original: FilePath) throws {
    TemporaryDirectory.removeAbandoned(prefix: "reprise-records-")
    folder = try TemporaryDirectory(prefix: "reprise-records-")
    file = folder.path.appending("records.db")
    for suffix in ["", "-wal"] {
      try FileSystem.write(
        FileSystem.read(FilePath(original.string + suffix), limit: .max),
        to: FilePath(file.string + suffix), durable: false)
    }
  }
}

extension RecordStore {
  /// Opens a database that must not be written.
  ///
  /// SQLite wants to make its log and shared memory beside a WAL database even to read it. Where the folder cannot
  /// be written, the file is read as immutable when no log is left beside it, and from a copy when one is (a crash
  /// left it there, and it holds the newest records).
  static func openForReading(_ file: FilePath) throws -> (DatabaseQueue, ReadingCopy?) {
    guard FileSystem.exists(file) else { throw nothingRecorded(file) }
    return try explaining(file) {
      do {
        return (try open(file.string, checking: file), nil)
      } catch let error as DatabaseError where error.meansNoLogHere {
        let log = try FileSystem.status(FilePath(file.string + "-wal"))
        guard let log, log.size > 0 else {
          return (try open("file:\(file.string.percentEncoded)?immutable=1", checking: file), nil)
        }
        let copy = try ReadingCopy(of: file)
        return (try open(copy.file.string, checking: file, readOnly: false), copy)
      }
    }
  }

  private static func open(_ path: String, checking file: FilePath, readOnly: Bool = true) throws
    -> DatabaseQueue
  {
    let queue = try DatabaseQueue(path: path, configuration: configuration(readOnly: readOnly))
    switch try queue.unsafeRead({ try Schema.state($0) }) {
    case .version(Schema.version): return queue
    case .version(let found) where found > Schema.version: throw newer(file, found)
    case .version: throw older(file)
    case .empty: throw nothingRecorded(file)
    case .foreign: throw foreign(file)
    }
  }
}

extension DatabaseError {
  /// Whether SQLite could not make or open the log beside the database.
  fileprivate var meansNoLogHere: Bool {
    [.SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_IOERR].contains(resultCode)
  }
}

extension String {
  /// The text as a part of a `file:` URI.
  fileprivate var percentEncoded: String {
    let kept = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/".utf8)
    return utf8.reduce(into: "") { text, byte in
      if kept.contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "%" + hexadecimal([byte])
      }
    }
  }
}
