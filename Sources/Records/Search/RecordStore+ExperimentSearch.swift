import GRDB
import Platform

extension RecordStore {
  /// The experiments that a search finds, in its order.
  package func search(_ request: ExperimentSearch) throws -> [Experiment] {
    guard request.limit > 0 else { return [] }
    return try reading { db in
      var conditions: [SQLText] = []
      switch request.view {
      case .active: conditions.append(SQLText("e.deleted IS NULL"))
      case .deleted: conditions.append(SQLText("e.deleted IS NOT NULL"))
      case .all: break
      }
      conditions += request.filter.clauses.map(\.sql)
      let query =
        SQLText("SELECT e.id FROM experiments AS e WHERE ") + .all(conditions)
        + SQLText(
          " ORDER BY \(ExperimentOrder.terms(request.order)) LIMIT ? OFFSET ?",
          [request.limit, request.offset])
      let ids = try Int64.fetchAll(
        db.makeStatement(sql: query.sql), arguments: StatementArguments(query.arguments))
      return try ids.map { try experiment(db, ExperimentID(number: $0)) }
    }
  }
}

extension ExperimentField.Attribute {
  fileprivate var column: String {
    switch self {
    case .name: "e.name"
    case .id: "e.id"
    case .created: "e.created"
    case .updated: "e.updated"
    }
  }
}

extension ExperimentFilter.Clause {
  fileprivate var sql: SQLText {
    switch (subject, test) {
    case (.attribute(.id), _):
      // Ids are numbers in the table and texts in filters, in one spelling.
      test.sql(on: "CAST(e.id AS TEXT)")
    case (.attribute(let attribute), _): test.sql(on: attribute.column)
    case (.tag(let key), .isPresent(let isPresent)):
      SQLText(
        """
        \(isPresent ? "" : "NOT ")EXISTS (SELECT 1 FROM experiment_tags AS t \
        WHERE t.experiment = e.id AND t.key = ?)
        """, [key])
    case (.tag(let key), _):
      SQLText(
        """
        EXISTS (SELECT 1 FROM experiment_tags AS t WHERE t.experiment = e.id AND t.key = ? AND
        """ + " ", [key]) + test.sql(on: "t.value") + SQLText(")")
    }
  }
}

extension ExperimentOrder {
  fileprivate static func terms(_ orders: [ExperimentOrder]) -> String {
    // MLflow's default ends with the smaller id, an order that is given with the larger.
    let all =
      orders.isEmpty
      ? [
        ExperimentOrder(.created, isAscending: false), ExperimentOrder(.id, isAscending: true),
      ] : orders + [ExperimentOrder(.id, isAscending: false)]
    return all.map { "\($0.attribute.column)\($0.isAscending ? "" : " DESC")" }
      .joined(separator: ", ")
  }
}
