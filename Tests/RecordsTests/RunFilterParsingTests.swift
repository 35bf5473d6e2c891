import Platform
import Records
import Support
import Testing

@Suite("Parsing filters and orders") struct RunFilterParsingTests {
  @Test(
    "a filter that makes no sense is refused where it goes wrong",
    arguments: [
      ("metrics.a", 10), ("metrics.a >", 12), ("metrics.a > x", 13), ("metrics.a > '1'", 13),
      ("metrics.a LIKE '1'", 11), ("params.a = 1", 12), ("params.a > '1'", 10),
      ("status = FINISHED", 10),
      ("metric.a > 1 OR metric.b > 2", 14), ("(metric.a > 1)", 1), ("NOT metric.a > 1", 1),
      ("speed = 'x'", 1), ("foo.a = 'x'", 1), ("params.a = 'x", 12), ("metrics.a > 1;", 14),
      ("params.a IN ('x')", 1), ("run_id IN ()", 12), ("run_id IN ('a'", 15), ("run_id IN (1)", 12),
      ("metrics.a IS NULL", 1), ("params.a IS 5", 13), ("params.a NOT LIKE 'x'", 10),
      ("metrics. > 1", 10),
      ("dataset.size = 'x'", 9), ("   ", 4), ("metrics.a > 0x10", 13), ("metrics.a > 1_0", 13),
      ("metrics.a > - 1", 13), ("params.a == 'x'", 10), ("params.한 = 1", 12),
      ("metrics.a > 12abc", 13),
    ])
  func refused(filter: String, column: Int) {
    let failure = #expect(throws: ParseFailure.self) { try RunFilter(parsing: filter) }
    #expect(failure?.column == column, "\(failure.debugDescription)")
  }

  @Test("a misspelled field gets its nearest name") func hints() {
    let attribute = #expect(throws: ParseFailure.self) { try RunFilter(parsing: "statsu = 'x'") }
    #expect(attribute?.hint?.contains("did you mean `status`?") == true)
    let kind = #expect(throws: ParseFailure.self) { try RunFilter(parsing: "metircs.a > 1") }
    #expect(kind?.hint == "did you mean `metrics`?")
  }

  @Test(
    "the same filter can be written in many ways",
    arguments: [
      "metrics.`a` > 1", "metric.\"a\" > 1.0", "metrics.'a'>1", "`metrics`.a > 1e0",
      " metrics.a\n>\t1 ",
      "AND metrics.a > 1 AND", "metrics.a > 001", "metrics.a > 1.",
    ])
  func same(filter: String) throws {
    #expect(try RunFilter(parsing: filter) == RunFilter(parsing: "metrics.a > 1"))
  }

  @Test("no text is no clause") func empty() throws {
    #expect(try RunFilter(parsing: "") == .everything)
  }

  @Test(
    "an order that makes no sense is refused",
    arguments: [
      "", "asc", "metrics.a up", "metrics.a, metrics.b", "dataset.name", "`run name`", "speed",
      "metrics.a DESC DESC", "metrics.a DESC NULLS LAST", "(metrics.a)", "foo.a", "metrics.a;",
    ])
  func refusedOrder(order: String) {
    #expect(throws: ParseFailure.self) { try RunOrder(parsing: order) }
  }

  @Test("an order is a field and a direction") func order() throws {
    #expect(try RunOrder(parsing: "metrics.a").isAscending)
    #expect(try !RunOrder(parsing: "metrics.`a b` desc").isAscending)
    #expect(try RunOrder(parsing: "Created Asc") == RunOrder(parsing: "start_time"))
  }

  @Test("no text crashes the parser") func robust() {
    var generator = SeededRandom(seed: 7)
    let pieces = [
      "metrics", ".", "a", " ", "'", "\"", "`", ">", "=", "1", "-", "e", "AND", "IN", "(", ")", ",",
      "IS", "NULL",
      "NOT", "LIKE", "\\", "params", "run_id", "한", "\u{301}", "\u{0}", "\r\n", "5.", "/", "*",
      "DESC",
    ]
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 0...14, using: &generator))
        .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      _ = try? RunFilter(parsing: text)
      _ = try? RunOrder(parsing: text)
      let bytes = (0..<12).map { _ in UInt8.random(in: 0...255, using: &generator) }
      _ = try? RunFilter(parsing: String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test("a long filter takes time in proportion") func long() throws {
    let clauses = Array(repeating: "params.a = 'it''s'", count: 5000).joined(separator: " AND ")
    _ = try RunFilter(parsing: clauses)
    _ = try? RunFilter(parsing: String(repeating: "'\\", count: 100_000))
    _ = try? RunFilter(parsing: String(repeating: "a.", count: 100_000))
  }
}
