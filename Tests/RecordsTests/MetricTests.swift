import Platform
import Records
import Testing

@Suite("Metrics") struct MetricTests {
  let fixture: StoreFixture
  var store: RecordStore { fixture.store }

  init() throws { fixture = try StoreFixture() }

  @Test(
    "the latest value is the largest by step, then time, then value",
    arguments: [
      ([(1.0, 5, 1), (2.0, 4, 2)], 2.0),
      ([(2.0, 4, 2), (1.0, 5, 1)], 2.0),
      ([(1.0, 5, 1), (2.0, 6, 1)], 2.0),
      ([(3.0, 5, 1), (2.0, 5, 1)], 3.0),
      ([(-1.0, 5, 1), (.nan, 5, 1)], .nan),
      ([(.nan, 5, 1), (-1.0, 5, 1)], .nan),
      ([(.nan, 5, 1), (1.0, 5, 1)], 1.0),
      ([(1.0, 5, -3), (2.0, 5, -9)], 1.0),
      ([(.infinity, 5, 1), (1e308, 5, 1)], .infinity),
    ] as [([(Double, Int64, Int64)], Double)])
  func latest(points: [(Double, Int64, Int64)], expected: Double) throws {
    let metrics = points.map { Metric("m", $0.0, timestamp: $0.1, step: $0.2) }
    let together = try fixture.run(metrics: metrics)
    let apart = try fixture.run()
    for metric in metrics { try store.log(metrics: [metric], to: apart) }
    for id in [together, apart] {
      let value = try #require(try store.run(id).metric("m")?.value)
      #expect(value == expected || value.isNaN && expected.isNaN, "\(value), \(expected)")
    }
  }

  @Test("a point that is there already is dropped") func duplicates() throws {
    let points = [
      Metric("m", 1, timestamp: 1, step: 1), Metric("m", .nan, timestamp: 1, step: 1),
      Metric("m", -.infinity, timestamp: 1, step: .min),
    ]
    let id = try fixture.run(metrics: points + points)
    try store.log(metrics: points, to: id)
    #expect(try store.history(of: "m", in: id).count == 3)
  }

  @Test("history comes by step for curves and by time for MLflow, in pages") func order() throws {
    let id = try fixture.run(
      metrics: [
        Metric("m", 3, timestamp: 1, step: 3), Metric("m", 1, timestamp: 3, step: 1),
        Metric("m", 2, timestamp: 2, step: 2), Metric("other", 9, timestamp: 9),
      ])
    #expect(try store.history(of: "m", in: id).map(\.value) == [1, 2, 3])
    #expect(try store.history(of: "m", in: id, order: .time).map(\.value) == [3, 2, 1])
    #expect(try store.history(of: "m", in: id, limit: 1, offset: 1).map(\.value) == [2])
    #expect(try store.history(of: "none", in: id).isEmpty)
    #expect(throws: Failure.self) { try store.history(of: "m", in: .random()) }
  }

  @Test("every double comes back as it was") func exactValues() throws {
    let values = [
      0.1, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity, -.infinity,
      1e15 + 0.3,
    ]
    let id = try fixture.run(
      metrics: values.enumerated().map { Metric("m", $1, timestamp: 0, step: Int64($0)) })
    #expect(try store.history(of: "m", in: id).map(\.value) == values)
  }

  @Test("a time before 1970 is refused") func negativeTime() throws {
    let id = try fixture.run()
    #expect(throws: Failure.self) {
      try store.log(metrics: [Metric("m", 1, timestamp: -1)], to: id)
    }
  }
}
