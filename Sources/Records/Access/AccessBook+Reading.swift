import GRDB
import Platform

extension AccessBook {
  /// Reads all from the database.
  init(_ db: Database) throws {
    self.init()
    for row in try Row.fetchAll(db, sql: "SELECT id, name, workspace, description FROM roles") {
      roles[row[0]] = AccessRole(
        id: row[0], name: row[1], workspace: row[2], description: row[3], grants: [])
    }
    for row in try Row.fetchAll(
      db, sql: "SELECT id, role, kind, subject, level FROM grants ORDER BY id")
    {
      // A level that a newer program knows allows nothing here.
      let grant = AccessGrant(
        id: row[0], role: row[1], subject: AccessSubject(row[2], row[3]),
        level: AccessLevel(rawValue: row[4]) ?? .deny)
      roles[grant.role]?.grants.append(grant)
    }
    var members: [Int64: [Int64]] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT user, role FROM members ORDER BY id") {
      members[row[0], default: []].append(row[1])
    }
    for row in try Row.fetchAll(db, sql: "SELECT id, name, admin, password FROM users") {
      // Who has a password that cannot be read cannot sign in, and can be given another.
      guard let password = Scrypt(parsing: row[3]) else { continue }
      let user = AccessUser(
        id: row[0], name: row[1], isAdmin: row[2], password: password,
        roles: members[row[0]] ?? [])
      users[user.name] = user
    }
    for row in try Row.fetchAll(
      db, sql: "SELECT id, user, name, scope, created, expires, digest FROM tokens")
    {
      tokens[row[6]] = AccessToken(
        id: row[0], user: row[1], name: row[2], scope: AccessLevel(rawValue: row[3]) ?? .none,
        created: row[4], expires: row[5])
    }
  }
}
