import Formats
import Records

/// Roles: `roles/…` and `users/roles/list` of version 3.
enum RoleEndpoints {
  static let all: [Endpoint] = [
    create, get, list, update, delete, assign, unassign, ofUser, users,
  ]

  static let create = Endpoint(
    .post, "roles/create", version: "3.0", access: .signedIn,
    shape: ["name": .text, "workspace": .text, "description": .text]
  ) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    let workspace = try asked.text("workspace")
    try asked.requireManager(of: workspace)
    let name = try asked.text("name")
    guard !name.allSatisfy(\.isWhitespace) else {
      throw APIError.invalid("Role name cannot be empty.")
    }
    guard !workspace.allSatisfy(\.isWhitespace) else {
      throw APIError.invalid("Workspace cannot be empty.")
    }
    let description = request.fields["description"]?.string
    let id = try await asked.change {
      try $0.createRole(name, workspace: workspace, description: description)
    }
    return try role(id, asked)
  }

  static let get = Endpoint(
    .get, "roles/get", version: "3.0", access: .signedIn, shape: ["role_id": .int64]
  ) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    let id = try asked.int("role_id")
    try asked.requireMember(ofRole: id)
    return try role(id, asked)
  }

  static let list = Endpoint(
    .get, "roles/list", version: "3.0", access: .signedIn, shape: ["workspace": .list(.text)]
  ) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    let wanted = request.texts("workspace")
    let mine = Set(asked.book.roles(of: asked.me).map(\.workspace))
    try asked.require(asked.me.isAdmin || (!wanted.isEmpty && Set(wanted).isSubset(of: mine)))
    guard wanted.allSatisfy({ !$0.allSatisfy(\.isWhitespace) }) else {
      throw APIError.invalid("Parameter 'workspace' must be a non-empty string when provided.")
    }
    let roles = asked.book.roles.values.filter { wanted.isEmpty || wanted.contains($0.workspace) }
    return ["roles": .array(roles.sorted { $0.id < $1.id }.map(\.api))]
  }

  static let update = Endpoint(
    .patch, "roles/update", version: "3.0", access: .signedIn,
    shape: ["role_id": .int64, "name": .text, "description": .text]
  ) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    try asked.requireManager(ofRole: request.int("role_id"))
    let id = try asked.int("role_id")
    let (name, description) = (
      request.fields["name"]?.string, request.fields["description"]?.string
    )
    guard name != nil || description != nil else {
      throw APIError.invalid(
        "At least one of 'name' or 'description' must be provided to update a role.")
    }
    if let name, name.allSatisfy(\.isWhitespace) {
      throw APIError.invalid("Role name cannot be empty.")
    }
    try await asked.change { try $0.updateRole(id, name: name, description: description) }
    return try role(id, asked)
  }

  static let delete = Endpoint(
    .delete, "roles/delete", version: "3.0", access: .signedIn, shape: ["role_id": .int64]
  ) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    try asked.requireManager(ofRole: request.int("role_id"))
    let id = try asked.int("role_id")
    try await asked.change { try $0.deleteRole(id) }
    return [:]
  }

  static let assign = Endpoint(
    .post, "roles/assign", version: "3.0", access: .signedIn,
    shape: ["username": .text, "role_id": .int64]
  ) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    try asked.requireManager(ofRole: request.int("role_id"))
    let (user, id) = (try asked.user(), try asked.int("role_id"))
    let number = try await asked.change { try $0.assign(id, to: user) }
    return ["assignment": ["id": .int(number), "user_id": .int(user.id), "role_id": .int(id)]]
  }

  static let unassign = Endpoint(
    .delete, "roles/unassign", version: "3.0", access: .signedIn,
    shape: ["username": .text, "role_id": .int64]
  ) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    try asked.requireManager(ofRole: request.int("role_id"))
    let (user, id) = (try asked.user(), try asked.int("role_id"))
    try await asked.change { try $0.unassign(id, from: user) }
    return [:]
  }

  static let ofUser = Endpoint(
    .get, "users/roles/list", version: "3.0", access: .signedIn, shape: ["username": .text]
  ) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    try asked.require(asked.managesUsers || asked.me.name == asked.text("username"))
    return ["roles": .array(asked.book.roles(of: try asked.user()).map(\.api))]
  }

  static let users = Endpoint(
    .get, "roles/users/list", version: "3.0", access: .signedIn, shape: ["role_id": .int64]
  ) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    try asked.requireManager(ofRole: request.int("role_id"))
    let id = try asked.int("role_id")
    let members = try asked.store.members(of: id).map { member -> JSONValue in
      ["id": .int(member.id), "user_id": .int(member.user), "role_id": .int(id)]
    }
    return ["assignments": .array(members)]
  }

  private static func role(_ id: Int64, _ asked: AccessRequest) throws -> JSONValue {
    guard let role = try asked.store.book().roles[id] else {
      throw APIError.missing("Role with id=\(id) not found")
    }
    return ["role": role.api]
  }
}

extension AccessRequest {
  /// - Throws: status 403 unless the sender looks after a workspace.
  func requireManager(of workspace: String) throws(APIError) {
    let manages = book.managesWorkspace(me) && workspace == AccessRole.defaultWorkspace
    try require(me.isAdmin || manages)
  }

  /// - Throws: status 403 unless the sender has any role in the workspace of a role; also when there is no such role.
  func requireMember(ofRole id: Int64) throws(APIError) {
    guard !me.isAdmin else { return }
    guard let role = book.roles[id] else { throw .forbidden }
    try require(book.roles(of: me).contains { $0.workspace == role.workspace })
  }

  /// - Throws: status 403 unless the sender looks after the workspace of a role; also when there is no such role, which
  ///   is told to administrators only.
  func requireManager(ofRole id: Int64?) throws(APIError) {
    guard !me.isAdmin else { return }
    guard let id, let role = book.roles[id] else { throw .forbidden }
    try requireManager(of: role.workspace)
  }
}
