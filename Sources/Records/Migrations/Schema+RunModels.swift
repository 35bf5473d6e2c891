import GRDB

extension Schema {
  /// Which logged models a run read and made.
  static func createRunModels(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE run_models (
          run INTEGER NOT NULL, role TEXT NOT NULL, -- input, output
          model TEXT NOT NULL, -- logged_models.id
          step INTEGER, -- of outputs
          UNIQUE (run, role, model));
        """)
  }
}
