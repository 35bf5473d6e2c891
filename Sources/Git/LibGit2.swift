import CGit2
import Platform

/// The library's state and its errors, in one place: no return code of libgit2 is looked at elsewhere.
enum LibGit2 {
  /// Prepares the library, once per process.
  static func start() throws {
    guard reprise_git_load() == 0 else {
      throw Failure(
        .unsupported, "`libgit2.so.\(LIBGIT2_SOVERSION)` is not there",
        hint: "apt install libgit2-\(LIBGIT2_SOVERSION)")
    }
    guard started >= 0 else {
      throw Failure(.bug, "libgit2 did not start", cause: lastError().message)
    }
  }

  /// Extensions that change nothing of what we read; libgit2 1.5 would refuse a repository that names them.
  private static let started: Int32 = {
    let code = CertificateBundle.deferred { git_libgit2_init() }
    guard code >= 0 else { return code }
    let names = ["worktreeconfig", "partialclone", "preciousobjects"]
    return withCStrings(names) { pointers in
      pointers.withUnsafeMutableBufferPointer {
        reprise_git_set_extensions($0.baseAddress, names.count)
      }
    }
  }()

  /// Whether the user declared every folder safe (`safe.directory = *`, usual in containers), which libgit2 1.5 does not
  /// know. From then on it asks for no owner in this process; false when it already did not.
  static func trustsEveryOwner() -> Bool {
    var enabled: Int32 = 0
    guard reprise_git_get_owner_validation(&enabled) == 0, enabled != 0 else { return false }
    var settings: OpaquePointer?
    guard git_config_open_default(&settings) == 0 else { return false }
    defer { git_config_free(settings) }
    // An empty value takes back those before it; then we do not guess which they were.
    var found: (star: Bool, reset: Bool) = (false, false)
    git_config_get_multivar_foreach(
      settings, "safe.directory", nil,
      { entry, payload in
        guard let value = entry?.pointee.value, let payload else { return 0 }
        let found = payload.assumingMemoryBound(to: (star: Bool, reset: Bool).self)
        if value.pointee == 0 { found.pointee.reset = true }
        if String(cString: value) == "*" { found.pointee.star = true }
        return 0
      }, &found)
    guard found.star, !found.reset else { return false }
    return reprise_git_set_owner_validation(0) == 0
  }

  /// What the library said last on this thread. Read it before any other call.
  static func lastError() -> (message: String, kind: UInt32) {
    guard let error = git_error_last(), let message = error.pointee.message else { return ("", 0) }
    return (String(cString: message), UInt32(bitPattern: error.pointee.klass))
  }

  /// Throws when a call failed; the closure says what was being done, for the message.
  @discardableResult
  static func check(_ code: Int32, _ doing: @autoclosure () -> String) throws -> Int32 {
    guard code < 0 else { return code }
    throw failure(code, doing())
  }

  /// The failure that a return code stands for: `cannot <doing>`, with what the library said as the cause.
  static func failure(_ code: Int32, _ doing: String) -> Failure {
    let (message, _) = lastError()
    let cause = message.isEmpty ? nil : message
    let kind: Failure.Code =
      switch code {
      case GIT_ENOTFOUND.rawValue: .notFound
      case GIT_EEXISTS.rawValue, GIT_ECONFLICT.rawValue: .conflict
      case GIT_ELOCKED.rawValue: .locked
      case GIT_EUSER.rawValue: .interrupted
      case GIT_EAMBIGUOUS.rawValue, GIT_EINVALIDSPEC.rawValue: .invalid
      case GIT_EAUTH.rawValue: .permission
      case GIT_ECERTIFICATE.rawValue: .unreachable
      default: .io
      }
    return Failure(kind, "cannot \(doing)", cause: cause)
  }

  /// Calls with C strings that live as long as the call.
  static func withCStrings<Result>(
    _ strings: [String], _ body: (inout [UnsafePointer<CChar>?]) throws -> Result
  ) rethrows -> Result {
    let copies = strings.map { Array($0.utf8CString) }
    func next(_ index: Int, _ pointers: inout [UnsafePointer<CChar>?]) throws -> Result {
      guard index < copies.count else { return try body(&pointers) }
      return try copies[index].withUnsafeBufferPointer {
        pointers.append($0.baseAddress)
        return try next(index + 1, &pointers)
      }
    }
    var pointers: [UnsafePointer<CChar>?] = []
    return try next(0, &pointers)
  }
}
