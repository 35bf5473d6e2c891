import Platform
import SystemPackage

/// The other side's files, through one `ssh` that runs its `sftp` subsystem (SFTP version 3, which every server speaks).
/// For one thread at a time.
///
/// Messages are bytes with lengths, so that no name is ever quoted and no shell is needed at the other end.
final class SFTPChannel {
  private let process: SSHProcess
  private var received: [UInt8] = []
  private var start = 0
  private var lastID: UInt32 = 0
  /// What the server can do beyond the version.
  private(set) var extensions: Set<String> = []
  /// Requests whose answers have not come.
  private(set) var open = 0
  /// Asked while we wait.
  var isCancelled: () -> Bool = { false }

  private static let longestMessage = 1 << 20

  init(_ process: SSHProcess) throws {
    self.process = process
    var hello = SFTPMessage(.initialize)
    hello.append(UInt32(3))
    try process.write(hello.framed, &received, isCancelled)
    var (kind, reader) = try message()
    guard kind == .version, let version = try? reader.word(), version >= 3 else {
      throw SSHProcess.Lost(said: "it does not speak version 3 of SFTP")
    }
    while !reader.isAtEnd {
      guard let name = try? reader.data(), (try? reader.data()) != nil else { break }
      extensions.insert(String(decoding: name, as: UTF8.self))
    }
  }

  /// An answer that is no success.
  struct Refusal: Error {
    var code: UInt32
    var message: String

    static let end: UInt32 = 1
    static let noSuchFile: UInt32 = 2
    static let permissionDenied: UInt32 = 3
  }

  /// An answer, and which request it is to.
  struct Answer {
    var id: UInt32
    var kind: SFTPKind
    var reader: SFTPReader

    /// - Throws: ``Refusal`` when it says anything but success.
    mutating func expectSuccess() throws {
      guard kind == .answer else { throw SFTPReader.Malformed() }
      let code = try reader.word()
      guard code == 0 else {
        let text = (try? reader.data()).map { String(decoding: $0, as: UTF8.self) } ?? ""
        throw Refusal(code: code, message: text)
      }
    }

    /// - Throws: ``Refusal`` when it is one, `Malformed` when it is of another kind.
    mutating func expect(_ wanted: SFTPKind) throws {
      if kind == wanted { return }
      try expectSuccess()
      throw SFTPReader.Malformed()
    }
  }

  /// Sends a request without waiting for its answer.
  ///
  /// - Parameter fill: appends what comes behind the request's number.
  @discardableResult
  func send(_ kind: SFTPKind, _ fill: (inout SFTPMessage) -> Void) throws -> UInt32 {
    lastID &+= 1
    var message = SFTPMessage(kind)
    message.append(lastID)
    fill(&message)
    try process.write(message.framed, &received, isCancelled)
    open += 1
    return lastID
  }

  /// The next answer, to whichever request.
  func receive() throws -> Answer {
    var (kind, reader) = try message()
    open -= 1
    return Answer(id: try reader.word(), kind: kind, reader: reader)
  }

  /// Sends a request and waits for its answer; no other may be open.
  func ask(_ kind: SFTPKind, _ fill: (inout SFTPMessage) -> Void) throws -> Answer {
    let id = try send(kind, fill)
    let answer = try receive()
    guard answer.id == id else { throw SFTPReader.Malformed() }
    return answer
  }

  private func message() throws -> (SFTPKind, SFTPReader) {
    try need(4)
    var reader = SFTPReader(received[start..<(start + 4)])
    let length = Int(try reader.word())
    guard length > 0, length <= Self.longestMessage else {
      // What a shell's startup files print comes before the protocol.
      let text = String(decoding: received[start...].prefix(200), as: UTF8.self)
      throw SSHProcess.Lost(said: "it does not speak SFTP, but says: \(text)")
    }
    try need(4 + length)
    let body = received[(start + 4)..<(start + 4 + length)]
    start += 4 + length
    guard let kind = SFTPKind(rawValue: body[body.startIndex]) else {
      throw SFTPReader.Malformed()
    }
    return (kind, SFTPReader(body.dropFirst()))
  }

  private func need(_ count: Int) throws {
    if start > 1 << 18 {
      received.removeFirst(start)
      start = 0
    }
    while received.count - start < count { try process.read(&received, isCancelled) }
  }
}
