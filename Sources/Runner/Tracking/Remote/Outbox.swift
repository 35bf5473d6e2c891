import Formats
import Platform
import Records
import SystemPackage

/// Records that are for servers: `.reprise/outbox`, a folder each, which is removed when the server has all of it.
///
/// What stays there was not sent, because the server or we were gone; the next run that is recorded on the same server
/// sends it.
struct Outbox {
  let folder: FilePath

  static let address = "server.json"

  /// - Parameter records: the project's, or a parcel, when a run is started within one that is recorded on a server.
  init(in records: RecordsFolder) {
    folder =
      FileSystem.exists(records.path.appending(Outbox.address))
      ? records.path.removingLastComponent() : records.path.appending("outbox")
  }

  /// One record that is for a server; nobody else takes it up as long as the value lives.
  final class Parcel {
    let records: RecordsFolder
    private let lock: FileLock

    /// - Throws: ``Failure`` with code `.locked` when somebody works on it.
    init(_ path: FilePath) throws {
      records = RecordsFolder(path)
      lock = try FileLock(path.appending("lock"), waiting: false)
    }

    /// Writes down whose it is; without that it was never begun.
    func address(_ run: RunID, _ client: TrackingClient) throws {
      let json: JSONValue = ["run_id": .string(run.hex), "server": .string(client.shown)]
      try FileSystem.write(json.text(.indented) + "\n", to: records.path.appending(Outbox.address))
    }

    /// Whether a run was begun with it.
    var isAddressed: Bool { FileSystem.exists(records.path.appending(Outbox.address)) }

    func run(for client: TrackingClient) -> RunID? {
      guard
        let text = try? FileSystem.readText(records.path.appending(Outbox.address)),
        let json = try? JSONValue(parsing: text), json["server"]?.string == client.shown
      else { return nil }
      return json["run_id"]?.string.flatMap { RunID($0) }
    }

    func remove() throws { try FileSystem.removeTree(records.path) }
  }

  func newParcel() throws -> Parcel {
    let path = folder.appending(RunID.random().hex)
    try FileSystem.createDirectory(path)
    return try Parcel(path)
  }

  /// Goes away when nothing is left in it.
  func tidy() { try? FileSystem.remove(folder) }

  /// Sends what was left behind for a server.
  ///
  /// - Parameter renderer: who makes the pages of runs that were cut off.
  /// - Returns: what was sent, and what could not be.
  func sendLeft(
    by client: TrackingClient, _ renderer: (any ReportRenderer)?
  ) -> (sent: [RunID], problems: [Failure]) {
    var (sent, problems): ([RunID], [Failure]) = ([], [])
    for name in (try? FileSystem.names(in: folder)) ?? [] {
      // One that is locked is being worked on.
      guard let parcel = try? Parcel(folder.appending(name)) else { continue }
      if !parcel.isAddressed { try? parcel.remove() }
      guard let run = parcel.run(for: client) else { continue }
      do {
        let store = try RecordStore(in: parcel.records.path)
        _ = try Recovery.recover(store, parcel.records, renderer)
        if try store.has(run) {
          _ = try Delivery(client: client, store: store, run: run).send()
        } else {
          // We were gone before it was written down here.
          try client.update(run, status: .killed, endTime: Clock.milliseconds())
        }
        try parcel.remove()
        sent.append(run)
      } catch {
        problems.append(Outbox.unsent(run, parcel.records, client, error))
      }
    }
    return (sent, problems)
  }

  static func unsent(
    _ run: RunID, _ records: RecordsFolder, _ client: TrackingClient, _ error: any Error
  ) -> Failure {
    let failure = error as? Failure
    return Failure(
      failure?.code ?? .io,
      "the record of run `\(run)` was not sent to `\(client.shown)`: "
        + (failure?.message ?? "\(error)"),
      hint: "it is kept in \(records.path), and the next `reprise run` for that server sends it",
      cause: failure?.cause)
  }
}
