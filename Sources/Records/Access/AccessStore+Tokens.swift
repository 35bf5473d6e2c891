import GRDB
import Platform

extension AccessStore {
  /// Makes a token; its word is told once and never stored.
  ///
  /// - Parameter lifetime: milliseconds.
  package func createToken(
    _ name: String, for user: String, scope: AccessLevel, lifetime: Int64
  ) throws -> (word: String, token: AccessToken) {
    guard [.read, .edit, .manage].contains(scope) else {
      throw RecordFailure.invalidAccess("The scope of a token is READ, EDIT or MANAGE.")
    }
    guard lifetime > 0, !name.isEmpty else {
      throw RecordFailure.invalidAccess("A token has a name, and ends in the future.")
    }
    let word = AccessToken.prefix + (try Secret.text(43))
    let now = Clock.milliseconds()
    let (expires, isTooLate) = now.addingReportingOverflow(lifetime)
    let token = try change { db in
      guard let id = try AccessStore.userID(user, db) else { throw RecordFailure.noUser(user) }
      var token = AccessToken(
        id: 0, user: id, name: name, scope: scope, created: now,
        expires: isTooLate ? .max : expires)
      try db.execute(
        sql: """
          INSERT INTO tokens (user, name, digest, scope, created, expires) VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          id, name, AccessToken.digest(word), scope.rawValue, token.created, token.expires,
        ])
      token.id = db.lastInsertedRowID
      return token
    }
    return (word, token)
  }

  /// All tokens with the names of their users, oldest first.
  package func tokens() throws -> [(user: String, token: AccessToken)] {
    let book = try book()
    return book.tokens.values.sorted { $0.id < $1.id }.compactMap { token in
      book.user(token.user).map { ($0.name, token) }
    }
  }

  package func revokeToken(_ id: Int64) throws {
    try change { db in
      try db.execute(sql: "DELETE FROM tokens WHERE id = ?", arguments: [id])
      guard db.changesCount == 1 else {
        throw RecordFailure.accessMissing(
          "Token with id=\(id) not found", hint: "see those there are: reprise server tokens list")
      }
    }
  }
}
