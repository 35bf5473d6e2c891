import Formats
import Records

extension AccessUser {
  /// Who it is.
  var identity: JSONValue {
    ["id": .int(id), "username": .string(name), "is_admin": .bool(isAdmin)]
  }

  /// Who it is, with what was granted, as clients of MLflow 2 read it too.
  func api(_ book: AccessBook) -> JSONValue {
    let grants = book.ownGrants(of: self)
    func list(_ kind: String, _ field: String) -> JSONValue {
      .array(
        grants.filter { $0.subject.kind == kind }.map { $0.legacy(field, user: id) })
    }
    return .object(
      (identity.members ?? []) + [
        .init("experiment_permissions", list("experiment", "experiment_id")),
        .init("registered_model_permissions", list("registered_model", "name")),
      ])
  }
}

extension AccessRole {
  var api: JSONValue {
    [
      "id": .int(id), "name": .string(name), "workspace": .string(workspace),
      "description": description.map { .string($0) } ?? .null,
      "permissions": .array(grants.map(\.api)),
    ]
  }
}

extension AccessGrant {
  var api: JSONValue {
    [
      "id": .int(id), "role_id": .int(role), "resource_type": .string(subject.kind),
      "resource_pattern": .string(subject.id), "permission": .string(level.rawValue),
    ]
  }

  /// As MLflow 2 had it: one user's permission on one thing.
  func legacy(_ field: String, user: Int64) -> JSONValue {
    .object([
      .init(field, .string(subject.id)), .init("user_id", .int(user)),
      .init("permission", .string(level.rawValue)),
    ])
  }
}

extension AccessBook {
  /// The roles of a user, in the order in which they were made.
  func roles(of user: AccessUser) -> [AccessRole] {
    user.roles.compactMap { roles[$0] }
  }

  /// What was granted to a user alone.
  func ownGrants(of user: AccessUser) -> [AccessGrant] {
    roles(of: user).filter { $0.isOwn(of: user) }.flatMap(\.grants)
  }
}
