import Platform
import Records
import Runner
import Server
import SystemPackage

/// Opens records for commands that only look.
enum RecordReader {
  /// The store; nil when nothing was ever recorded there.
  ///
  /// Runs whose owner died are first marked as killed, where the records can be written.
  static func open(_ records: RecordsFolder) throws -> RecordStore? {
    guard FileSystem.exists(records.path.appending("records.db")) else { return nil }
    let store: RecordStore
    do {
      store = try RecordStore(readingIn: records.path)
    } catch let failure as Failure where failure.code == .notFound {
      // A kill between making the file and its first table leaves an empty one.
      return nil
    }
    if try store.hasAbandoned() { _ = try? Recovery.recover(records, ReportPage()) }
    return store
  }

  /// The store; a failure that says what to do when nothing was ever recorded there.
  static func require(_ records: RecordsFolder) throws -> RecordStore {
    guard let store = try open(records) else {
      throw Failure(
        .notFound, "no runs are recorded in `\(records.path)`",
        hint: "`reprise run` records one; `-C FOLDER` looks in another project")
    }
    return store
  }
}
