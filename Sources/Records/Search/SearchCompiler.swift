import GRDB

/// Turns clauses and orders into SQL about a row `r` of `runs`.
///
/// Keys become numbers here; a key that nobody ever used makes its clause false (or, for IS NULL, true).
struct SearchCompiler {
  let keys: KeyIDs
  /// `<folder>/artifacts/`: where artifacts are that have no place of their own.
  let artifactFolder: String

  /// SQL that is true for runs that pass; nil when none can.
  func condition(_ clause: RunFilter.Clause) throws -> SQLText? {
    switch clause.subject {
    case .metric(let key): return try metric(key, clause.test)
    case .param(let key): return try value("params", key, clause.test)
    case .tag(let key): return try value("tags", key, clause.test)
    // MLflow looks at the tag.
    case .attribute(.name): return try value("tags", Tag.runName, clause.test)
    case .attribute(let attribute): return test(clause.test, on: column(attribute))
    case .dataset(let field): return dataset(field, clause.test)
    }
  }

  private func metric(_ key: String, _ wanted: RunFilter.Test) throws -> SQLText? {
    guard let id = try keys.known(key) else { return nil }
    return SQLText(
      "EXISTS (SELECT 1 FROM latest_metrics AS m WHERE m.run = r.number AND m.key = \(id) AND ")
      + metricTest(wanted, on: "m.value") + SQLText(")")
  }

  /// A test of a metric's value, which is NULL for NaN: only `!=` holds then.
  func metricTest(_ wanted: RunFilter.Test, on value: String) -> SQLText {
    if case .number(.notEqual, let number) = wanted {
      return SQLText("(\(value) <> ? OR \(value) IS NULL)", [number])
    }
    return test(wanted, on: value)
  }

  private func value(_ table: String, _ key: String, _ wanted: RunFilter.Test) throws -> SQLText? {
    let id = try keys.known(key)
    if case .isPresent(let isPresent) = wanted {
      guard let id else { return isPresent ? nil : SQLText("1") }
      return SQLText(
        """
        \(isPresent ? "" : "NOT ")EXISTS (SELECT 1 FROM \(table) AS v WHERE v.run = r.number \
        AND v.key = \(id))
        """)
    }
    guard let id else { return nil }
    return SQLText(
      "EXISTS (SELECT 1 FROM \(table) AS v WHERE v.run = r.number AND v.key = \(id) AND ")
      + test(wanted, on: "v.value") + SQLText(")")
  }

  private func dataset(_ field: RunField.DatasetField, _ wanted: RunFilter.Test) -> SQLText {
    if field == .context {
      return SQLText(
        """
        EXISTS (SELECT 1 FROM dataset_input_tags AS t WHERE t.run = r.number \
        AND t.key = 'mlflow.data.context' AND (
        """) + test(wanted, on: "t.value") + SQLText("))")
    }
    return SQLText(
      """
      EXISTS (SELECT 1 FROM dataset_inputs AS i JOIN datasets AS s ON s.id = i.dataset \
      WHERE i.run = r.number AND (
      """) + test(wanted, on: "s.\(field.rawValue)") + SQLText("))")
  }

  /// A test of a column or an expression.
  func test(_ wanted: RunFilter.Test, on value: String) -> SQLText {
    wanted.sql(on: value)
  }

  func column(_ attribute: RunField.Attribute) -> String {
    switch attribute {
    case .runID: "r.id"
    case .name: "r.name"
    case .status: "r.status"
    case .user: "r.user"
    case .startTime: "r.started"
    case .endTime: "r.ended"
    case .artifactURI:
      "coalesce(r.artifact_uri, \(SQLText.literal(artifactFolder)) || r.experiment || '/' || r.id || '/artifacts')"
    }
  }

  /// Whether any run can have a value there.
  func isKnown(_ field: RunField) throws -> Bool {
    switch field {
    case .metric(let key), .param(let key), .tag(let key): try keys.known(key) != nil
    case .attribute, .dataset: true
    }
  }

  /// The joins and the terms of ORDER BY for some orders, with the newest first and the id at the end.
  func order(_ orders: [RunOrder]) throws -> (joins: String, terms: String) {
    var joins = ""
    var terms: [String] = []
    for (index, order) in orders.enumerated() {
      let direction = order.isAscending ? "" : " DESC"
      let table: (name: String, key: String)
      switch order.field {
      case .attribute(let attribute):
        let column = column(attribute)
        if attribute == .endTime { terms.append("\(column) IS NULL") }
        terms.append(column + direction)
        continue
      case .dataset: continue
      case .metric(let key): table = ("latest_metrics", key)
      case .param(let key): table = ("params", key)
      case .tag(let key): table = ("tags", key)
      }
      // No run has it: all are equal in this respect.
      guard let id = try keys.known(table.key) else { continue }
      let o = "o\(index)"
      joins += " LEFT JOIN \(table.name) AS \(o) ON \(o).run = r.number AND \(o).key = \(id)"
      terms += ["\(o).run IS NULL", "\(o).value IS NULL", "\(o).value\(direction)"]
    }
    if !orders.contains(where: { $0.field == .attribute(.startTime) }) {
      terms.append("r.started DESC")
    }
    terms.append("r.id")
    return (joins, terms.joined(separator: ", "))
  }
}
