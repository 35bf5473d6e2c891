import Platform
import Records
import Testing

@Suite("Naming a run on the command line") struct ResolvingTests {
  let fixture: StoreFixture
  var store: RecordStore { fixture.store }

  init() throws { fixture = try StoreFixture() }

  private func start(_ hex: String, _ name: String, at time: Int64 = 1) throws -> RunID {
    let id = try #require(RunID(hex + String(repeating: "0", count: 32 - hex.count)))
    return try store.start(NewRun(id: id, name: name, startTime: time)).id
  }

  @Test("an id, its first digits, a name, and counts from the latest are understood") func all()
    throws
  {
    let first = try start("abc1", "first", at: 5)
    let second = try start("abd2", "second", at: 9)
    let third = try start("f00d", "third", at: 9)
    #expect(try store.resolve(first.hex) == first)
    #expect(try store.resolve("abc") == first)
    #expect(try store.resolve("ABD") == second)
    #expect(try store.resolve("f") == third)
    #expect(try store.resolve("second") == second)
    #expect(try store.resolve("latest") == third)
    #expect(try store.resolve("latest~0") == third)
    #expect(try store.resolve("latest~1") == second)
    #expect(try store.resolve("latest~2") == first)
    try store.delete([third])
    #expect(try store.resolve("latest") == second)
    #expect(try store.resolve("f00d") == third)
  }

  @Test("a reference that fits several runs lists them") func ambiguous() throws {
    _ = try start("abc1", "one")
    _ = try start("abc2", "two")
    let failure = #expect(throws: Failure.self) { try store.resolve("abc") }
    #expect(failure?.code == .usage)
    #expect(failure?.hint == "it could be abc100000000 (one), abc200000000 (two)")
  }

  @Test("a name of two runs is ambiguous, newest first") func sameName() throws {
    _ = try start("1", "same", at: 1)
    _ = try start("2", "same", at: 2)
    let failure = #expect(throws: Failure.self) { try store.resolve("same") }
    #expect(failure?.hint?.hasPrefix("it could be 200000000000") == true)
  }

  @Test("a short word that is a name is one, even if ids begin with it") func shortName() throws {
    let named = try start("1", "bee")
    _ = try start("bee1", "other")
    #expect(try store.resolve("bee") == named)
  }

  @Test(
    "what is no run is not found",
    arguments: [
      "", "zzz", "abcd", "latest~5", "latest~", "latest~-1", "latest~99999999999999999999",
      "LATEST", "a'b", "%",
    ])
  func missing(reference: String) throws {
    _ = try start("1", "one")
    let failure = #expect(throws: Failure.self) { try store.resolve(reference) }
    #expect(failure?.code == .notFound)
    #expect(failure?.hint != nil)
  }

  @Test("without any run, latest says so") func empty() throws {
    let failure = #expect(throws: Failure.self) { try store.resolve("latest") }
    #expect(failure?.message == "no run is recorded yet")
  }

  @Test(
    "only 32 lower-case digits are an id",
    arguments: [
      "", "abc", String(repeating: "A", count: 32), String(repeating: "g", count: 32),
      String(repeating: "0", count: 33),
    ])
  func ids(text: String) { #expect(RunID(text) == nil) }

  @Test("an id is written as it was read") func roundTrip() throws {
    let text = "0123456789abcdeffedcba9876543210"
    #expect(try #require(RunID(text)).hex == text)
    let id = RunID.random()
    #expect(RunID(id.hex) == id)
    #expect(RunID.random() != id)
  }
}
