import NIOPosix
import Platform
import Records
import Synchronization

/// Says whether a password is a user's. One that was right is remembered as long as the user keeps it, because checking
/// it costs 0.2 s and 16 MB on purpose; only two are checked at a time.
package final class PasswordVerifier: Sendable {
  private struct Key: Hashable {
    var user: Int64
    /// With the secret of this process, so that what is remembered can be tried out nowhere else.
    var password: String
  }

  private let known = Mutex<[Key: String]>([:])
  private let secret: [UInt8]
  private let gate: AdmissionGate
  /// Is checked when there is no such user, so that this takes as long.
  private let nobody: Scrypt

  package init() throws {
    secret = try Secret.random(32)
    gate = AdmissionGate(places: 2, room: 256, patience: .seconds(10))
    nobody = Scrypt.decoy
  }

  /// - Throws: status 503 when too many wait.
  package func isPassword(_ password: String, of user: AccessUser?) async throws -> Bool {
    guard password.utf8.count <= 1024 else { return false }
    let key = Key(
      user: user?.id ?? -1,
      password: SHA256.digest(of: secret + Array(password.utf8)).hex)
    let stored = user?.password ?? nobody
    if let user, known.withLock({ $0[key] }) == user.password.text { return true }
    let isRight = try await gate.admit {
      try await NIOThreadPool.singleton.runIfActive { try stored.matches(password) }
    }
    guard isRight, let user else { return false }
    known.withLock {
      if $0.count >= 10_000 { $0.removeAll() }
      $0[key] = user.password.text
    }
    return true
  }

  /// Whether it is known without checking.
  package func knows(_ password: String, of user: AccessUser) -> Bool {
    let digest = SHA256.digest(of: secret + Array(password.utf8)).hex
    return known.withLock { $0[Key(user: user.id, password: digest)] } == user.password.text
  }
}
