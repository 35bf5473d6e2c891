import CZMQ
import Formats
import Glibc
import Platform

/// Our ends of a kernel's sockets. They belong to the thread that made them.
final class KernelSockets {
  /// Something to wait for beside the sockets.
  typealias Channel = KernelConnection.Channel

  let session: String
  /// Messages that were dropped because they were none of the kernel's, or broken.
  private(set) var dropped = 0
  /// Why the last of them was.
  private(set) var lastDropped = ""

  private static let channels: [Channel] = [.iopub, .shell, .control, .stdin]
  private let sockets: [Channel: ZMQSocket]
  /// Tells of the connection of `iopub`.
  private let monitor: ZMQSocket
  private let key: WireKey
  private var count = 0
  private var received = 0

  /// Connects at once; what is sent waits until the kernel has bound its sockets.
  init(_ connection: KernelConnection, session: String) throws {
    let context = try ZMQContext()
    self.session = session
    key = connection.key
    // The kernel asks on `stdin` the one who asked it on `shell`: both have one name.
    let identity = Array(session.utf8)
    var sockets: [Channel: ZMQSocket] = [:]
    for channel in Self.channels {
      let socket = try ZMQSocket(
        context, kind: channel == .iopub ? ZMQ_SUB : ZMQ_DEALER,
        identity: channel == .iopub ? nil : identity)
      try socket.connect(to: connection.address(of: channel))
      sockets[channel] = socket
    }
    self.sockets = sockets
    monitor = try ZMQSocket(context, kind: ZMQ_PAIR)
    try sockets[.iopub]?.tellDisconnection(to: monitor)
  }

  /// Takes in what a kernel had sent that is dead: until its end of `iopub` is closed, which the library tells after it
  /// has read everything.
  func drain(_ take: () throws -> Void) throws {
    let deadline = ContinuousClock.now + .seconds(2)
    // One that has said nothing was perhaps never connected.
    while received > 0, try monitor.receive() == nil, ContinuousClock.now < deadline {
      var items = [monitor, sockets[.iopub]].map {
        zmq_pollitem_t(socket: $0?.handle, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0)
      }
      _ = zmq_poll(&items, Int32(items.count), 100)
      try take()
    }
    var before = -1
    while before != received {
      before = received
      try take()
    }
  }

  /// Sends a message and gives its id.
  @discardableResult
  func send(
    _ kind: MessageKind, on channel: Channel, parent: JSONValue = [:], content: JSONValue = [:]
  ) throws -> String {
    try send(kind, on: channel, parent: parent, rawContent: content.utf8())
  }

  /// The same, with the JSON text of the content.
  @discardableResult
  func send(
    _ kind: MessageKind, on channel: Channel, parent: JSONValue = [:], rawContent: [UInt8]
  ) throws -> String {
    count += 1
    let id = "\(session)_\(count)"
    let frames = WireFrames.encode(
      kind, id: id, session: session, date: WireClock.now(), parent: parent, content: rawContent,
      key: key)
    try sockets[channel]?.send(frames)
    return id
  }

  /// The next message that has come on a channel; nil when there is none. What is no message of the kernel is dropped.
  func receive(_ channel: Channel) throws -> WireMessage? {
    while let frames = try sockets[channel]?.receive() {
      received += 1
      do {
        return try WireFrames.decode(frames, key: key)
      } catch {
        dropped += 1
        lastDropped = error.message
      }
    }
    return nil
  }

  /// What there is to be looked at after a wait.
  struct Readiness {
    var channels: [Channel] = []
    /// Which of the other descriptors are readable, in their order.
    var descriptors: [Bool]
  }

  /// Waits until a message comes, or a descriptor becomes readable, or the time is over.
  ///
  /// - Parameters:
  ///   - descriptors: to be watched too; -1 is none.
  ///   - limit: how long at most; for ever when nil.
  func wait(_ descriptors: [Int32], limit: Duration?) throws -> Readiness {
    var items = Self.channels.map { channel in
      zmq_pollitem_t(
        socket: sockets[channel]?.handle, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0)
    }
    let watched = descriptors.indices.filter { descriptors[$0] >= 0 }
    for index in watched {
      items.append(
        zmq_pollitem_t(
          socket: nil, fd: descriptors[index], events: Int16(ZMQ_POLLIN), revents: 0))
    }
    // No longer than an hour, behind which it is waited again: a limit may be any that can be written.
    let parts = limit.map { min($0, .seconds(3600)).components }
    let milliseconds = parts.map {
      max(0, $0.seconds * 1000 + ($0.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
    var readiness = Readiness(descriptors: descriptors.map { _ in false })
    guard zmq_poll(&items, Int32(items.count), Int(milliseconds ?? -1)) >= 0 else {
      guard zmq_errno() == EINTR else { throw ZMQ.failure("wait for the kernel") }
      return readiness
    }
    readiness.channels = zip(Self.channels, items).filter { $0.1.revents != 0 }.map(\.0)
    for (index, item) in zip(watched, items.dropFirst(Self.channels.count)) {
      readiness.descriptors[index] = item.revents != 0
    }
    return readiness
  }
}
