import Support
import Testing

@testable import Server

@Suite("Charts") struct ChartTests {
  private static func curve(_ values: [Double]) -> Curve {
    Curve(
      name: "c", colour: 0,
      points: values.enumerated().map { Curve.Point(step: Int64($0), seconds: Double($0), value: $1) })
  }

  @Test("a thinned curve keeps its ends, its peaks and what is no number")
  func thinning() {
    var random = SeededRandom(seed: 11)
    for count in [10, 501, 1000, 20_000] {
      var values = (0..<count).map { _ in Double.random(in: 0...1, using: &random) }
      values[count / 3] = 50
      values[count / 2] = -50
      values[count * 3 / 4] = .nan
      let curve = Self.curve(values)
      let thin = curve.thinned(to: 500)
      #expect(thin.points.count <= max(count, 0) && (count <= 500 || thin.points.count < 900))
      #expect(thin.points.first?.step == 0 && thin.points.last?.step == Int64(count - 1))
      #expect(thin.points.contains { $0.value == 50 } && thin.points.contains { $0.value == -50 })
      #expect(thin.points.contains { $0.value.isNaN })
      #expect(thin.points.map(\.step) == thin.points.map(\.step).sorted())
    }
  }

  @Test("smoothing starts at the first value and leaves a level line level")
  func smoothing() {
    #expect(Self.curve([3, 3, 3]).smoothed(0.9).points.allSatisfy { ($0.value - 3).magnitude < 1e-12 })
    #expect(Self.curve([1, 5]).smoothed(0.5).points[0].value == 1)
    #expect(Self.curve([1, 5]).smoothed(0).points[1].value == 5)
  }

  @Test("an axis holds any values, and its marks are round, few and inside", arguments: [
    [0, 1], [5, 5], [0, 0], [-3, 1e-9], [1e300, -1e300], [.nan], [], [1e-300, 2e-300], [0.001, 1000],
    [Double.greatestFiniteMagnitude, -Double.greatestFiniteMagnitude], [1e15, 1e15 + 1],
  ], [false, true])
  func axis(values: [Double], isLog: Bool) {
    let axis = ChartAxis(holding: values, isLog: isLog, margin: 0.04)
    #expect(axis.low < axis.high && axis.low.isFinite && axis.high.isFinite)
    let marks = axis.marks(4)
    #expect(marks.count < 40)
    for value in values where value.isFinite && value.magnitude <= 1e300 && (!isLog || value > 0) {
      let place = axis.place(value)
      #expect(place.map { $0 >= -1e-6 && $0 <= 1.000001 } == true, "\(value)")
    }
    #expect(axis.place(.nan) == nil)
  }

  @Test("a curve is drawn in pieces around what is no number, with its values beside it")
  func drawing() {
    let chart = CurveChart(
      at: PageContext(language: .english), title: "loss", curves: [Self.curve([1, .nan, 0.5, 0.25])],
      options: ChartOptions(QueryFields()))
    let svg = chart.svg.text
    #expect(svg.contains("data-x=\"0 2 3\" data-y=\"1 0.5 0.25\""))
    #expect(svg.contains("class=\"gap c0\""))
    #expect(svg.contains("lowest 0.25 at step 3, highest 1 at step 0, last 0.25"))
    #expect(!svg.contains("nan") && !svg.contains("inf"))
  }

  @Test("options come from the address, whatever it says", arguments: [
    ("smooth=nan&from=inf&to=3&width=1e999", 0.0, 460.0), ("smooth=7&width=-1", 0.99, 240),
    ("smooth=0.5&width=800", 0.5, 800), ("smooth=x", 0, 460),
  ])
  func options(query: String, smoothing: Double, width: Double) {
    let options = ChartOptions(QueryFields(parsing: query[...]))
    #expect(options.smoothing == smoothing)
    #expect(options.width == width)
    #expect(options.range == nil)
  }
}
