import GRDB

extension RecordStore {
  /// The datasets that runs of some experiments read, each with each context that it was read in.
  ///
  /// - Parameter limit: the most that are given; MLflow stops at 1,000.
  package func datasetSummaries(
    of experiments: [ExperimentID], limit: Int = 1000
  ) throws -> [DatasetSummary] {
    let list = "[" + experiments.map { String($0.number) }.joined(separator: ",") + "]"
    return try reading { db in
      let rows = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT DISTINCT d.experiment, d.name, d.digest, t.value
            FROM datasets AS d JOIN dataset_inputs AS i ON i.dataset = d.id
            LEFT JOIN dataset_input_tags AS t
              ON t.run = i.run AND t.dataset = d.id AND t.key = 'mlflow.data.context'
            WHERE d.experiment IN (SELECT value FROM json_each(?))
            ORDER BY d.experiment, d.name, d.digest, t.value LIMIT ?
            """), arguments: [list, limit])
      return rows.map { row in
        DatasetSummary(
          experiment: ExperimentID(number: row[0]), name: row[1], digest: row[2], context: row[3])
      }
    }
  }
}
