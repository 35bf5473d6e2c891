import GRDB
import Platform

extension AccessStore {
  /// Grants something to one user, who has no grant on it yet.
  package func grant(_ subject: AccessSubject, _ level: String, to user: String) throws {
    try AccessStore.rejectWorkspace(subject)
    try AccessStore.checkPattern(subject)
    let level = try AccessStore.level(level, for: subject)
    try change { db in
      let role = try AccessStore.ownRole(of: user, db)
      guard try AccessStore.grantID(role, subject, db) == nil else {
        throw RecordFailure.accessExists(
          "\(AccessStore.shown(subject, user)) already exists.")
      }
      _ = try AccessStore.insert(role, subject, level, db)
    }
  }

  /// Grants something to one user, whatever they had before: whoever makes a thing manages it.
  package func give(_ subject: AccessSubject, _ level: AccessLevel, to user: String) throws {
    try change { db in
      let role = try AccessStore.ownRole(of: user, db)
      try db.execute(
        sql: "DELETE FROM grants WHERE role = ? AND kind = ? AND subject = ?",
        arguments: [role, subject.kind, subject.id])
      _ = try AccessStore.insert(role, subject, level, db)
    }
  }

  package func revoke(_ subject: AccessSubject, from user: String) throws {
    try AccessStore.rejectWorkspace(subject)
    try AccessStore.checkKind(subject.kind)
    try change { db in
      guard let id = try AccessStore.userID(user, db) else { throw RecordFailure.noUser(user) }
      guard let role = try AccessStore.roleID(AccessRole.ownName(of: id), db),
        let grant = try AccessStore.grantID(role, subject, db)
      else { throw RecordFailure.accessMissing("\(AccessStore.shown(subject, user)) not found.") }
      try db.execute(sql: "DELETE FROM grants WHERE id = ?", arguments: [grant])
    }
  }

  /// Forgets what was granted to single users on a thing that is no more, or moves it to the thing's new name.
  package func replaceGrants(on subject: AccessSubject, with other: AccessSubject?) throws {
    try change { db in
      let own = "role IN (SELECT id FROM roles WHERE name LIKE '\\_\\_user\\_%' ESCAPE '\\')"
      if let other {
        try db.execute(
          sql: "UPDATE OR REPLACE grants SET subject = ? WHERE kind = ? AND subject = ? AND \(own)",
          arguments: [other.id, subject.kind, subject.id])
      } else {
        try db.execute(
          sql: "DELETE FROM grants WHERE kind = ? AND subject = ? AND \(own)",
          arguments: [subject.kind, subject.id])
      }
    }
  }

  /// Adds a grant to a role.
  package func addGrant(_ role: Int64, _ subject: AccessSubject, _ level: String) throws
    -> AccessGrant
  {
    let level = try AccessStore.level(level, for: subject)
    try AccessStore.checkPattern(subject)
    return try change { db in
      _ = try AccessStore.workspace(of: role, db)
      guard try AccessStore.grantID(role, subject, db) == nil else {
        throw RecordFailure.accessExists(
          """
          Role permission (role_id=\(role), resource_type=\(subject.kind), \
          resource_pattern=\(subject.id)) already exists.
          """)
      }
      return try AccessStore.insert(role, subject, level, db)
    }
  }

  package func removeGrant(_ id: Int64) throws {
    try change { db in
      _ = try AccessStore.subject(ofGrant: id, db)
      try db.execute(sql: "DELETE FROM grants WHERE id = ?", arguments: [id])
    }
  }

  package func updateGrant(_ id: Int64, _ level: String) throws -> AccessGrant {
    try change { db in
      let (role, subject) = try AccessStore.subject(ofGrant: id, db)
      let level = try AccessStore.level(level, for: subject)
      try db.execute(
        sql: "UPDATE grants SET level = ? WHERE id = ?", arguments: [level.rawValue, id])
      return AccessGrant(id: id, role: role, subject: subject, level: level)
    }
  }

  /// The role of one user alone, made when there is none.
  private static func ownRole(of name: String, _ db: Database) throws -> Int64 {
    guard let user = try userID(name, db) else { throw RecordFailure.noUser(name) }
    if let role = try roleID(AccessRole.ownName(of: user), db) { return role }
    try db.execute(
      sql: "INSERT INTO roles (name, workspace) VALUES (?, ?)",
      arguments: [AccessRole.ownName(of: user), AccessRole.defaultWorkspace])
    let role = db.lastInsertedRowID
    try db.execute(sql: "INSERT INTO members (user, role) VALUES (?, ?)", arguments: [user, role])
    return role
  }

  private static func grantID(_ role: Int64, _ subject: AccessSubject, _ db: Database) throws
    -> Int64?
  {
    try Int64.fetchOne(
      db, sql: "SELECT id FROM grants WHERE role = ? AND kind = ? AND subject = ?",
      arguments: [role, subject.kind, subject.id])
  }

  private static func insert(
    _ role: Int64, _ subject: AccessSubject, _ level: AccessLevel, _ db: Database
  ) throws -> AccessGrant {
    try db.execute(
      sql: "INSERT INTO grants (role, kind, subject, level) VALUES (?, ?, ?, ?)",
      arguments: [role, subject.kind, subject.id, level.rawValue])
    return AccessGrant(id: db.lastInsertedRowID, role: role, subject: subject, level: level)
  }

  private static func subject(ofGrant id: Int64, _ db: Database) throws -> (Int64, AccessSubject) {
    let row = try Row.fetchOne(
      db, sql: "SELECT role, kind, subject FROM grants WHERE id = ?", arguments: [id])
    guard let row else {
      throw RecordFailure.accessMissing("Role permission with id=\(id) not found")
    }
    return (row[0], AccessSubject(row[1], row[2]))
  }

  private static func shown(_ subject: AccessSubject, _ user: String) -> String {
    "Permission for user=\(user) on resource_type=\(subject.kind), resource_id=\(subject.id)"
  }
}
