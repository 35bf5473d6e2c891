import GRDB

extension RegistrySearch {
  /// What was typed, as a search of models; it is right or wrong whatever is registered.
  ///
  /// - Throws: ``Failure`` in our words.
  package func checkForModels() throws {
    do { _ = try ofModels() } catch let refusal as RecordFailure { throw refusal.failure }
  }

  fileprivate func ofModels() throws -> (filter: RegistryFilter, orders: [RegistryOrder]) {
    try check()
    let filter = try RegistryFilter(parsing: filter, .models)
    var orders = try RegistryOrder.parse(
      order,
      fields: [
        "name": "m.name", "timestamp": "m.updated", "last_updated_timestamp": "m.updated",
        "creation_timestamp": "m.created",
      ], inWords: "{'name', 'timestamp'}", takesPrefix: false)
    if !orders.contains(where: { $0.field == "m.name" }) {
      orders.append(RegistryOrder(field: "m.name", isAscending: true))
    }
    return (filter, orders)
  }
}

extension RecordStore {
  /// Registered models, by name unless another order is asked for. Prompts are found only by a filter that asks for
  /// them.
  package func searchRegisteredModels(_ search: RegistrySearch) throws -> RegistryPage<
    RegisteredModel
  > {
    try reading { db in
      let expressions = try search.ofModels()
      var filter = expressions.filter
      var conditions: [SQLText] = []
      if filter.leavesPromptsOut() {
        conditions.append(
          SQLText(
            """
            m.id NOT IN (SELECT model FROM registered_model_tags WHERE key = '\(Tag.isPrompt)' \
            AND value = 'true' AND length(value) <= 100)
            """))
      }
      let tags = RegistryTable(name: "registered_model_tags", owner: "model", row: "m.id")
      conditions += filter.clauses.map { $0.condition(.models, [.tag: tags]) }
      let found = try select(
        db, "SELECT m.id FROM registered_models AS m", conditions,
        expressions.orders.map(\.sql), search)
      return try found.map { try RegistryReader(db: db).models($0) }
    }
  }

  /// Versions of registered models, the last changed first unless another order is asked for; those of prompts are found
  /// only by a filter that asks for them.
  package func searchModelVersions(_ search: RegistrySearch) throws -> RegistryPage<ModelVersion> {
    try reading { db in
      try search.check()
      var filter = try RegistryFilter(parsing: search.filter, .versions)
      let words = search.order.isEmpty ? ["last_updated_timestamp DESC"] : search.order
      var orders = try RegistryOrder.parse(
        words,
        fields: [
          "name": "m.name", "version_number": "v.version", "creation_timestamp": "v.created",
          "last_updated_timestamp": "v.updated",
        ],
        inWords: "{'name', 'version_number', 'creation_timestamp', 'last_updated_timestamp'}",
        takesPrefix: true)
      for (field, isAscending) in [("m.name", true), ("v.version", false)]
      where !orders.contains(where: { $0.field == field }) {
        orders.append(RegistryOrder(field: field, isAscending: isAscending))
      }
      var conditions: [SQLText] = []
      if filter.leavesPromptsOut() {
        conditions.append(
          SQLText(
            """
            v.model NOT IN (SELECT p.model FROM model_version_tags AS t \
            JOIN model_versions AS p ON p.id = t.version \
            WHERE t.key = '\(Tag.isPrompt)' AND t.value = 'true' AND length(t.value) <= 100)
            """))
      }
      let tags = RegistryTable(name: "model_version_tags", owner: "version", row: "v.id")
      conditions += filter.clauses.map { $0.condition(.versions, [.tag: tags]) }
      let found = try select(
        db, "SELECT v.id FROM \(filter.versionSource)", conditions, orders.map(\.sql), search)
      return try found.map { try RegistryReader(db: db).versions($0) }
    }
  }

  /// The row numbers of a page.
  func select(
    _ db: Database, _ source: String, _ conditions: [SQLText], _ orders: [String],
    _ search: RegistrySearch
  ) throws -> RegistryPage<Int64> {
    let query =
      SQLText(source + " WHERE ") + .all(conditions)
      + SQLText(
        " ORDER BY \(orders.joined(separator: ", ")) LIMIT ? OFFSET ?",
        [search.limit + 1, search.offset])
    let rows = try Int64.fetchAll(
      db.makeStatement(sql: query.sql), arguments: StatementArguments(query.arguments))
    return RegistryPage(rows, limit: search.limit, offset: search.offset)
  }
}
