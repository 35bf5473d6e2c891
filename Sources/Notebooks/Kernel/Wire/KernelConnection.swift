import CZMQ
import Formats
import Platform
import SystemPackage

/// Where a kernel's sockets are, and the key that its messages are signed with: what a connection file says.
struct KernelConnection: Sendable {
  enum Transport: String, Sendable { case ipc, tcp }

  /// The sockets of a kernel. The raw value is the name in the file, and its place here the number over `ipc`.
  enum Channel: String, CaseIterable, Sendable { case shell, iopub, stdin, control, hb }

  let transport: Transport
  /// The host, or the path in front of `-1` to `-5`.
  let ip: String
  /// In the order of ``Channel``.
  let ports: [Int]
  let key: WireKey
  /// The folder that holds the file and, over `ipc`, the sockets.
  let folder: FilePath

  /// The longest path that a Unix socket can have, in bytes.
  private static let longestPath = 107

  /// Chooses the sockets of a new kernel.
  ///
  /// - Parameter folder: one of our own that nobody else may enter.
  init(_ transport: Transport, in folder: FilePath) throws {
    self.transport = transport
    self.folder = folder
    key = WireKey(text: hexadecimal((0..<32).map { _ in UInt8.random(in: .min ... .max) }))
    switch transport {
    case .ipc:
      ip = folder.appending("k").string
      ports = Array(1...Channel.allCases.count)
      guard ip.utf8.count + 2 <= Self.longestPath else {
        throw Failure(
          .invalid, "`\(folder)` is too long a path for a kernel's sockets",
          hint: "set TMPDIR to a folder with a shorter path")
      }
    case .tcp:
      ip = "127.0.0.1"
      // All five at once, so that they are different; the kernel takes them after we have let them go.
      let context = try ZMQContext()
      let sockets = try Channel.allCases.map { _ in try ZMQSocket(context, kind: ZMQ_PULL) }
      ports = try sockets.map { try $0.bindLoopback() }
    }
  }

  /// The file that the kernel is told of.
  var file: FilePath { folder.appending("kernel-\(folder.lastComponent?.string ?? "").json") }

  /// The first socket that a kernel opens over `ipc`.
  var socketFile: FilePath { FilePath("\(ip)-\(ports[0])") }

  func address(of channel: Channel) -> String {
    let port = ports[Channel.allCases.firstIndex(of: channel) ?? 0]
    return transport == .ipc ? "ipc://\(ip)-\(port)" : "tcp://\(ip):\(port)"
  }

  /// Writes the file, for this user only.
  func write(kernel: String, session: String) throws {
    var members: [JSONValue.Member] = [
      .init("ip", .string(ip)), .init("jupyter_session", .string(session)),
      .init("kernel_name", .string(kernel)), .init("key", .string(key.text)),
      .init("signature_scheme", "hmac-sha256"), .init("transport", .string(transport.rawValue)),
    ]
    for (channel, port) in zip(Channel.allCases, ports) {
      members.append(.init("\(channel.rawValue)_port", .int(Int64(port))))
    }
    let text = JSONValue.object(members).utf8(.indented, sortingKeys: true)
    try FileSystem.write(text, to: file, mode: 0o600, durable: false)
  }
}
