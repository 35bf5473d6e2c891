import GRDB

extension Schema {
  /// What a tracking server needs beside runs.
  @Sendable static func createVersion2(_ db: Database) throws {
    try createRegistry(db)
    try createRunModels(db)
  }
}
