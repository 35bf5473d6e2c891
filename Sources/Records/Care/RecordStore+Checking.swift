import GRDB
import Platform
import SystemPackage

extension RecordStore {
  /// Looks for damage, for rows that belong to nothing, for latest values that are not the latest, and for folders of
  /// artifacts without a run. Reads only; empty when all is well.
  ///
  /// - Parameter fully: also compares every index with its table, which takes several times as long.
  package func check(fully: Bool = false) throws -> [StoreProblem] {
    try reading { db in
      let damage = try String.fetchAll(
        db, sql: fully ? "PRAGMA integrity_check" : "PRAGMA quick_check")
      // What the tables say of each other means nothing in a file that cannot be trusted.
      if damage != ["ok"] { return damage.map { StoreProblem(.damage, $0) } }
      return try orphans(db) + latest(db) + artifacts(db)
    }
  }

  /// A table, the column that names something, and where that must be.
  private static let links: [(table: String, column: String, target: String, key: String)] = [
    ("runs", "experiment", "experiments", "id"),
    ("experiment_tags", "experiment", "experiments", "id"),
    ("run_details", "run", "runs", "number"), ("files", "run", "runs", "number"),
    ("metrics", "run", "runs", "number"), ("metrics", "key", "keys", "id"),
    ("latest_metrics", "run", "runs", "number"), ("latest_metrics", "key", "keys", "id"),
    ("params", "run", "runs", "number"), ("params", "key", "keys", "id"),
    ("tags", "run", "runs", "number"), ("tags", "key", "keys", "id"),
    ("datasets", "experiment", "experiments", "id"),
    ("dataset_inputs", "run", "runs", "number"), ("dataset_inputs", "dataset", "datasets", "id"),
    ("dataset_input_tags", "run", "runs", "number"), ("run_models", "run", "runs", "number"),
  ]

  private func orphans(_ db: Database) throws -> [StoreProblem] {
    try RecordStore.links.compactMap { link in
      let count =
        try Int64.fetchOne(
          db,
          sql: """
            SELECT count(*) FROM \(link.table) AS t WHERE NOT EXISTS (
              SELECT 1 FROM \(link.target) AS o WHERE o.\(link.key) = t.\(link.column))
            """) ?? 0
      guard count > 0 else { return nil }
      return StoreProblem(
        .orphan,
        "\(count) rows of `\(link.table)` name a row of `\(link.target)` that is not there")
    }
  }

  /// Compares each latest value with the last of its points: both trees are in the same order, so that each look is
  /// near the one before.
  private func latest(_ db: Database) throws -> [StoreProblem] {
    let missing =
      try Int64.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM (SELECT run, key FROM metrics GROUP BY run, key) AS m
          WHERE NOT EXISTS (
            SELECT 1 FROM latest_metrics AS l WHERE l.run = m.run AND l.key = m.key)
          """) ?? 0
    let wrong =
      try Int64.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM latest_metrics AS l
          WHERE NOT EXISTS (
            SELECT 1 FROM metrics AS m
            WHERE m.run = l.run AND m.key = l.key AND m.step = l.step AND m.timestamp = l.timestamp
              AND m.value = coalesce(l.value, 'NaN'))
          OR EXISTS (
            SELECT 1 FROM metrics AS m
            WHERE m.run = l.run AND m.key = l.key AND m.step >= l.step
              AND (m.step, m.timestamp, CASE WHEN typeof(m.value) = 'text' THEN 0 ELSE m.value END)
                > (l.step, l.timestamp, coalesce(l.value, 0)))
          """) ?? 0
    return [
      (missing, "metrics with points have no latest value"),
      (wrong, "latest values of metrics are not the latest of their points"),
    ].filter { $0.0 > 0 }.map { StoreProblem(.latest, "\($0.0) \($0.1)") }
  }

  private func artifacts(_ db: Database) throws -> [StoreProblem] {
    let root = folder.appending("artifacts")
    guard FileSystem.exists(root) else { return [] }
    let known = try db.cachedStatement(sql: "SELECT 1 FROM runs WHERE id = ?")
    var problems: [StoreProblem] = []
    for experiment in try FileSystem.names(in: root) where ExperimentID(experiment) != nil {
      let place = root.appending(experiment)
      guard try FileSystem.status(place)?.kind == .directory else { continue }
      for name in try FileSystem.names(in: place) where RunID(name) != nil {
        if try Int.fetchOne(known, arguments: [name]) == nil {
          problems.append(
            StoreProblem(.artifacts, "`\(place.appending(name))` belongs to no recorded run"))
        }
      }
    }
    return problems
  }
}
