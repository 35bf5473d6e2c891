import GRDB

extension Schema {
  /// The first tables.
  ///
  /// Runs have a number inside (the rowid) beside their id, and names of metrics, parameters and tags stand
  /// once, in `keys`: the rows of the large tables are then a few small integers and a value. These tables are
  /// WITHOUT ROWID, so that a row is stored once, in the order in which it is read.
  ///
  /// NaN, which SQLite has no word for, is the text `NaN` in `metrics` (part of a primary key that may not be NULL;
  /// text sorts after numbers) and NULL in `latest_metrics` (which no comparison matches, as it should be).
  ///
  /// The indexes on values serve the search: `latest_by_value` gives runs in the order of a metric without sorting.
  /// Long values stay out of `params_by_value` and `tags_by_value`; see ``indexedLength``.
  ///
  /// There are no foreign keys: the store keeps the tables together itself, and an insert is then one look-up less.
  @Sendable static func createVersion1(_ db: Database) throws {
    try db.execute(sql: experimentTables + runTables + valueTables + datasetTables)
    try db.execute(
      sql: """
        INSERT INTO experiments (id, name, created, updated)
        VALUES (0, 'Default', unixepoch() * 1000, unixepoch() * 1000)
        """)
  }

  /// The most characters of a parameter or tag that is found through an index.
  static let indexedLength = 100

  private static let experimentTables = """
    CREATE TABLE experiments (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL UNIQUE,
      artifact_location TEXT, -- NULL: artifacts/<id> beside the database
      created INTEGER NOT NULL, -- milliseconds since 1970, as all times
      updated INTEGER NOT NULL,
      deleted INTEGER); -- when; NULL: active
    CREATE TABLE experiment_tags (
      experiment INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
      PRIMARY KEY (experiment, key)) WITHOUT ROWID;

    """

  private static let runTables = """
    CREATE TABLE runs (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE, -- 32 hexadecimal digits
      experiment INTEGER NOT NULL,
      name TEXT NOT NULL,
      user TEXT NOT NULL,
      host TEXT NOT NULL,
      status TEXT NOT NULL,
      started INTEGER NOT NULL,
      ended INTEGER,
      deleted INTEGER, -- when; NULL: active
      artifact_uri TEXT, -- NULL: artifacts/<experiment>/<id>/artifacts beside the database
      owner_pid INTEGER, owner_ticks INTEGER, owner_boot TEXT,
      child_pid INTEGER, child_ticks INTEGER);
    CREATE INDEX runs_newest ON runs (started DESC, id) WHERE deleted IS NULL;
    CREATE INDEX runs_of_experiment ON runs (experiment, started DESC, id);
    CREATE INDEX runs_named ON runs (name) WHERE deleted IS NULL;
    CREATE INDEX runs_open ON runs (number) WHERE owner_pid IS NOT NULL AND status = 'RUNNING';
    CREATE TABLE run_details ( -- what only the page of one run shows
      run INTEGER PRIMARY KEY,
      command TEXT, entry_point TEXT, source_name TEXT,
      exit_code INTEGER, signal INTEGER, cpu_seconds REAL, peak_memory INTEGER,
      environment TEXT); -- JSON
    CREATE TABLE files (
      run INTEGER NOT NULL, role TEXT NOT NULL, path TEXT NOT NULL,
      kind TEXT NOT NULL, digest TEXT, size INTEGER NOT NULL, file_count INTEGER NOT NULL,
      UNIQUE (run, role, path));

    """

  private static let valueTables = """
    CREATE TABLE keys (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE metrics (
      run INTEGER NOT NULL, key INTEGER NOT NULL, step INTEGER NOT NULL, timestamp INTEGER NOT NULL,
      value REAL NOT NULL,
      PRIMARY KEY (run, key, step, timestamp, value)) WITHOUT ROWID;
    CREATE TABLE latest_metrics (
      run INTEGER NOT NULL, key INTEGER NOT NULL, value REAL, step INTEGER NOT NULL,
      timestamp INTEGER NOT NULL,
      PRIMARY KEY (run, key)) WITHOUT ROWID;
    CREATE INDEX latest_by_value ON latest_metrics (key, value, run);
    CREATE TABLE params (
      run INTEGER NOT NULL, key INTEGER NOT NULL, value TEXT NOT NULL, kind TEXT, given TEXT,
      PRIMARY KEY (run, key)) WITHOUT ROWID;
    CREATE INDEX params_by_value ON params (key, value, run) WHERE length(value) <= 100;
    CREATE TABLE tags (
      run INTEGER NOT NULL, key INTEGER NOT NULL, value TEXT NOT NULL,
      PRIMARY KEY (run, key)) WITHOUT ROWID;
    CREATE INDEX tags_by_value ON tags (key, value, run) WHERE length(value) <= 100;

    """

  private static let datasetTables = """
    CREATE TABLE datasets (
      id INTEGER PRIMARY KEY, experiment INTEGER NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL,
      source_type TEXT NOT NULL, source TEXT NOT NULL, schema TEXT, profile TEXT,
      UNIQUE (experiment, name, digest));
    CREATE TABLE dataset_inputs (
      run INTEGER NOT NULL, dataset INTEGER NOT NULL,
      PRIMARY KEY (run, dataset)) WITHOUT ROWID;
    CREATE TABLE dataset_input_tags (
      run INTEGER NOT NULL, dataset INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
      PRIMARY KEY (run, dataset, key)) WITHOUT ROWID;

    """
}
