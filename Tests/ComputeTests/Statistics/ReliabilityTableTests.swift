import Compute
import Support
import Testing

@Suite("Calibration") struct ReliabilityTableTests {
  @Test("bins are closed above, and the first one below too")
  func bins() {
    let table = ReliabilityTable(
      confidences: [0, 0.1, 0.100001, 0.95, 1], isTrue: [false, false, true, true, true])
    #expect(table.bins.map(\.count) == [2, 1, 2])
    #expect(table.bins.map(\.lower) == [0, 0.1, 0.9] && table.bins.map(\.upper) == [0.1, 0.2, 1])
    #expect(table.bins.map(\.accuracy) == [0, 1, 1])
    #expect(abs(table.expectedError - (0.1 + 0.899999 + 0.05) / 5) < 1e-15)
    #expect(table.maximumError == 0.899999)
    #expect(table.count == 5)
  }

  @Test("quantile bins hold as many rows")
  func quantiles() {
    let confidences = (1...100).map { Double($0) / 1000 }
    let table = ReliabilityTable(
      confidences: confidences, isTrue: confidences.map { _ in false }, binning: .quantiles(4))
    #expect(table.bins.map(\.count) == [25, 25, 25, 25])
    let equal = ReliabilityTable(
      confidences: [0.5, 0.5, 0.5], isTrue: [true, false, true], binning: .quantiles(10))
    #expect(equal.bins.count == 1 && abs(equal.expectedError - 1 / 6.0) < 1e-15)
  }

  @Test("no rows, and right ones")
  func degenerate() {
    let none = ReliabilityTable(confidences: [], isTrue: [])
    #expect(none.bins == [] && none.expectedError.isNaN && none.maximumError.isNaN)
    let noneByQuantiles = ReliabilityTable(confidences: [], isTrue: [], binning: .quantiles(5))
    #expect(noneByQuantiles.bins == [] && noneByQuantiles.expectedError.isNaN)
    #expect(ReliabilityTable.brier(confidences: [], isTrue: []).isNaN)
    let sure = ReliabilityTable(confidences: [0, 1, 1], isTrue: [false, true, true])
    #expect(sure.expectedError == 0 && sure.maximumError == 0)
    #expect(
      ReliabilityTable.brier(confidences: [0, 1, 0.5], isTrue: [false, true, true]) == 0.25 / 3)
  }

  @Test("the first of equally likely classes is the label")
  func labels() throws {
    let p = try #require(Matrix(rows: 3, columns: 2, elements: [0.5, 0.5, 0.2, 0.8, 0.9, 0.1]))
    let table = ReliabilityTable(topLabelOf: p, labels: [0, 1, 1])
    #expect(table.bins.map(\.accuracy) == [1, 1, 0] && table.count == 3)
    #expect(table.bins.map(\.confidence) == [0.5, 0.8, 0.9])
  }

  @Test("the order of the rows does not matter", arguments: 0..<20)
  func order(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let rows = (0..<500).map { _ in
      (Double.random(in: 0...1, using: &random), Bool.random(using: &random))
    }
    let shuffled = rows.shuffled(using: &random)
    for binning in [.equalWidth(10), .quantiles(7)] as [ReliabilityTable.Binning] {
      let a = ReliabilityTable(
        confidences: rows.map(\.0), isTrue: rows.map(\.1), binning: binning)
      let b = ReliabilityTable(
        confidences: shuffled.map(\.0), isTrue: shuffled.map(\.1), binning: binning)
      #expect(a == b && a.expectedError == b.expectedError)
      #expect(a.bins.reduce(0) { $0 + $1.count } == 500)
    }
    #expect(
      ReliabilityTable.brier(confidences: rows.map(\.0), isTrue: rows.map(\.1))
        == ReliabilityTable.brier(confidences: shuffled.map(\.0), isTrue: shuffled.map(\.1)))
  }
}
