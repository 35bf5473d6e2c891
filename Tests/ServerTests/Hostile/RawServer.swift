import Dispatch
import Glibc
import Logging
import Platform
import SystemPackage
import Records
import Server
import Support

/// A server of this process on the loopback, spoken to byte by byte.
final class RawServer: Sendable {
  let folder: TemporaryFolder
  let port: Int
  private let server: TrackingServer
  private let running: Task<Void, any Error>

  /// Starts it with limits that tests can wait for.
  init(_ change: (inout ServerSafety) -> Void = { _ in }) async throws {
    folder = try TemporaryFolder()
    var safety = ServerSafety()
    safety.limits.headSeconds = 1
    safety.limits.idleSeconds = 3
    change(&safety)
    let server = try TrackingServer(
      store: RecordStore(in: folder.path), on: .init(host: "127.0.0.1", port: 0), safety: safety,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let (ports, found) = AsyncStream.makeStream(of: Int.self)
    running = Task {
      defer { found.finish() }
      try await server.run { found.yield($0) }
    }
    self.server = server
    var port = 0
    for await bound in ports {
      port = bound
      break
    }
    self.port = port
  }

  /// Ends it; what it served is closed.
  func stop() async throws {
    await server.stop()
    try await running.value
  }

  /// How many follow runs.
  var readers: Int { server.live.count }

  /// Returns when somebody follows a run, or after a while.
  func waitForReader() async throws {
    for _ in 0..<500 where server.live.count == 0 { try await Task.sleep(for: .milliseconds(10)) }
  }

  /// What came back for some bytes.
  struct Reply: Sendable {
    /// Nil when the connection ended without an answer.
    var status: Int?
    var text: String
    /// Whether the server ended the connection, or was still silent when the time was over.
    var isClosed: Bool
  }

  /// Sends pieces with pauses between them, then reads to the connection's end, or until nothing comes for a while.
  ///
  /// - Parameters:
  ///   - pause: seconds between the pieces.
  ///   - patience: seconds to wait for more.
  func send(_ pieces: [[UInt8]], pause: Double = 0, patience: Int = 8) async -> Reply {
    let port = port
    return await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(returning: RawServer.exchange(pieces, pause, patience, port))
      }
    }
  }

  func send(_ text: String, patience: Int = 8) async -> Reply {
    await send([Array(text.replacing("PORT", with: "\(port)").utf8)], patience: patience)
  }

  /// A connection that has sent something; who gets the descriptor closes it.
  func connect(sending text: String) throws -> Int32 {
    let descriptor = try RawServer.connect(port)
    _ = text.withCString { Glibc.send(descriptor, $0, strlen($0), Int32(MSG_NOSIGNAL)) }
    return descriptor
  }

  private static func connect(_ port: Int) throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else {
      let number = errno
      close(descriptor)
      throw Failure(errno: number, "connect to", "port")
    }
    return descriptor
  }

  private static func exchange(
    _ pieces: [[UInt8]], _ pause: Double, _ patience: Int, _ port: Int
  ) -> Reply {
    guard let descriptor = try? connect(port) else {
      return Reply(status: nil, text: "", isClosed: true)
    }
    defer { close(descriptor) }
    var limit = timeval(tv_sec: patience, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    for (index, piece) in pieces.enumerated() {
      if index > 0, pause > 0 { usleep(UInt32(pause * 1e6)) }
      var rest = piece[...]
      while !rest.isEmpty {
        let sent = rest.withUnsafeBytes {
          Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard sent > 0 else { break }
        rest = rest.dropFirst(sent)
      }
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var isClosed = false
    while bytes.count < 1 << 22 {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count <= 0 {
        isClosed = count == 0 || errno == ECONNRESET
        break
      }
      bytes += buffer[..<count]
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let words = text.prefix { $0 != "\r\n" && $0 != "\n" }.split(separator: " ")
    return Reply(
      status: words.count > 1 ? Int(words[1]) : nil, text: text, isClosed: isClosed)
  }
}
