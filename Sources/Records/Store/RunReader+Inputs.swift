import GRDB

extension RunReader {
  /// Adds to runs their datasets by name and digest, and their models in the order in which they were recorded.
  func addInputs(_ list: String, to runs: inout [Int64: Run]) throws {
    try datasets(list) { run, dataset in runs[run]?.datasets.append(dataset) }
    let statement = try db.cachedStatement(
      sql: """
        SELECT m.run, m.role, m.model, m.step
        FROM json_each(?) AS wanted CROSS JOIN run_models AS m ON m.run = wanted.value
        ORDER BY m.rowid
        """)
    let rows = try Row.fetchCursor(statement, arguments: [list])
    while let row = try rows.next() {
      let (run, role, model): (Int64, String, String) = (row[0], row[1], row[2])
      if role == "input" {
        runs[run]?.modelInputs.append(model)
      } else {
        runs[run]?.modelOutputs.append(ModelUse(model: model, step: row[3] ?? 0))
      }
    }
  }

  private func datasets(_ list: String, _ body: (Int64, DatasetInput) -> Void) throws {
    let statement = try db.cachedStatement(
      sql: """
        SELECT i.run, d.id, d.name, d.digest, d.source_type, d.source, d.schema, d.profile
        FROM json_each(?) AS wanted CROSS JOIN dataset_inputs AS i ON i.run = wanted.value
        CROSS JOIN datasets AS d ON d.id = i.dataset ORDER BY d.name, d.digest
        """)
    let tags = try db.cachedStatement(
      sql: "SELECT key, value FROM dataset_input_tags WHERE run = ? AND dataset = ? ORDER BY key")
    for row in try Row.fetchAll(statement, arguments: [list]) {
      let found = try Row.fetchAll(tags, arguments: [row[0] as Int64, row[1] as Int64])
      body(
        row[0],
        DatasetInput(
          name: row[2], digest: row[3], sourceType: row[4], source: row[5], schema: row[6],
          profile: row[7], tags: found.map { Tag($0[0], $0[1]) }))
    }
  }
}
