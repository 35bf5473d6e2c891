import Support
import Testing

@testable import Checks

@Suite("Histograms of what a test judged") struct HistogramTests {
  private func histogram(_ values: [Double], _ marks: [Double]) -> Histogram {
    Histogram(marks: marks) { body in values.withUnsafeBufferPointer(body) }
  }

  @Test("every number is in one interval, or beside them")
  func complete() {
    var generator = SeededRandom(seed: 7)
    for _ in 0..<500 {
      let count = Int.random(in: 1...300, using: &generator)
      let scale = Double.random(in: 0.001...1000, using: &generator)
      let values = (0..<count).map { _ in
        (Double.random(in: -1...1, using: &generator) * scale * 8).rounded() / 8
      }.sorted()
      let low = Double.random(in: -scale...scale, using: &generator)
      let histogram = histogram(values, [low, low + scale / 3])
      #expect(histogram.counts.reduce(histogram.left + histogram.right, +) == count)
      #expect(histogram.left == values.count { $0 < histogram.low })
      #expect(histogram.right == values.count { $0 > histogram.high })
    }
  }

  @Test(
    "numbers that have no width",
    arguments: [
      [3.0], [3.0, 3.0], [-Double.infinity, 0, 1], [0, .infinity],
      [-Double.greatestFiniteMagnitude, Double.greatestFiniteMagnitude],
    ])
  func flat(_ values: [Double]) {
    let histogram = histogram(values, [0, 2])
    #expect(histogram.counts.reduce(histogram.left + histogram.right, +) == values.count)
  }
}
