import GRDB
import Platform

extension RecordStore {
  /// The run that a person means: a full id, the first digits of one when no other begins with them, the name of one
  /// active run, `latest`, or `latest~N` for the N-th active run before the latest.
  ///
  /// - Throws: ``Failure`` with code `.notFound`, or `.usage` with the candidates when several runs fit.
  package func resolve(_ reference: String) throws -> RunID {
    try reading { db in
      if let back = RecordStore.stepsBack(reference) { return try latest(db, back) }
      let named = try candidates(
        db, "name = ? AND deleted IS NULL", [reference], order: "started DESC, number DESC")
      let prefix = reference.lowercased()
      let isHex = prefix.utf8.allSatisfy(RecordStore.isHexDigit) && prefix.utf8.count <= 32
      let begun =
        isHex && !prefix.isEmpty
        ? try candidates(db, "id >= ?1 AND id < ?1 || 'g'", [prefix], order: "id") : []
      // A short word that is a name is one: `bee` is not the start of an id then.
      if named.count == 1, begun.isEmpty || prefix.utf8.count < 4 { return named[0].id }
      let all = begun + named.filter { run in !begun.contains { $0.id == run.id } }
      if all.count == 1 { return all[0].id }
      throw all.isEmpty ? RecordStore.noRun(called: reference) : ambiguous(reference, all)
    }
  }

  private typealias Candidate = (id: RunID, name: String)

  /// `latest` is 0, `latest~2` is 2; anything else nil.
  private static func stepsBack(_ reference: String) -> Int? {
    if reference == "latest" { return 0 }
    guard reference.hasPrefix("latest~") else { return nil }
    let digits = reference.dropFirst("latest~".count)
    return digits.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? Int(digits) : nil
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }

  private func latest(_ db: Database, _ back: Int) throws -> RunID {
    let statement = try db.cachedStatement(
      sql: """
        SELECT id FROM runs INDEXED BY runs_newest WHERE deleted IS NULL
        ORDER BY started DESC, number DESC LIMIT 1 OFFSET ?
        """)
    if let text = try String.fetchOne(statement, arguments: [back]), let id = RunID(text) {
      return id
    }
    let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM runs WHERE deleted IS NULL") ?? 0
    throw Failure(
      .notFound,
      count == 0
        ? "no run is recorded yet" : "there are only \(count) runs, counted from `latest~0`",
      hint: count == 0 ? "record one with `reprise run`" : "list them with `reprise runs`")
  }

  private func candidates(
    _ db: Database, _ condition: String, _ arguments: StatementArguments, order: String
  ) throws -> [Candidate] {
    let statement = try db.cachedStatement(
      sql: "SELECT id, name FROM runs WHERE \(condition) ORDER BY \(order) LIMIT 11")
    return try Row.fetchAll(statement, arguments: arguments).compactMap { row in
      RunID(row[0] as String).map { ($0, row[1]) }
    }
  }

  private static func noRun(called reference: String) -> Failure {
    Failure(
      .notFound, "no run `\(reference)`",
      hint:
        "give the first digits of an id, a run's name, or `latest`; list runs with `reprise runs`")
  }

  private func ambiguous(_ reference: String, _ all: [Candidate]) -> Failure {
    let shown = all.prefix(10).map { "\($0.id.hex.prefix(12)) (\($0.name))" }
    return Failure(
      .usage, "`\(reference)` means more than one run",
      hint: "it could be \(shown.joined(separator: ", "))\(all.count > 10 ? ", and more" : "")")
  }
}
