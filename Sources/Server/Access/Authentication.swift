import HTTPTypes
import Logging
import Platform
import Records

/// Finds out who asks: by name and password, or by a token. Who does not say gets 401, but for what is open to all.
package struct Authentication: RequestGuard {
  private let store: AccessStore
  private let verifier: PasswordVerifier
  /// Failures of a user from an address, and of all users from an address.
  private let ofUser: RateLimiter
  private let ofAddress: RateLimiter
  private let logger: Logger

  package init(
    _ store: AccessStore, verifier: PasswordVerifier, logger: Logger,
    failures: TokenBuckets = TokenBuckets(rate: 10.0 / 60, burst: 10)
  ) {
    self.store = store
    self.verifier = verifier
    self.logger = logger
    ofUser = RateLimiter(failures)
    ofAddress = RateLimiter(
      TokenBuckets(rate: failures.rate * 5, burst: failures.burst * 5))
  }

  /// What is answered to everybody: nothing in it is anybody's.
  static func isOpen(_ path: String) -> Bool {
    switch path {
    case "/health", "/ping", "/favicon.ico", "/api/3.0/mlflow/server-info",
      "/ajax-api/3.0/mlflow/server-info":
      true
    default: false
    }
  }

  package func check(_ request: inout ServerRequest) async throws {
    request.identity = Identity(user: nil, isAdmin: false)
    let fields = request.headers[values: .authorization]
    guard let field = fields.first else {
      if Authentication.isOpen(request.path) { return }
      throw APIError.unauthenticated
    }
    guard fields.count == 1, let credentials = Credentials(parsing: field) else {
      throw APIError.unauthenticated
    }
    switch credentials {
    case .bearer(let word): request.identity = try await identity(word, request)
    case .basic(let name, let password):
      request.identity = try await identity(name, password, request)
    }
  }

  private func identity(_ word: String, _ request: ServerRequest) async throws -> Identity {
    try ofAddress.check(request.client)
    guard let (token, user) = try store.book().token(word, now: Clock.milliseconds()) else {
      try await fail("", request)
    }
    return Identity(
      user: user.name, isAdmin: user.isAdmin,
      scope: AccessRule.Permission(rawValue: token.scope.rawValue) ?? .read)
  }

  private func identity(_ name: String, _ password: String, _ request: ServerRequest) async throws
    -> Identity
  {
    let user = try store.book().users[name]
    if let user, verifier.knows(password, of: user) {
      return Identity(user: user.name, isAdmin: user.isAdmin)
    }
    let caller = "\(name)\n\(request.client)"
    try ofUser.check(caller)
    try ofAddress.check(request.client)
    guard try await verifier.isPassword(password, of: user), let user,
      !(user.isAdmin && AccessStore.isPublic(password))
    else { try await fail(name, request) }
    ofUser.forget(caller)
    return Identity(user: user.name, isAdmin: user.isAdmin)
  }

  private func fail(_ name: String, _ request: ServerRequest) async throws -> Never {
    let entry = AuditEntry(
      time: Clock.milliseconds(), user: name, address: request.client, action: "sign-in",
      subject: request.path, outcome: "failed")
    do { try store.audit(entry) } catch { logger.error("the audit cannot be written: \(error)") }
    // Who fails too often is told to wait from the next time on.
    try? ofUser.take("\(name)\n\(request.client)")
    try? ofAddress.take(request.client)
    throw APIError.unauthenticated
  }
}

extension APIError {
  /// As MLflow words it.
  static let unauthenticated = APIError(
    "UNAUTHENTICATED",
    """
    You are not authenticated. Please see https://www.mlflow.org/docs/latest/auth/index.html\
    #authenticating-to-mlflow on how to authenticate.
    """, status: 401)
  static let forbidden = APIError("PERMISSION_DENIED", "Permission denied", status: 403)
}
