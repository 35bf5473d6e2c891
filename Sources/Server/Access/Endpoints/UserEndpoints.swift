import Formats
import Records

/// Users: `users/…`, as MLflow's basic-auth has them.
enum UserEndpoints {
  static let all: [Endpoint] = [
    create, get, current, list, updatePassword, updateAdmin, delete,
  ]

  static let create = Endpoint(
    .post, "users/create", access: .signedIn, shape: ["username": .text, "password": .text]
  ) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    try asked.require(asked.managesUsers)
    let (name, password) = (try asked.text("username"), try asked.text("password"))
    guard !name.isEmpty, !password.isEmpty else {
      throw APIError.invalid("Username and password cannot be empty.")
    }
    let made = try await asked.change { try $0.createUser(name, password: password) }
    return ["user": made.api(AccessBook())]
  }

  static let get = Endpoint(
    .get, "users/get", access: .signedIn, shape: ["username": .text]
  ) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    try asked.require(asked.me.isAdmin || asked.me.name == asked.text("username"))
    return ["user": try asked.user().api(asked.book)]
  }

  static let current = Endpoint(.get, "users/current", access: .signedIn) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    return ["user": asked.me.identity, "is_basic_auth": true]
  }

  static let list = Endpoint(.get, "users/list", access: .signedIn) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    let users = asked.book.users.values.sorted { $0.id < $1.id }.map { user -> JSONValue in
      // Others' roles are for those who look after them.
      let seesRoles = asked.managesUsers || user.id == asked.me.id
      let roles = seesRoles ? asked.book.roles(of: user).map(\.api) : []
      return .object((user.identity.members ?? []) + [.init("roles", .array(roles))])
    }
    return ["users": .array(users)]
  }

  static let updatePassword = Endpoint(
    .patch, "users/update-password", access: .signedIn,
    shape: ["username": .text, "password": .text, "current_password": .text]
  ) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    let name = try asked.text("username")
    try asked.require(asked.me.isAdmin || asked.me.name == name)
    let password = try asked.text("password")
    // Who finds a browser signed in cannot take the user over.
    if asked.me.name == name {
      guard let current = request.text("current_password") else {
        throw APIError.invalid("Current password is required when changing your own password.")
      }
      guard try await asked.verifier.isPassword(current, of: asked.me) else {
        throw APIError.invalid("Current password does not match.")
      }
      guard password != current else {
        throw APIError.invalid("New password must differ from the current password.")
      }
    }
    try await asked.change { try $0.updateUser(name, password: password) }
    return [:]
  }

  static let updateAdmin = Endpoint(
    .patch, "users/update-admin", access: .admin, shape: ["username": .text, "is_admin": .bool]
  ) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    let name = try asked.text("username")
    guard let isAdmin = request.bool("is_admin") else {
      throw APIError.invalid(
        "Missing value for required parameter 'is_admin'. "
          + "See the API docs for more information about request parameters.")
    }
    try await asked.change { try $0.updateUser(name, isAdmin: isAdmin) }
    return [:]
  }

  static let delete = Endpoint(
    .delete, "users/delete", access: .admin, shape: ["username": .text]
  ) { request, tracking in
    let asked = try AccessRequest(request, tracking)
    let name = try asked.text("username")
    guard name != asked.me.name else {
      throw APIError(
        "BAD_REQUEST",
        "Users cannot delete their own account. Ask another admin to delete this user instead.",
        status: 400)
    }
    try await asked.change { try $0.deleteUser(name) }
    return [:]
  }
}
