import GRDB
import Platform

extension AccessStore {
  package func createRole(_ name: String, workspace: String, description: String?) throws -> Int64 {
    try AccessStore.checkRoleName(name)
    return try change { db in
      guard try AccessStore.roleID(name, in: workspace, db) == nil else {
        throw RecordFailure.accessExists(
          "Role (name=\(name), workspace=\(workspace)) already exists.")
      }
      try db.execute(
        sql: "INSERT INTO roles (name, workspace, description) VALUES (?, ?, ?)",
        arguments: [name, workspace, description])
      return db.lastInsertedRowID
    }
  }

  package func updateRole(_ id: Int64, name: String?, description: String?) throws {
    if let name { try AccessStore.checkRoleName(name) }
    try change { db in
      let workspace = try AccessStore.workspace(of: id, db)
      if let name {
        let other = try AccessStore.roleID(name, in: workspace, db)
        guard other == nil || other == id else {
          throw RecordFailure.accessExists(
            "Role with name=\(name) already exists in workspace=\(workspace)")
        }
        try db.execute(sql: "UPDATE roles SET name = ? WHERE id = ?", arguments: [name, id])
      }
      if let description {
        try db.execute(
          sql: "UPDATE roles SET description = ? WHERE id = ?", arguments: [description, id])
      }
    }
  }

  /// Removes a role with its grants, from all who have it.
  package func deleteRole(_ id: Int64) throws {
    try change { db in
      _ = try AccessStore.workspace(of: id, db)
      try AccessStore.deleteRole(id, db)
    }
  }

  /// Gives a role to a user; returns the number of that.
  package func assign(_ role: Int64, to user: AccessUser) throws -> Int64 {
    try change { db in
      _ = try AccessStore.workspace(of: role, db)
      guard try AccessStore.member(user.id, role, db) == nil else {
        throw RecordFailure.accessExists(
          "User role assignment (user_id=\(user.id), role_id=\(role)) already exists")
      }
      try db.execute(
        sql: "INSERT INTO members (user, role) VALUES (?, ?)", arguments: [user.id, role])
      return db.lastInsertedRowID
    }
  }

  package func unassign(_ role: Int64, from user: AccessUser) throws {
    try change { db in
      guard let member = try AccessStore.member(user.id, role, db) else {
        throw RecordFailure.accessMissing(
          "User role assignment (user_id=\(user.id), role_id=\(role)) not found")
      }
      try db.execute(sql: "DELETE FROM members WHERE id = ?", arguments: [member])
    }
  }

  /// Who has a role: the numbers of that, and of the users, in the order in which it was given.
  package func members(of role: Int64) throws -> [(id: Int64, user: Int64)] {
    try writer.read { db in
      _ = try AccessStore.workspace(of: role, db)
      return try Row.fetchAll(
        db, sql: "SELECT id, user FROM members WHERE role = ? ORDER BY id", arguments: [role]
      ).map { ($0[0], $0[1]) }
    }
  }

  static func roleID(
    _ name: String, in workspace: String = AccessRole.defaultWorkspace, _ db: Database
  ) throws -> Int64? {
    try Int64.fetchOne(
      db, sql: "SELECT id FROM roles WHERE workspace = ? AND name = ?",
      arguments: [workspace, name])
  }

  static func deleteRole(_ id: Int64, _ db: Database) throws {
    for table in ["grants", "members"] {
      try db.execute(sql: "DELETE FROM \(table) WHERE role = ?", arguments: [id])
    }
    try db.execute(sql: "DELETE FROM roles WHERE id = ?", arguments: [id])
  }

  static func workspace(of role: Int64, _ db: Database) throws -> String {
    let found = try String.fetchOne(
      db, sql: "SELECT workspace FROM roles WHERE id = ?", arguments: [role])
    guard let found else { throw RecordFailure.accessMissing("Role with id=\(role) not found") }
    return found
  }

  private static func member(_ user: Int64, _ role: Int64, _ db: Database) throws -> Int64? {
    try Int64.fetchOne(
      db, sql: "SELECT id FROM members WHERE user = ? AND role = ?", arguments: [user, role])
  }

  private static func checkRoleName(_ name: String) throws {
    guard !name.hasPrefix(AccessRole.ownPrefix) else {
      throw RecordFailure.invalidAccess(
        """
        Role name '\(name)' uses the reserved '\(AccessRole.ownPrefix)' prefix, which is held for the \
        per-user permission representation. Choose a different name.
        """)
    }
  }
}
