import GRDB

extension Schema {
  /// The model registry and the logged models.
  ///
  /// Tags, aliases and versions hang on the number of their model, so a rename moves one row. The number of a deleted
  /// version is not given again: `last_version` remembers it. What a deleted version was is not kept.
  ///
  /// `model_versions_of_stage` gives the newest version of each stage in one step; `…_by_value` find tags of at most
  /// ``indexedLength`` characters.
  static func createRegistry(_ db: Database) throws {
    try db.execute(sql: registryTables + loggedModelTables)
  }

  private static let registryTables = """
    CREATE TABLE registered_models (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      created INTEGER NOT NULL, updated INTEGER NOT NULL, -- milliseconds since 1970, as all times
      description TEXT,
      last_version INTEGER NOT NULL DEFAULT 0); -- the highest number ever given
    CREATE INDEX registered_models_newest ON registered_models (updated DESC, name);
    CREATE TABLE registered_model_tags (
      model INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
      PRIMARY KEY (model, key)) WITHOUT ROWID;
    CREATE INDEX registered_model_tags_by_value ON registered_model_tags (key, value, model)
      WHERE length(value) <= 100;
    CREATE TABLE registered_model_aliases (
      model INTEGER NOT NULL, alias TEXT NOT NULL, version INTEGER NOT NULL,
      PRIMARY KEY (model, alias)) WITHOUT ROWID;
    CREATE INDEX aliases_of_version ON registered_model_aliases (model, version, alias);
    CREATE TABLE model_versions (
      id INTEGER PRIMARY KEY,
      model INTEGER NOT NULL, version INTEGER NOT NULL,
      created INTEGER NOT NULL, updated INTEGER NOT NULL,
      description TEXT, user TEXT,
      stage TEXT NOT NULL, -- None, Staging, Production, Archived
      source TEXT NOT NULL,
      storage TEXT, -- where the files are when the source names another model
      run_id TEXT, run_link TEXT,
      logged_model TEXT, -- the id of the logged model that was registered
      UNIQUE (model, version));
    CREATE INDEX model_versions_of_stage ON model_versions (model, stage, version);
    CREATE INDEX model_versions_newest ON model_versions (updated DESC);
    CREATE INDEX model_versions_of_run ON model_versions (run_id) WHERE run_id <> '';
    CREATE TABLE model_version_tags (
      version INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, -- version: model_versions.id
      PRIMARY KEY (version, key)) WITHOUT ROWID;
    CREATE INDEX model_version_tags_by_value ON model_version_tags (key, value, version)
      WHERE length(value) <= 100;

    """

  private static let loggedModelTables = """
    CREATE TABLE logged_models (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE, -- m- and 32 hexadecimal digits
      experiment INTEGER NOT NULL,
      name TEXT NOT NULL,
      created INTEGER NOT NULL, updated INTEGER NOT NULL,
      status INTEGER NOT NULL, -- 0 unspecified, 1 pending, 2 ready, 3 failed
      status_message TEXT,
      artifact_uri TEXT, -- NULL: artifacts/<experiment>/models/<id>/artifacts beside the database
      model_type TEXT, source_run TEXT,
      deleted INTEGER); -- when; NULL: active
    CREATE INDEX logged_models_newest ON logged_models (experiment, created DESC, id)
      WHERE deleted IS NULL;
    CREATE INDEX logged_models_named ON logged_models (name) WHERE deleted IS NULL;
    CREATE INDEX logged_models_of_run ON logged_models (source_run) WHERE source_run <> '';
    CREATE TABLE logged_model_tags (
      model INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
      PRIMARY KEY (model, key)) WITHOUT ROWID;
    CREATE INDEX logged_model_tags_by_value ON logged_model_tags (key, value, model)
      WHERE length(value) <= 100;
    CREATE TABLE logged_model_params (
      model INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
      PRIMARY KEY (model, key)) WITHOUT ROWID;
    CREATE INDEX logged_model_params_by_value ON logged_model_params (key, value, model)
      WHERE length(value) <= 100;
    CREATE TABLE logged_model_metrics ( -- run: runs.id; a value of NULL is NaN
      model INTEGER NOT NULL, key TEXT NOT NULL, timestamp INTEGER NOT NULL, step INTEGER NOT NULL,
      run TEXT NOT NULL, value REAL, dataset_name TEXT, dataset_digest TEXT,
      PRIMARY KEY (model, key, timestamp, step, run)) WITHOUT ROWID;

    """
}
