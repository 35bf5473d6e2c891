import CGit2
import Glibc
import Synchronization

/// The certificate authorities of the system, read when the first remote is talked to.
///
/// A libgit2 that is built on Mbed TLS, as Debian's is, parses all of them when it starts: 5 ms of CPU that a run in a local
/// repository has no use for. The program's own `mbedtls_x509_crt_parse_file`, below, is the one that the loader finds first.
enum CertificateBundle {
  private enum State {
    case direct
    /// libgit2 is starting: what it asks for is only noted.
    case deferring
    case noted(path: String)
  }

  private static let state = Mutex(State.direct)
  private static let heard = Atomic(false)

  /// Whether libgit2 asked us and not its library: false where it is not built on Mbed TLS.
  static var stands: Bool { heard.load(ordering: .relaxed) }

  /// Starts libgit2 without the certificates.
  static func deferred(_ start: () -> Int32) -> Int32 {
    state.withLock { $0 = .deferring }
    defer {
      state.withLock { if case .deferring = $0 { $0 = .direct } }
    }
    return start()
  }

  /// Lets libgit2 have the certificates that it asked for when it started. A bundle that cannot be read leaves no authority,
  /// as at libgit2's own start: every https server is then refused with `GIT_ECERTIFICATE`.
  @discardableResult static func read() -> Int32 { once }

  // Somebody else who connects meanwhile waits until they are read.
  private static let once: Int32 = {
    let path: String? = state.withLock { state in
      defer { state = .direct }
      return if case .noted(let path) = state { path } else { nil }
    }
    return path?.withCString { reprise_git_set_certificates($0) } ?? 0
  }()

  fileprivate static func note(_ path: UnsafePointer<CChar>) -> Bool {
    heard.store(true, ordering: .relaxed)
    return state.withLock { state in
      switch state {
      case .direct: return false
      case .deferring, .noted:
        state = .noted(path: String(cString: path))
        return true
      }
    }
  }

  fileprivate typealias Parse =
    @convention(c) (
      UnsafeMutableRawPointer?, UnsafePointer<CChar>?
    ) -> Int32

  /// The library's own function.
  fileprivate static let parse: Parse? = reprise_git_symbol("mbedtls_x509_crt_parse_file").map {
    unsafeBitCast($0, to: Parse.self)
  }
}

/// Stands before Mbed TLS's function of this name; returns 0 (parsed) or its negative error code. Public, or the loader does not see it.
@_cdecl("mbedtls_x509_crt_parse_file")
public func parseCertificateFile(
  _ chain: UnsafeMutableRawPointer?, _ path: UnsafePointer<CChar>?
) -> Int32 {
  if let path, CertificateBundle.note(path) { return 0 }
  // MBEDTLS_ERR_X509_FATAL_ERROR
  return CertificateBundle.parse?(chain, path) ?? -0x3000
}
