import Platform
import Records
import Testing

@Suite("Points of curves, datasets and models of runs") struct SamplingTests {
  let fixture: StoreFixture
  var store: RecordStore { fixture.store }

  init() throws { fixture = try StoreFixture() }

  @Test(
    "samples are spread evenly, with the first and the last point",
    arguments: [
      (10, 3, [0, 4, 9]), (10, 10, Array(0..<10)), (10, 20, Array(0..<10)), (10, 1, [9]),
      (10, 2, [0, 9]), (7, 3, [0, 3, 6]), (1, 5, [0]), (0, 5, []), (5, 0, [4]),
    ]) func sampling(count: Int, limit: Int, expected: [Int]) throws
  {
    let id = try fixture.run(
      "a",
      metrics: (0..<count).map { Metric("m", Double($0), timestamp: 5, step: Int64($0)) })
    #expect(
      try store.sampledHistory(of: "m", in: id, limit: limit).map { Int($0.step) } == expected)
  }

  @Test("only points of the steps asked for count") func steps() throws {
    let id = try fixture.run(
      "a", metrics: (0..<100).map { Metric("m", 1, timestamp: 5, step: $0) })
    let found = try store.sampledHistory(of: "m", in: id, limit: 3, steps: 10...20)
    #expect(found.map(\.step) == [10, 14, 20])
    #expect(try store.sampledHistory(of: "none", in: id, limit: 3).isEmpty)
    #expect(try store.sampledHistory(of: "m", in: .random(), limit: 3).isEmpty)
  }

  @Test("histories of many runs come by run, as many as wanted in all") func histories() throws {
    let ids = try (0..<3).map { index in
      try fixture.run(
        "\(index)", metrics: (0..<4).map { Metric("m", 1, timestamp: 9 - $0, step: $0) })
    }.sorted { $0.hex < $1.hex }
    let found = try store.histories(of: "m", in: ids + [.random(), ids[0]], limit: 6)
    #expect(found.map(\.run) == Array(repeating: ids[0], count: 4) + [ids[1], ids[1]])
    #expect(found.map(\.metric.step) == [3, 2, 1, 0, 3, 2])
    #expect(try store.historyPage(of: "m", in: ids[0], limit: 2, offset: 1).map(\.step) == [2, 1])
    #expect(try store.historyPage(of: "m", in: .random()).isEmpty)
  }

  @Test("models that a run read and made stand on it once, and in searches that ask") func models()
    throws
  {
    let id = try fixture.run("a")
    try store.log(modelInputs: ["m-1", "m-2"], to: id)
    try store.log(modelInputs: ["m-1"], to: id)
    try store.log(modelOutputs: [ModelUse(model: "m-3", step: 5)], to: id)
    try store.log(modelOutputs: [ModelUse(model: "m-3", step: 6)], to: id)
    let run = try store.run(id)
    #expect(run.modelInputs == ["m-1", "m-2"])
    #expect(run.modelOutputs == [ModelUse(model: "m-3", step: 6)])
    #expect(try store.search(RunSearch())[0].modelInputs.isEmpty)
    #expect(try store.search(RunSearch(withInputs: true))[0].modelInputs == run.modelInputs)
    try store.delete([id])
    _ = try store.purge()
    #expect(try store.check().isEmpty)
  }

  @Test("descriptions of models are put one behind another, however long") func modelHistory()
    throws
  {
    let id = try fixture.run("a")
    try store.appendModel(["run_id": .string(id.hex), "artifact_path": "m"], to: id)
    try store.appendModel(["long": .string(String(repeating: "x", count: 9000))], to: id)
    let text = try store.run(id).tag("mlflow.log-model.history") ?? ""
    #expect(text.hasPrefix("[{\"run_id\": \"\(id)\", \"artifact_path\": \"m\"}, {\"long\": \"xxx"))
    #expect(text.hasSuffix("xxx\"}]"))
  }

  @Test("a page of a search says whether more follow") func pages() throws {
    for index in 0..<5 { try fixture.run("\(index)", at: Int64(index)) }
    let first = try store.searchPage(RunSearch(limit: 3))
    #expect(first.runs.map(\.name) == ["4", "3", "2"])
    #expect(first.hasMore)
    let second = try store.searchPage(RunSearch(limit: 3, offset: 3))
    #expect(second.runs.map(\.name) == ["1", "0"])
    #expect(!second.hasMore)
  }
}
