import Formats
import GRDB
import Platform

extension RecordStore {
  /// Records which versions of data a run read or wrote.
  ///
  /// - Throws: ``Failure`` with `.invalid` for paths that are longer than MLflow takes; nothing is recorded then.
  package func record(data: [RecordedVersion], for run: RunID) throws {
    try telling { for version in data { try LogRules.check(version.dataset) } }
    try writing { db in
      let number = try activeRunNumber(db, run)
      for version in data { try add(db, version, to: number) }
    }
  }

  /// A dataset stands on a run once, so what is both read and written gets the tags of its second role here.
  private func add(_ db: Database, _ version: RecordedVersion, to number: Int64) throws {
    let dataset = version.dataset
    try add(db, dataset, to: number)
    let id = try Int64.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT d.id FROM datasets AS d JOIN runs AS r ON r.experiment = d.experiment
          WHERE r.number = ? AND d.name = ? AND d.digest = ?
          """), arguments: [number, dataset.name, dataset.digest])
    try db.cachedStatement(
      sql: "DELETE FROM dataset_input_tags WHERE run = ? AND dataset = ? AND key GLOB ?"
    ).execute(arguments: [number, id, RecordedVersion.prefix(version.role) + "*"])
    for tag in dataset.tags {
      try db.cachedStatement(
        sql: """
          INSERT OR IGNORE INTO dataset_input_tags (run, dataset, key, value) VALUES (?, ?, ?, ?)
          """
      ).execute(arguments: [number, id, tag.key, tag.value])
    }
  }

  /// Which versions of data a run read, and then those that it wrote, in the order of their paths.
  package func data(of run: RunID) throws -> [RecordedVersion] {
    let datasets = try datasets(of: run)
    return RecordedFile.Role.allCases.flatMap { role in
      datasets.compactMap { RecordedVersion($0, as: role) }
    }
  }

  /// The runs that read or wrote some versions of data, or a part of one; newest first. Deleted runs are left out.
  ///
  /// - Parameter versions: names of contents as a pointer has them: MD5, `.dir` behind that of a folder.
  package func uses(ofData versions: Set<String>) throws -> [DataUse] {
    guard !versions.isEmpty else { return [] }
    let names = JSONValue.array(versions.sorted().map { .string($0) }).text()
    return try reading { db in
      let rows = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            WITH wanted AS (SELECT value FROM json_each(?)),
            used AS (
              SELECT i.run, i.dataset FROM dataset_inputs AS i JOIN datasets AS d ON d.id = i.dataset
              WHERE d.digest IN (SELECT value FROM wanted)
              UNION SELECT run, dataset FROM dataset_input_tags
              WHERE key IN ('reprise.input.version', 'reprise.input.earlier_version',
                  'reprise.output.version', 'reprise.output.earlier_version')
                AND value IN (SELECT value FROM wanted))
            SELECT r.id, r.name, r.status, r.started, d.name, d.digest, d.profile, u.run, u.dataset
            FROM used AS u JOIN runs AS r ON r.number = u.run JOIN datasets AS d ON d.id = u.dataset
            WHERE r.deleted IS NULL ORDER BY r.started DESC, r.number DESC, d.name
            """), arguments: [names])
      let tags = try db.cachedStatement(
        sql: "SELECT key, value FROM dataset_input_tags WHERE run = ? AND dataset = ?")
      return try rows.flatMap { row -> [DataUse] in
        guard let id = RunID(row[0] as String), let status = RunStatus(rawValue: row[2]) else {
          return []
        }
        let dataset = DatasetInput(
          name: row[4], digest: row[5], sourceType: "", source: "", profile: row[6],
          tags: try Row.fetchAll(tags, arguments: [row[7] as Int64, row[8] as Int64]).map {
            Tag($0[0], $0[1])
          })
        return RecordedFile.Role.allCases.compactMap { role in
          guard let data = RecordedVersion(dataset, as: role),
            versions.contains(where: data.isVersion)
          else { return nil }
          return DataUse(
            run: id, runName: row[1], status: status, startTime: row[3], data: data)
        }
      }
    }
  }
}
