import Formats
import NIOPosix
import Platform
import Records

/// A request to the endpoints of users and permissions, with who sent it.
struct AccessRequest: Sendable {
  let request: APIRequest
  let store: AccessStore
  let verifier: PasswordVerifier
  let book: AccessBook
  /// Who asks.
  let me: AccessUser

  init(_ request: APIRequest, _ tracking: Tracking) throws {
    guard let store = tracking.access.store, let verifier = tracking.access.verifier,
      let name = request.identity.user
    else { throw APIError("ENDPOINT_NOT_FOUND", "Not Found", status: 404) }
    self.request = request
    self.store = store
    self.verifier = verifier
    book = try store.book()
    guard var me = book.users[name] else { throw APIError.forbidden }
    // A token has an administrator's rights only when it has all of its user's.
    me.isAdmin = me.isAdmin && request.identity.scope == .manage
    self.me = me
  }

  /// A field's text, which must be there but may be empty.
  func text(_ name: String) throws(APIError) -> String {
    guard let value = request.fields[name]?.string else {
      throw .invalid(
        "Missing value for required parameter '\(name)'. "
          + "See the API docs for more information about request parameters.")
    }
    return value
  }

  func int(_ name: String) throws(APIError) -> Int64 {
    guard let value = request.int(name) else {
      _ = try text(name)
      throw .invalid("Parameter '\(name)' must be an integer.")
    }
    return value
  }

  /// The thing that a grant is for.
  func subject(_ idField: String) throws(APIError) -> AccessSubject {
    AccessSubject(try text("resource_type"), try text(idField))
  }

  /// The user that a field names.
  func user(_ field: String = "username") throws -> AccessUser {
    let name = try text(field)
    guard let user = book.users[name] else {
      throw APIError.missing("User with username=\(name) not found")
    }
    return user
  }

  /// - Throws: status 403 unless it is so.
  func require(_ isAllowed: Bool) throws(APIError) {
    guard isAllowed else { throw .forbidden }
  }

  /// Whether who asks may look after users and roles of the workspace.
  var managesUsers: Bool { me.isAdmin || book.managesWorkspace(me) }

  /// Changes something, off the threads that must not wait.
  func change<Value: Sendable>(
    _ body: @escaping @Sendable (AccessStore) throws -> Value
  ) async throws -> Value {
    let store = store
    return try await NIOThreadPool.singleton.runIfActive { try body(store) }
  }
}
