import Formats
import Records

/// What is granted to a role: `roles/permissions/…` of version 3.
enum RoleGrantEndpoints {
  static let all: [Endpoint] = [add, remove, list, update]

  static let add = Endpoint(
    .post, "roles/permissions/add", version: "3.0", access: .signedIn,
    shape: [
      "role_id": .int64, "resource_type": .text, "resource_pattern": .text, "permission": .text,
    ]
  ) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    try asked.requireManager(ofRole: request.int("role_id"))
    let id = try asked.int("role_id")
    let subject = try asked.subject("resource_pattern")
    let level = try asked.text("permission")
    let grant = try await asked.change { try $0.addGrant(id, subject, level) }
    return ["role_permission": grant.api]
  }

  static let remove = Endpoint(
    .delete, "roles/permissions/remove", version: "3.0", access: .signedIn,
    shape: ["role_permission_id": .int64]
  ) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    let id = try manageable(asked)
    try await asked.change { try $0.removeGrant(id) }
    return [:]
  }

  static let list = Endpoint(
    .get, "roles/permissions/list", version: "3.0", access: .signedIn, shape: ["role_id": .int64]
  ) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    let id = try asked.int("role_id")
    try asked.requireMember(ofRole: id)
    guard let role = asked.book.roles[id] else {
      throw APIError.missing("Role with id=\(id) not found")
    }
    return ["role_permissions": .array(role.grants.map(\.api))]
  }

  static let update = Endpoint(
    .patch, "roles/permissions/update", version: "3.0", access: .signedIn,
    shape: ["role_permission_id": .int64, "permission": .text]
  ) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    let id = try manageable(asked)
    let level = try asked.text("permission")
    return ["role_permission": try await asked.change { try $0.updateGrant(id, level) }.api]
  }

  /// The grant of a request, whose role its sender must look after.
  private static func manageable(_ asked: AccessRequest) throws -> Int64 {
    let id = asked.request.int("role_permission_id")
    let grants = asked.book.roles.values.flatMap(\.grants)
    let role = grants.first { $0.id == id }?.role
    if !asked.me.isAdmin { try asked.requireManager(ofRole: role) }
    return try asked.int("role_permission_id")
  }
}

/// All endpoints of users, roles and permissions.
package enum AccessEndpoints {
  package static let all: [Endpoint] =
    UserEndpoints.all + GrantEndpoints.all + LegacyGrantEndpoints.all + RoleEndpoints.all
    + RoleGrantEndpoints.all
}
