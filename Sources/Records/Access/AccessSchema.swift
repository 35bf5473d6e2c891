import GRDB

/// The tables of access.db. It is a database of its own, so that records can be copied and shared without the
/// passwords.
enum AccessSchema {
  static let version = 1
  /// `rpac` in ASCII.
  static let applicationID = 0x7270_6163

  static func create(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE users (
          id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, password TEXT NOT NULL,
          admin INTEGER NOT NULL, created INTEGER NOT NULL); -- milliseconds since 1970, as all times
        CREATE TABLE roles (
          id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, workspace TEXT NOT NULL,
          description TEXT, UNIQUE (workspace, name));
        CREATE TABLE members (
          id INTEGER PRIMARY KEY AUTOINCREMENT, user INTEGER NOT NULL, role INTEGER NOT NULL,
          UNIQUE (user, role));
        CREATE TABLE grants (
          id INTEGER PRIMARY KEY AUTOINCREMENT, role INTEGER NOT NULL, kind TEXT NOT NULL,
          subject TEXT NOT NULL, level TEXT NOT NULL, UNIQUE (role, kind, subject));
        CREATE TABLE tokens (
          id INTEGER PRIMARY KEY AUTOINCREMENT, user INTEGER NOT NULL, name TEXT NOT NULL,
          digest TEXT NOT NULL UNIQUE, -- SHA-256 in hexadecimal
          scope TEXT NOT NULL, created INTEGER NOT NULL, expires INTEGER NOT NULL);
        CREATE TABLE audit (
          id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, user TEXT NOT NULL,
          address TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, outcome TEXT NOT NULL);
        -- How often users, roles, grants or tokens have changed: who holds a copy asks only for this.
        CREATE TABLE revision (number INTEGER NOT NULL);
        INSERT INTO revision VALUES (1);
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(version);
        """)
  }
}
