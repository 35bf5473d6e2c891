/// A table of keys and values that belong to rows of another.
struct RegistryTable {
  var name: String
  /// The column with the row that a key belongs to.
  var owner: String
  /// That row, as SQL of the search.
  var row: String
}

extension RegistryFilter.Clause {
  func condition(
    _ vocabulary: RegistryVocabulary, _ tables: [RegistryVocabulary.Kind: RegistryTable]
  ) -> SQLText {
    if kind == .attribute {
      return test.sql(on: vocabulary.texts[key] ?? vocabulary.numbers[key] ?? "NULL")
    }
    guard let table = tables[kind] else { return SQLText("0") }
    var wanted = test.sql(on: "t.value")
    // A NaN, which is NULL, differs from every number.
    if kind == .metric, case .number(.notEqual, let number) = test {
      wanted = SQLText("(t.value <> ? OR t.value IS NULL)", [number])
    }
    // Equal texts are found through the index on values, if they are short enough to stand in it.
    if case .text(.equal, let text) = test, text.unicodeScalars.count <= Schema.indexedLength {
      return SQLText(
        "\(table.row) IN (SELECT t.\(table.owner) FROM \(table.name) AS t WHERE t.key = ? AND ",
        [key])
        + wanted + SQLText(" AND length(t.value) <= \(Schema.indexedLength))")
    }
    return SQLText(
      "EXISTS (SELECT 1 FROM \(table.name) AS t WHERE t.\(table.owner) = \(table.row) AND t.key = ? AND ",
      [key]) + wanted + SQLText(")")
  }
}

extension RegistryFilter {
  /// Takes out what is asked about prompts, unless prompts are what is wanted, as MLflow's registry does.
  ///
  /// - Returns: whether prompts are to be left out.
  mutating func leavesPromptsOut() -> Bool {
    let asked = clauses.first { $0.kind == .tag && $0.key == Tag.isPrompt }
    switch asked?.test {
    case .text(.equal, let text) where text.lowercased() == "true": return false
    case .text(.notEqual, let text) where text.lowercased() == "false": return false
    default:
      clauses.removeAll { $0.kind == .tag && $0.key == Tag.isPrompt }
      return true
    }
  }

  /// The tables of a search for versions: models first when names are asked for, which are few then.
  var versionSource: String {
    let isNamed = clauses.contains { clause in
      guard clause.kind == .attribute, clause.key == "name" else { return false }
      switch clause.test {
      case .text(.equal, _), .list(contains: true, _): return true
      default: return false
      }
    }
    return isNamed
      ? "registered_models AS m CROSS JOIN model_versions AS v ON v.model = m.id"
      : "model_versions AS v CROSS JOIN registered_models AS m ON m.id = v.model"
  }
}
