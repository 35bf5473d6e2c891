import GRDB
import Platform

extension AccessStore {
  /// Adds a user.
  ///
  /// - Throws: ``RecordFailure`` for an empty name, one that is taken, and a password that is none; see
  ///   ``checkPassword(_:)``.
  @discardableResult
  package func createUser(_ name: String, password: String, isAdmin: Bool = false) throws
    -> AccessUser
  {
    try AccessStore.checkName(name)
    try AccessStore.checkPassword(password)
    let stored = try Scrypt(password: password)
    let id = try change { db in
      guard try AccessStore.userID(name, db) == nil else {
        throw RecordFailure.accessExists("User (username=\(name)) already exists.")
      }
      try db.execute(
        sql: "INSERT INTO users (name, password, admin, created) VALUES (?, ?, ?, ?)",
        arguments: [name, stored.text, isAdmin, Clock.milliseconds()])
      return db.lastInsertedRowID
    }
    return AccessUser(id: id, name: name, isAdmin: isAdmin, password: stored, roles: [])
  }

  /// Gives a user another password, another standing, or both. All that knows the old password is signed out; tokens stay.
  package func updateUser(_ name: String, password: String? = nil, isAdmin: Bool? = nil) throws {
    if let password { try AccessStore.checkPassword(password) }
    let stored = try password.map { try Scrypt(password: $0) }
    try change { db in
      guard let id = try AccessStore.userID(name, db) else { throw RecordFailure.noUser(name) }
      if let stored {
        try db.execute(
          sql: "UPDATE users SET password = ? WHERE id = ?", arguments: [stored.text, id])
      }
      if let isAdmin {
        try db.execute(sql: "UPDATE users SET admin = ? WHERE id = ?", arguments: [isAdmin, id])
      }
    }
  }

  /// Removes a user with what was granted to them alone, and their tokens.
  package func deleteUser(_ name: String) throws {
    try change { db in
      guard let id = try AccessStore.userID(name, db) else { throw RecordFailure.noUser(name) }
      if let own = try AccessStore.roleID(AccessRole.ownName(of: id), db) {
        try AccessStore.deleteRole(own, db)
      }
      for table in ["members", "tokens"] {
        try db.execute(sql: "DELETE FROM \(table) WHERE user = ?", arguments: [id])
      }
      try db.execute(sql: "DELETE FROM users WHERE id = ?", arguments: [id])
    }
  }

  static func userID(_ name: String, _ db: Database) throws -> Int64? {
    try Int64.fetchOne(db, sql: "SELECT id FROM users WHERE name = ?", arguments: [name])
  }

  /// A name that Basic authentication can carry: no colon, which ends it, and no control characters.
  private static func checkName(_ name: String) throws {
    guard !name.isEmpty else { throw RecordFailure.invalidAccess("Username cannot be empty.") }
    let isPlain = name.unicodeScalars.allSatisfy {
      $0 != ":" && $0.properties.generalCategory != .control
    }
    guard isPlain, name.utf8.count <= 255 else {
      throw RecordFailure.invalidAccess(
        "Username cannot hold colons or control characters, or more than 255 bytes.")
    }
  }

  /// Twelve characters at least, as MLflow asks; and none that everybody knows from MLflow's documents.
  package static func checkPassword(_ password: String) throws {
    guard password.unicodeScalars.count >= 12 else {
      throw RecordFailure.invalidAccess("Password must be at least 12 characters.")
    }
    guard !isPublic(password), password.utf8.count <= 1024 else {
      throw RecordFailure.invalidAccess(
        "Password is one that everybody knows, or is longer than 1024 bytes. Choose another one.")
    }
  }

  /// Whether a password stood in a document or an example of MLflow's.
  package static func isPublic(_ password: String) -> Bool {
    ["password", "password1234", "passwordpassword", "123456789012"].contains(password)
  }
}
