import Records
import Support
import Testing

@Suite("Outlines of curves") struct OutlineTests {
  let fixture: StoreFixture
  var store: RecordStore { fixture.store }

  init() throws { fixture = try StoreFixture() }

  private func log(_ values: [Double]) throws -> RunID {
    try fixture.run(
      metrics: values.enumerated().map {
        Metric("m", $1, timestamp: 1000 + Int64($0) * 10, step: Int64($0))
      })
  }

  @Test("a short curve is its own outline", arguments: [0, 1, 2, 5, 100])
  func short(count: Int) throws {
    let values = (0..<count).map { $0 % 4 == 2 ? .nan : Double($0 % 7) }
    let run = try log(values)
    let outline = try #require(try store.outline(of: "m", in: run, limit: 100))
    #expect(outline.count == count)
    #expect(outline.points.map(\.step) == (0..<count).map(Int64.init))
    #expect(outline.points.map(\.value.isNaN) == values.map(\.isNaN))
  }

  @Test("a long curve keeps its ends, peaks and what is no number", arguments: [101, 997, 5000])
  func long(count: Int) throws {
    var random = SeededRandom(seed: 5)
    var values = (0..<count).map { _ in Double.random(in: 0...1, using: &random) }
    (values[count / 3], values[count / 2], values[count * 3 / 4]) = (50, -50, .nan)
    let run = try log(values)
    let outline = try #require(try store.outline(of: "m", in: run, limit: 100))
    #expect(outline.count == count)
    let steps = outline.points.map(\.step)
    #expect(steps.count <= 160 && steps == steps.sorted() && Set(steps).count == steps.count)
    #expect(steps.first == 0 && steps.last == Int64(count - 1))
    for place in [count / 3, count / 2, count * 3 / 4] {
      #expect(steps.contains(Int64(place)), "\(place)")
    }
  }

  @Test("only what is asked for is read, and not more than may be") func bounds() throws {
    let run = try log((0..<50).map(Double.init))
    let steps = try store.outline(of: "m", in: run, limit: 100, steps: 10...19)
    #expect(steps?.points.map(\.step) == Array(10...19))
    let times = try store.outline(of: "m", in: run, limit: 100, times: 1100...1105)
    #expect(times?.points.map(\.step) == [10])
    #expect(try store.outline(of: "m", in: run, limit: 100, most: 49) == nil)
    #expect(try store.outline(of: "m", in: run, limit: 100, most: 50)?.count == 50)
    #expect(try store.outline(of: "other", in: run, limit: 100) == MetricOutline())
    #expect(try store.outline(of: "m", in: .random(), limit: 100) == MetricOutline())
  }
}
