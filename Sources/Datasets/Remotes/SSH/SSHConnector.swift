import Glibc
import Platform
import Synchronization
import SystemPackage

/// Starts `ssh` to one host, and keeps the channels that wait for their next use.
final class SSHConnector: Sendable {
  let address: SSHAddress
  private let program: FilePath
  private let arguments: [String]
  private let variables: [String: String]
  private let silence: Duration
  private let idle = Mutex<[Idle]>([])

  /// Moves a channel, which nobody else holds, from one thread to the next.
  private struct Idle: @unchecked Sendable { let channel: SFTPChannel }

  init(_ address: SSHAddress, _ settings: RemoteSettings, _ variables: [String: String]) throws {
    // An ssh that ends while it is written to is told by an error, and not by our death.
    signal(SIGPIPE, SIG_IGN)
    var address = address
    address.user = settings["user"] ?? address.user
    if let text = settings["port"] {
      guard let port = Int(text), (1...65535).contains(port) else {
        throw Failure(.invalid, "`port` of a remote is `\(text)`", hint: "a number up to 65535")
      }
      address.port = port
    }
    guard address.user?.hasPrefix("-") != true else {
      throw Failure(.invalid, "`user` of a remote begins with `-`")
    }
    self.address = address
    self.variables = variables
    for key in ["password", "ask_password", "passphrase", "ask_passphrase"] {
      if let value = settings[key], value.lowercased() != "false" {
        throw Failure(
          .unsupported, "`\(key)` of a remote over ssh is not supported",
          hint: "use a key: `ssh-copy-id \(address.login)`; with a passphrase, `ssh-add` it")
      }
    }
    guard let program = ProgramPath.find("ssh", in: variables["PATH"]) else {
      throw Failure(
        .notFound, "there is no program `ssh`", hint: "Debian calls it openssh-client")
    }
    self.program = program
    let wait = try settings.duration("timeout") ?? .seconds(15)
    silence = max(.seconds(60), wait * 2)
    arguments = Self.arguments(address, settings["keyfile"], wait)
  }

  private static func arguments(
    _ address: SSHAddress, _ key: String?, _ wait: Duration
  ) -> [String] {
    var words = ["-T", "-a", "-x"]
    for option in [
      // Nobody is there to answer a question.
      "BatchMode=yes", "ConnectTimeout=\(max(1, wait.components.seconds))",
      "ServerAliveInterval=15", "ServerAliveCountMax=3", "ClearAllForwardings=yes",
      "PermitLocalCommand=no", "RemoteCommand=none",
    ] {
      words += ["-o", option]
    }
    if let port = address.port { words += ["-p", String(port)] }
    if let key { words += ["-i", key] }
    if let user = address.user { words += ["-l", user] }
    return words + ["-s", "--", address.host, "sftp"]
  }

  /// Calls a closure with a channel that no other thread has.
  ///
  /// - Throws: ``Failure`` for a channel that cannot be had or is lost: `.permission`, `.unreachable`, `.unsupported`. What the
  ///   closure throws goes on.
  func with<Value>(
    _ isCancelled: @escaping () -> Bool = { false }, _ body: (SFTPChannel) throws -> Value
  ) throws -> Value {
    var channel = idle.withLock { $0.popLast() }?.channel
    let isOld = channel != nil
    while true {
      do {
        let current = try channel ?? start()
        current.isCancelled = isCancelled
        defer { current.isCancelled = { false } }
        do {
          let value = try body(current)
          give(Idle(channel: current))
          return value
        } catch let refusal as SFTPChannel.Refusal where current.open == 0 {
          give(Idle(channel: current))
          throw refusal
        }
      } catch let lost as SSHProcess.Lost {
        if isCancelled() { throw Failure(.interrupted, "the transfer was interrupted") }
        // One that has waited long may have been closed meanwhile.
        if isOld, channel != nil {
          channel = nil
          continue
        }
        throw SSHFailure.failure(lost, address)
      } catch is SFTPReader.Malformed {
        throw Failure(.unreachable, "the server of `\(address.shown)` does not answer as SFTP does")
      }
    }
  }

  private func start() throws -> SFTPChannel {
    try SFTPChannel(
      SSHProcess(program, arguments, environment: variables, silence: silence))
  }

  private func give(_ channel: Idle) { idle.withLock { $0.append(channel) } }
}
