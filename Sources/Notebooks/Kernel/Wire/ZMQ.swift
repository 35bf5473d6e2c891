import CZMQ
import Platform

/// The library's presence and its errors, in one place.
enum ZMQ {
  /// Loads the library.
  ///
  /// - Throws: ``Failure`` with `.unsupported` when it is not on this machine.
  static func start() throws {
    guard reprise_zmq_load() == 0 else {
      throw Failure(
        .unsupported, "`libzmq.so.5` is not there, and a notebook's kernel is spoken to through it",
        hint: "apt install libzmq5")
    }
  }

  /// The failure of the call before this one.
  static func failure(_ doing: String) -> Failure {
    let reason = zmq_strerror(zmq_errno()).map { String(cString: $0) } ?? "unknown error"
    return Failure(.io, "cannot \(doing)", cause: reason)
  }
}
