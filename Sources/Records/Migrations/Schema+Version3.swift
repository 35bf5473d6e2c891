import GRDB

extension Schema {
  /// What a table of a hundred thousand runs is shown from.
  ///
  /// `runs_of_experiment` also says which runs are deleted, and `runs_named` of which experiment they are and when they
  /// began, so that counting and leafing touch the index alone.
  /// `runs_standing` has the few runs that did not end well, or did not end. `…_long` has the few texts that
  /// `…_by_value` leaves out: an order by a key that has none there is walked along `…_by_value`.
  @Sendable static func createVersion3(_ db: Database) throws {
    try db.execute(
      sql: """
        DROP INDEX runs_of_experiment;
        CREATE INDEX runs_of_experiment ON runs (experiment, started DESC, id, deleted);
        DROP INDEX runs_named;
        CREATE INDEX runs_named ON runs (name, started DESC, id, experiment)
          WHERE deleted IS NULL;
        CREATE INDEX runs_standing ON runs (experiment, status)
          WHERE deleted IS NULL AND status <> 'FINISHED';
        CREATE INDEX params_long ON params (key) WHERE length(value) > 100;
        CREATE INDEX tags_long ON tags (key) WHERE length(value) > 100;
        """)
  }
}
