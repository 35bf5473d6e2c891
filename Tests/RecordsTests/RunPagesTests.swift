import Records
import Testing

@Suite("Runs by pages") struct RunPagesTests {
  @Test("are those of the search, in its order, each once")
  func all() throws {
    let fixture = try StoreFixture()
    for index in 0..<600 {
      try fixture.run(
        "r\(index)", at: Int64(index), params: [Param(index < 599 ? "p" : "rare", "1")],
        tags: index == 0 ? [Tag("first", "")] : [],
        metrics: [Metric("m", Double(index % 7), timestamp: 1)])
    }
    let search = RunSearch(order: [try RunOrder(parsing: "metrics.m DESC")], limit: 1000)
    let pages = try fixture.store.pages(search)
    var found: [Run] = []
    var largest = 0
    try pages.forEach { page in
      found += page
      largest = max(largest, page.count)
    }
    #expect(found == (try fixture.store.search(search)))
    #expect(pages.count == 600 && found.count == 600)
    #expect(largest <= 250)
    let names = try pages.names()
    #expect(names.metrics == ["m"])
    #expect(names.params == ["p", "rare"])
    #expect(names.tags.contains("first"))
  }

  @Test("a run that is purged meanwhile is left out, and none are no page")
  func gone() throws {
    let fixture = try StoreFixture()
    let kept = try fixture.run("kept")
    let gone = try fixture.run("gone")
    let pages = try fixture.store.pages(RunSearch())
    try fixture.store.delete([gone])
    _ = try fixture.store.purge([gone])
    var ids: [RunID] = []
    try pages.forEach { ids += $0.map(\.id) }
    #expect(ids == [kept])
    let nothing = try fixture.store.pages(
      RunSearch(filter: try RunFilter(parsing: "metrics.nowhere > 1")))
    try nothing.forEach { _ in Issue.record("there is no page") }
    #expect(nothing.count == 0)
  }
}
