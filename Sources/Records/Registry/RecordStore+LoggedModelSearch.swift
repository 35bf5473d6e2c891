import GRDB
import Platform

extension RecordStore {
  /// Logged models that are not deleted, newest first unless another order is asked for.
  package func searchLoggedModels(_ search: LoggedModelSearch) throws -> RegistryPage<LoggedModel> {
    try reading { db in
      let page = RegistrySearch(limit: search.limit, offset: search.offset)
      try page.check()
      let filter = try RegistryFilter(parsing: search.filter, .loggedModels)
      let list = search.experiments.map { String($0.number) }.joined(separator: ",")
      var conditions = [
        SQLText("m.deleted IS NULL AND m.experiment IN (\(list))")
      ]
      conditions += filter.clauses.map { Self.condition($0, search.datasets) }
      if !search.datasets.isEmpty, !filter.clauses.contains(where: { $0.kind == .metric }) {
        conditions.append(
          SQLText("EXISTS (SELECT 1 FROM logged_model_metrics AS t WHERE t.model = m.number AND ")
            + Self.measured(search.datasets) + SQLText(")"))
      }
      let found = try selectLogged(db, conditions, search, page)
      return try found.map { try LoggedModelReader(store: self, db: db).models($0) }
    }
  }

  private func selectLogged(
    _ db: Database, _ conditions: [SQLText], _ search: LoggedModelSearch, _ page: RegistrySearch
  ) throws -> RegistryPage<Int64> {
    var columns = SQLText("")
    var terms: [String] = []
    var isByCreation = false
    for (index, order) in search.order.enumerated() {
      let term: String
      if order.field.contains(".") {
        columns += try SQLText(", (") + Self.metric(order) + SQLText(") AS o\(index)")
        term = "o\(index)"
      } else {
        term = try Self.column(order.field)
      }
      isByCreation = isByCreation || term == "m.created"
      // What is missing comes last, in either direction.
      terms += ["\(term) IS NULL", term + (order.isAscending ? "" : " DESC")]
    }
    if !isByCreation { terms.append("m.created DESC") }
    let query =
      SQLText("SELECT m.number") + columns + SQLText(" FROM logged_models AS m WHERE ")
      + .all(conditions)
      + SQLText(
        " ORDER BY \((terms + ["m.id"]).joined(separator: ", ")) LIMIT ? OFFSET ?",
        [page.limit + 1, page.offset])
    let rows = try Int64.fetchAll(
      db.makeStatement(sql: query.sql), arguments: StatementArguments(query.arguments))
    return RegistryPage(rows, limit: page.limit, offset: page.offset)
  }

  private static func condition(
    _ clause: RegistryFilter.Clause, _ datasets: [LoggedModelSearch.Dataset]
  ) -> SQLText {
    var clause = clause
    if clause.kind == .attribute, clause.key == "status" { clause.test = clause.test.statusNamed }
    if clause.kind == .metric, !datasets.isEmpty {
      guard case .number(let test, let number) = clause.test else { return SQLText("0") }
      let value =
        test == .notEqual
        ? SQLText("(t.value <> ? OR t.value IS NULL)", [number])
        : SQLText("t.value \(test.rawValue) ?", [number])
      return SQLText(
        "EXISTS (SELECT 1 FROM logged_model_metrics AS t WHERE t.model = m.number AND t.key = ? AND ",
        [clause.key]) + value + SQLText(" AND ") + measured(datasets) + SQLText(")")
    }
    func table(_ name: String) -> RegistryTable {
      RegistryTable(name: name, owner: "model", row: "m.number")
    }
    return clause.condition(
      .loggedModels,
      [
        .tag: table("logged_model_tags"), .param: table("logged_model_params"),
        .metric: table("logged_model_metrics"),
      ])
  }

  /// Whether a row `t` of the metrics was measured on one of some datasets.
  private static func measured(_ datasets: [LoggedModelSearch.Dataset]) -> SQLText {
    var any = SQLText("(0")
    for dataset in datasets {
      any += SQLText(" OR (t.dataset_name = ?", [dataset.name])
      if let digest = dataset.digest { any += SQLText(" AND t.dataset_digest = ?", [digest]) }
      any += SQLText(")")
    }
    return any + SQLText(")")
  }

  /// The newest value of a metric that models are ordered by.
  private static func metric(_ order: LoggedModelSearch.Order) throws(RecordFailure) -> SQLText {
    guard order.field.hasPrefix("metrics.") else {
      throw .registry(
        "Invalid order by field name: \(order.field). Only metrics are supported.",
        "logged models cannot be ordered by `\(order.field)`", hint: "order by metrics.NAME")
    }
    var query = SQLText(
      "SELECT t.value FROM logged_model_metrics AS t WHERE t.model = m.number AND t.key = ?",
      [String(order.field.dropFirst("metrics.".count))])
    if let dataset = order.dataset { query += SQLText(" AND ") + measured([dataset]) }
    return query + SQLText(" ORDER BY t.timestamp DESC, t.step DESC, t.run LIMIT 1")
  }

  private static func column(_ field: String) throws(RecordFailure) -> String {
    let vocabulary = RegistryVocabulary.loggedModels
    if field == "status" { return "m.status" }
    if field == "experiment_id" { return "m.experiment" }
    guard let column = vocabulary.texts[field] ?? vocabulary.numbers[field] else {
      throw .registry(
        "Invalid order by field name: \(field)", "logged models cannot be ordered by `\(field)`",
        hint: "order by metrics.NAME or one of "
          + vocabulary.attributes.joined(separator: ", "))
    }
    return column
  }
}

extension RunFilter.Test {
  /// The test with statuses by the names that a search compares: `2` and `LOGGED_MODEL_READY` are `READY`.
  fileprivate var statusNamed: Self {
    func named(_ text: String) -> String {
      let status = LoggedModelStatus.allCases.first {
        $0.apiName == text || String($0.rawValue) == text
      }
      return status?.name ?? text
    }
    switch self {
    case .text(let test, let text) where test == .equal || test == .notEqual:
      return .text(test, named(text))
    case .list(let contains, let texts): return .list(contains: contains, texts.map(named))
    default: return self
    }
  }
}
