import Platform
import Records
import Testing

@Suite("Searching runs") struct SearchTests {
  @Test(
    "each way to the runs gives what a plain sort gives", arguments: SearchReference.filters,
    [0, 300, 3000, nil] as [Int32?])
  func againstReference(filter: SearchReference.Filter, shortWalk: Int32?) throws {
    let world = try SearchReference.shared.get()
    for order in SearchReference.orders {
      let expected = order.ids(of: world.runs.filter(filter.holds))
      for (limit, offset) in [(10, 0), (100_000, 0), (7, 3), (40, 190), (20, 470), (5, 100_000)] {
        let found = try world.fixture.ids(
          filter.text, order: order.texts, limit: limit, offset: offset, shortWalk: shortWalk)
        #expect(
          found == Array(expected.dropFirst(offset).prefix(limit)),
          "\(filter.text), \(order.texts), \(limit), \(offset)")
      }
    }
  }

  @Test("only runs of the experiments and lifecycles that are wanted are found") func scope() throws
  {
    let fixture = try StoreFixture()
    let other = try fixture.store.createExperiment("other").id
    try fixture.run("a", at: 1)
    try fixture.run("b", at: 2, in: other)
    let gone = try fixture.run("c", at: 3, in: other)
    try fixture.store.delete([gone])
    func names(_ experiments: [ExperimentID]?, _ view: LifecycleView) throws -> [String] {
      try fixture.store.search(RunSearch(experiments: experiments, view: view)).map(\.name)
    }
    #expect(try names(nil, .active) == ["b", "a"])
    #expect(try names(nil, .all) == ["c", "b", "a"])
    #expect(try names(nil, .deleted) == ["c"])
    #expect(try names([other], .active) == ["b"])
    #expect(try names([other, .defaultExperiment], .all) == ["c", "b", "a"])
    #expect(try names([], .all) == [])
    #expect(try names([#require(ExperimentID("77"))], .all) == [])
    try fixture.store.deleteExperiment(other)
    #expect(try names(nil, .all) == ["a"])
    #expect(try names([other], .deleted) == ["c", "b"])
  }

  @Test("the same field twice in the order is a failure") func doubleOrder() throws {
    let fixture = try StoreFixture()
    #expect(throws: Failure.self) { try fixture.names(order: ["start_time", "Created DESC"]) }
  }

  @Test(
    "quotes in values stay values", arguments: ["'; DROP TABLE runs --", "\" OR 1=1", "%", "\\"])
  func injection(value: String) throws {
    let fixture = try StoreFixture()
    try fixture.run("it", params: [Param("p", value)])
    let quote = value.contains("'") ? "\"" : "'"
    #expect(try fixture.names("params.p = \(quote)\(value)\(quote)") == ["it"])
    #expect(try fixture.names("params.p != \(quote)\(value)\(quote)") == [])
  }

  @Test("a limit of nothing, or none at all, is no failure") func limits() throws {
    let fixture = try StoreFixture()
    try fixture.run("it")
    #expect(try fixture.names(limit: 0).isEmpty)
    #expect(try fixture.names(limit: -5).isEmpty)
    #expect(try fixture.names(limit: .max) == ["it"])
    #expect(try fixture.names(limit: .max, offset: .max).isEmpty)
  }
}

@Suite("Tallies of runs") struct TallyTests {
  @Test("runs are counted by how they stand, without those that are deleted") func tallies() throws
  {
    let fixture = try StoreFixture()
    let other = try fixture.store.createExperiment("other").id
    let states: [RunStatus] = [.running, .scheduled, .finished, .failed, .killed, .finished]
    for (index, status) in states.enumerated() {
      let id = try fixture.run(at: Int64(index), in: other)
      try fixture.store.update(id, status: status)
    }
    let gone = try fixture.run(at: 99, in: other)
    #expect(try fixture.store.runCount(of: other) == 7)
    try fixture.store.delete([gone])
    var tally = RunTally()
    (tally.runs, tally.running, tally.failed, tally.latest) = (6, 2, 2, 5)
    #expect(try fixture.store.tallies() == [other: tally])
    #expect(try fixture.store.runCount(of: other) == 6)
    try fixture.store.restore([gone])
    #expect(try fixture.store.tallies()[other]?.latest == 99)
    #expect(try fixture.store.runCount(of: .defaultExperiment) == 0)
  }
}
