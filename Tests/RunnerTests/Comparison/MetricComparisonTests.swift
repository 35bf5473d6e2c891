import Records
import Testing

@testable import Runner

@Suite("Comparing metrics") struct MetricComparisonTests {
  private func series(_ points: [(Int64, Double)], from time: Int64 = 0) -> [Metric] {
    points.enumerated().map {
      Metric("loss", $0.element.1, timestamp: time + Int64($0.offset), step: $0.element.0)
    }
  }

  @Test("times are passed over, NaN equals NaN")
  func identical() {
    let old = series([(0, 1), (1, .nan), (2, .infinity), (3, 0.0)])
    let new = series([(0, 1), (1, .nan), (2, .infinity), (3, -0.0)], from: 99)
    #expect(MetricComparison().compare(old, new, name: "loss").kind == .identical)
    #expect(MetricComparison().compare(nil, nil, name: "loss").kind == .identical)
    #expect(MetricComparison().compare([], [], name: "loss").kind == .identical)
  }

  @Test("points within the tolerance are equal, in whatever order they were logged")
  func equal() {
    let verdict = MetricComparison().compare(
      series([(0, 1), (1, 2)]), series([(1, 2), (0, 1 + 1e-12)]), name: "loss")
    #expect(verdict.kind == .equal)
    #expect((verdict.largestAbsolute ?? 0) > 0)
    let order = MetricComparison().compare(
      series([(0, 1), (1, 2)]), series([(1, 2), (0, 1)]), name: "loss")
    #expect(order.kind == .equal)
    #expect(order.detail == "the same points, logged in another order")
    let wide = MetricComparison(rtol: 0, atol: 0.5).compare(
      series([(0, 1)]), series([(0, 1.4)]), name: "loss")
    #expect(wide.kind == .equal)
  }

  @Test("the first difference is named with its step")
  func different() {
    let cases: [([(Int64, Double)], [(Int64, Double)], String, Int)] = [
      ([(0, 1), (3, 2)], [(0, 1), (3, 2.5)], "step 3: 2.0 became 2.5", 1),
      ([(0, 1), (3, 2)], [(0, 1)], "step 3: 2.0 is missing", 1),
      ([(0, 1)], [(-1, 5), (0, 1)], "step -1: 5.0 is new", 1),
      ([(0, 1), (0, 2)], [(0, 1)], "step 0: 2 values became 1", 1),
      ([(0, 1), (0, 2)], [(0, 2), (0, 1)], "step 0: 1.0 became 2.0", 2),
      ([(0, .nan)], [(0, 1)], "step 0: nan became 1.0", 1),
      ([(0, 1), (1, 1), (2, 1)], [(5, 1)], "step 0: 1.0 is missing", 4),
    ]
    for (old, new, detail, count) in cases {
      let verdict = MetricComparison().compare(series(old), series(new), name: "loss")
      #expect(verdict.kind == .different)
      #expect(verdict.detail == detail)
      #expect(verdict.differences == count)
    }
  }

  @Test("series are sorted by their names; those of one run are missing or new")
  func histories() {
    let one = series([(0, 1)])
    let verdicts = MetricComparison().compare(["b": one, "a": one], ["b": one, "é": one])
    #expect(verdicts.map(\.name) == ["a", "b", "é"])
    #expect(verdicts.map(\.kind) == [.missing, .identical, .new])
    #expect(verdicts.allSatisfy { $0.reader == "metric" })
  }
}
