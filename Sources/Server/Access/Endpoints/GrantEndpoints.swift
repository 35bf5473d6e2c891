import Formats
import Records

/// What is granted to one user: `users/permissions/…` of version 3.
enum GrantEndpoints {
  static let all: [Endpoint] = [current, list, grant, revoke, get]

  private static let shape: RequestShape = [
    "username": .text, "resource_type": .text, "resource_id": .text, "permission": .text,
  ]

  static let current = Endpoint(
    .get, "users/current/permissions", version: "3.0", access: .signedIn
  ) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    return answer(asked.me, asked.book)
  }

  static let list = Endpoint(
    .get, "users/permissions/list", version: "3.0", access: .signedIn, shape: ["username": .text]
  ) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    try asked.require(asked.managesUsers || asked.me.name == asked.text("username"))
    return answer(try asked.user(), asked.book)
  }

  static let grant = Endpoint(
    .post, "users/permissions/grant", version: "3.0", access: .signedIn, shape: shape
  ) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    let subject = try manageable(asked)
    let name = try asked.user().name
    let level = try asked.text("permission")
    try await asked.change { try $0.grant(subject, level, to: name) }
    return [:]
  }

  static let revoke = Endpoint(
    .post, "users/permissions/revoke", version: "3.0", access: .signedIn, shape: shape
  ) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    let subject = try manageable(asked)
    let name = try asked.user().name
    try await asked.change { try $0.revoke(subject, from: name) }
    return [:]
  }

  static let get = Endpoint(
    .get, "users/permissions/get", version: "3.0", access: .signedIn, shape: shape
  ) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    let subject = try asked.subject("resource_id")
    try AccessStore.rejectWorkspace(subject)
    try asked.require(asked.managesUsers || asked.me.name == asked.text("username"))
    let user = try asked.user()
    try AccessStore.checkKind(subject.kind)
    try checkIsSingle(subject)
    let level = asked.book.level(of: user, on: subject)
    return ["allowed": .bool(level >= .use), "permission": .string(level.rawValue)]
  }

  /// What a request names, which its sender must manage.
  private static func manageable(_ asked: AccessRequest) throws -> AccessSubject {
    let subject = try asked.subject("resource_id")
    guard !asked.me.isAdmin else { return subject }
    try AccessStore.rejectWorkspace(subject)
    try AccessStore.checkKind(subject.kind)
    try checkIsSingle(subject)
    try asked.require(
      subject.id == "*"
        ? asked.managesUsers : asked.book.level(of: asked.me, on: subject) >= .manage)
    return subject
  }

  /// - Throws: status 400 when things of this kind are not managed one by one.
  private static func checkIsSingle(_ subject: AccessSubject) throws(APIError) {
    guard subject.id != "*" else { return }
    guard AccessSubject.delegatedKinds.contains(subject.kind) else {
      throw .invalid(
        """
        resource_type '\(subject.kind)' is not supported by the per-user permission convenience \
        APIs.
        """)
    }
    guard subject.kind != "scorer" || subject.id.contains("/") else {
      throw .invalid(
        "Invalid scorer resource_id. Expected '<experiment_id>/<scorer_name>'.")
    }
  }

  private static func answer(_ user: AccessUser, _ book: AccessBook) -> JSONValue {
    let rows = book.roles(of: user).flatMap { role in
      role.grants.map { grant -> JSONValue in
        [
          "role_id": .int(role.id), "role_name": .string(role.name),
          "workspace": .string(role.workspace), "resource_type": .string(grant.subject.kind),
          "resource_pattern": .string(grant.subject.id),
          "permission": .string(grant.level.rawValue),
        ]
      }
    }
    return ["is_admin": .bool(user.isAdmin), "permissions": .array(rows)]
  }
}
