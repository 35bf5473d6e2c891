import GRDB
import Platform

/// Loads registered models and versions by their row numbers, with what belongs to them, in a few statements for all.
struct RegistryReader {
  let db: Database

  /// The row number of a model.
  ///
  /// - Throws: ``RecordFailure`` when the name is none or nobody has it.
  func number(ofModel name: String) throws -> Int64 {
    try RegistryRules.check(modelName: name)
    guard let number = try knownNumber(ofModel: name) else { throw RecordFailure.noModel(name) }
    return number
  }

  func knownNumber(ofModel name: String) throws -> Int64? {
    try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM registered_models WHERE name = ?"), arguments: [name])
  }

  /// The row numbers of a version and of its model.
  ///
  /// - Throws: ``RecordFailure`` when the name or the number is none, or there is no such version.
  func number(
    ofVersion text: String, of model: String
  ) throws -> (row: Int64, model: Int64, version: Int64) {
    try RegistryRules.check(modelName: model)
    let version = try RegistryRules.number(ofVersion: text)
    let statement = try db.cachedStatement(
      sql: """
        SELECT v.id, m.id FROM registered_models AS m
        JOIN model_versions AS v ON v.model = m.id AND v.version = ? WHERE m.name = ?
        """)
    guard let version, let row = try Row.fetchOne(statement, arguments: [version, model]) else {
      throw RecordFailure.noVersion(version.map { String($0) } ?? text, of: model)
    }
    return (row[0], row[1], version)
  }

  /// The models of some row numbers, in the order given.
  func models(_ numbers: [Int64]) throws -> [RegisteredModel] {
    guard !numbers.isEmpty else { return [] }
    let list = Self.list(numbers)
    var models: [Int64: RegisteredModel] = [:]
    try each(
      """
      SELECT m.id, m.name, m.created, m.updated, m.description
      FROM json_each(?) AS wanted CROSS JOIN registered_models AS m ON m.id = wanted.value
      """, list
    ) { row in
      models[row[0]] = RegisteredModel(
        name: row[1], created: row[2], updated: row[3], description: row[4], tags: [], aliases: [],
        latestVersions: [])
    }
    try each(
      """
      SELECT t.model, t.key, t.value FROM json_each(?) AS wanted
      CROSS JOIN registered_model_tags AS t ON t.model = wanted.value ORDER BY t.key
      """, list
    ) { models[$0[0]]?.tags.append(Tag($0[1], $0[2])) }
    try each(
      """
      SELECT a.model, a.alias, a.version FROM json_each(?) AS wanted
      CROSS JOIN registered_model_aliases AS a ON a.model = wanted.value ORDER BY a.alias
      """, list
    ) { models[$0[0]]?.aliases.append(ModelAlias(name: $0[1], version: $0[2])) }
    var latest: [(model: Int64, version: Int64)] = []
    try each(Self.latest, list) { latest.append(($0[0], $0[1])) }
    for (owner, version) in zip(latest, try versions(latest.map(\.version))) {
      models[owner.model]?.latestVersions.append(version)
    }
    return numbers.compactMap { models[$0] }
  }

  /// The newest version of each stage: one look into the index for each stage.
  private static let latest = """
    SELECT wanted.value, v.id FROM json_each(?) AS wanted
    CROSS JOIN (SELECT column1 AS name FROM (VALUES ('None'), ('Staging'), ('Production'), ('Archived'))) AS s
    CROSS JOIN model_versions AS v ON v.model = wanted.value AND v.version =
      (SELECT max(version) FROM model_versions WHERE model = wanted.value AND stage = s.name)
    ORDER BY wanted.value, v.version
    """

  /// The versions of some row numbers, in the order given.
  func versions(_ numbers: [Int64], withAliases: Bool = false) throws -> [ModelVersion] {
    guard !numbers.isEmpty else { return [] }
    let list = Self.list(numbers)
    var versions: [Int64: ModelVersion] = [:]
    versions.reserveCapacity(numbers.count)
    try each(
      """
      SELECT v.id, m.name, v.version, v.created, v.updated, v.description, v.user, v.stage, v.source, v.storage,
        v.run_id, v.run_link, v.logged_model
      FROM json_each(?) AS wanted CROSS JOIN model_versions AS v ON v.id = wanted.value
      CROSS JOIN registered_models AS m ON m.id = v.model
      """, list
    ) { versions[$0[0]] = Self.version($0) }
    try each(
      """
      SELECT t.version, t.key, t.value FROM json_each(?) AS wanted
      CROSS JOIN model_version_tags AS t ON t.version = wanted.value ORDER BY t.key
      """, list
    ) { versions[$0[0]]?.tags.append(Tag($0[1], $0[2])) }
    if withAliases {
      try each(
        """
        SELECT v.id, a.alias FROM json_each(?) AS wanted
        CROSS JOIN model_versions AS v ON v.id = wanted.value
        CROSS JOIN registered_model_aliases AS a ON a.model = v.model AND a.version = v.version ORDER BY a.alias
        """, list
      ) { versions[$0[0]]?.aliases.append($0[1]) }
    }
    return numbers.compactMap { versions[$0] }
  }

  private static func version(_ row: Row) -> ModelVersion {
    ModelVersion(
      model: row[1], number: row[2], created: row[3], updated: row[4], description: row[5],
      user: row[6], stage: ModelStage(rawValue: row[7]) ?? .none, source: row[8], storage: row[9],
      runID: row[10], runLink: row[11], loggedModel: row[12], tags: [], aliases: [])
  }

  static func list(_ numbers: [Int64]) -> String {
    "[" + numbers.map(String.init).joined(separator: ",") + "]"
  }

  private func each(_ sql: String, _ list: String, _ body: (Row) throws -> Void) throws {
    let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: [list])
    while let row = try rows.next() { try body(row) }
  }
}
