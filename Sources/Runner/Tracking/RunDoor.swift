import Platform
import Records
import Synchronization

/// The address at which the child of a run finds MLflow's API, for as long as the run lasts.
///
/// It is a listening socket and a word, and costs nothing more until somebody knocks: only then a server begins.
package final class RunDoor: Sendable {
  /// Where connections wait; for the server to take.
  package let socket: LoopbackSocket
  /// What a client must know to be answered: 32 random bytes, in hexadecimal digits.
  package let token: String
  /// Who records the runs that clients begin here.
  package let owner: Owner
  private let begun = Mutex<[RunID]>([])
  private let knocks = AsyncStream.makeStream(of: Void.self)
  private let closing = AsyncStream.makeStream(of: Void.self)

  /// The name that stands beside the token where a client wants one.
  package static let user = "run"
  /// The address again, by which a `reprise run` in this run knows that it is ours.
  static let ownAddress = "REPRISE_TRACKING_URI"

  init() throws {
    socket = try LoopbackSocket()
    token = hexadecimal(try Secret.random(32))
    owner = .current()
  }

  package var address: String { "http://127.0.0.1:\(socket.port)" }

  var doorbell: Doorbell {
    Doorbell(socket.descriptor) { [knocks] in knocks.continuation.yield() }
  }

  /// Has those who knock answered by a service, until ``close()``.
  ///
  /// - Returns: why they were not, when that is so.
  func attend(_ service: any TrackingService, _ store: RecordStore) async -> Failure? {
    var isKnocked = false
    for await _ in knocks.stream {
      isKnocked = true
      break
    }
    guard isKnocked else { return nil }
    do {
      let closing = closing.stream
      try await service.serve(self, from: store) { for await _ in closing {} }
      return nil
    } catch {
      return Failure(
        .io, "the entry point's MLflow client could not be answered",
        cause: "\((error as? Failure)?.message ?? "\(error)")")
    }
  }

  /// Lets nobody in any more.
  func close() {
    knocks.continuation.finish()
    closing.continuation.finish()
  }

  /// Remembers a run that a client began here.
  package func remember(_ run: RunID) { begun.withLock { $0.append(run) } }

  /// The runs that clients began here, besides one.
  func runs(besides run: RunID) -> [RunID] { begun.withLock { $0.filter { $0 != run } } }
}
