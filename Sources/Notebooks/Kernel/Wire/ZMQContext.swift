import CZMQ
import Platform

/// A context of libzmq with the thread that carries the bytes of its sockets. It outlives them.
final class ZMQContext {
  fileprivate let handle: UnsafeMutableRawPointer

  init() throws {
    try ZMQ.start()
    guard let handle = zmq_ctx_new() else { throw ZMQ.failure("prepare a kernel's sockets") }
    self.handle = handle
  }

  deinit { zmq_ctx_term(handle) }
}

/// A socket of libzmq. It belongs to the thread that made it, and drops what it could not send when it goes.
final class ZMQSocket {
  /// For `zmq_poll`.
  let handle: UnsafeMutableRawPointer
  private let context: ZMQContext

  /// - Parameters:
  ///   - kind: `ZMQ_DEALER`, `ZMQ_SUB`, ….
  ///   - identity: what a router on the other side calls this socket.
  init(_ context: ZMQContext, kind: Int32, identity: [UInt8]? = nil) throws {
    guard let handle = zmq_socket(context.handle, kind) else {
      throw ZMQ.failure("open a kernel's socket")
    }
    self.handle = handle
    self.context = context
    try set(ZMQ_LINGER, 0)
    // The default of 100 ms is what a start would mostly wait for: we connect before the kernel has bound.
    try set(ZMQ_RECONNECT_IVL, 5)
    try set(ZMQ_RECONNECT_IVL_MAX, 50)
    // The default of 1000 drops what comes faster than we read, without a word.
    try set(ZMQ_RCVHWM, 0)
    try set(ZMQ_SNDHWM, 0)
    if let identity { try set(ZMQ_ROUTING_ID, identity) }
    if kind == ZMQ_SUB { try set(ZMQ_SUBSCRIBE, []) }
  }

  deinit { zmq_close(handle) }

  func connect(to address: String) throws {
    guard zmq_connect(handle, address) == 0 else { throw ZMQ.failure("connect to `\(address)`") }
  }

  /// Takes a port of the machine's loopback that is free, and keeps it.
  func bindLoopback() throws -> Int {
    guard zmq_bind(handle, "tcp://127.0.0.1:*") == 0 else { throw ZMQ.failure("open a port") }
    var address = [CChar](repeating: 0, count: 256)
    var size = address.count
    guard zmq_getsockopt(handle, ZMQ_LAST_ENDPOINT, &address, &size) == 0,
      let port = String(cBytes: address).split(separator: ":").last.flatMap({ Int($0) })
    else { throw ZMQ.failure("open a port") }
    return port
  }

  /// Lets another socket (`ZMQ_PAIR`) receive a message when this one has lost its connection.
  func tellDisconnection(to other: ZMQSocket) throws {
    let address = "inproc://monitor"
    guard zmq_socket_monitor(handle, address, ZMQ_EVENT_DISCONNECTED) == 0 else {
      throw ZMQ.failure("watch a kernel's socket")
    }
    try other.connect(to: address)
  }

  /// Sends the frames of one message. Nothing blocks: what cannot leave yet waits in the library.
  func send(_ frames: [[UInt8]]) throws {
    for (index, frame) in frames.enumerated() {
      let flags = ZMQ_DONTWAIT | (index + 1 < frames.count ? ZMQ_SNDMORE : 0)
      while zmq_send(handle, frame, frame.count, flags) < 0 {
        guard zmq_errno() == EINTR else { throw ZMQ.failure("send a message to the kernel") }
      }
    }
  }

  /// The frames of the next message that has come; nil when there is none.
  func receive() throws -> [[UInt8]]? {
    var frames: [[UInt8]] = []
    while true {
      var message = zmq_msg_t()
      zmq_msg_init(&message)
      defer { zmq_msg_close(&message) }
      guard zmq_msg_recv(&message, handle, ZMQ_DONTWAIT) >= 0 else {
        if zmq_errno() == EINTR { continue }
        if zmq_errno() == EAGAIN, frames.isEmpty { return nil }
        throw ZMQ.failure("receive a message of the kernel")
      }
      let bytes = UnsafeRawBufferPointer(
        start: zmq_msg_data(&message), count: zmq_msg_size(&message))
      frames.append(Array(bytes))
      if zmq_msg_more(&message) == 0 { return frames }
    }
  }

  private func set(_ option: Int32, _ value: Int32) throws {
    var value = value
    guard zmq_setsockopt(handle, option, &value, MemoryLayout<Int32>.size) == 0 else {
      throw ZMQ.failure("set up a kernel's socket")
    }
  }

  private func set(_ option: Int32, _ value: [UInt8]) throws {
    guard zmq_setsockopt(handle, option, value, value.count) == 0 else {
      throw ZMQ.failure("set up a kernel's socket")
    }
  }
}
