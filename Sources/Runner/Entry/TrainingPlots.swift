import Formats
import Learning
import Platform
import SystemPackage

/// The pictures that go with the record of a training: a curve of each score that was told round by round, and what the
/// features are worth.
struct TrainingPlots {
  /// What was told of each metric, in the order of its steps.
  private var series: [(name: String, points: [(step: Int64, value: Double)])] = []
  private var places: [String: Int] = [:]
  /// Longer ones keep every second point, again and again: memory does not grow with the rounds.
  private static let longest = 4096
  private var strides: [Int64] = []
  /// What the steps count.
  var unit = "round"

  mutating func add(_ name: String, _ value: Double, step: Int64) {
    let place = places[name] ?? series.count
    if place == series.count {
      places[name] = place
      series.append((name, []))
      strides.append(1)
    }
    // The last of a step counts: the finished model's score follows that of its last round.
    if let last = series[place].points.last, last.step == step {
      series[place].points[series[place].points.count - 1].value = value
      return
    }
    guard step % strides[place] == 0 else { return }
    series[place].points.append((step, value))
    if series[place].points.count >= Self.longest {
      strides[place] *= 2
      let stride = strides[place]
      series[place].points.removeAll { $0.step % stride != 0 }
    }
  }

  /// Writes `plots/METRIC.svg` and `plots/importances.svg`.
  func write(_ result: TrainingResult, below folder: FilePath) throws {
    var pictures: [(name: String, svg: String)] = []
    var best: Int64?
    if case .stoppedEarly(let round) = result.ending { best = round }
    for (metric, lines) in curves(without: result.metrics) {
      let chart = LineChart(title: metric, unit: unit, lines: lines, mark: best)
      pictures.append((Self.fileName(metric), chart.svg))
    }
    if let list = result.details["importances"]?.array {
      let bars = list.compactMap { item -> (name: String, value: Double)? in
        guard let name = item["feature"]?.string, let gain = item["gain"]?.number, gain > 0
        else { return nil }
        return (name, gain)
      }
      let total = bars.reduce(0) { $0 + $1.value }
      if total > 0 {
        let shares = bars.map { (name: $0.name, value: $0.value / total) }
        let chart = BarChart(title: "importance: share of the gain", bars: shares)
        pictures.append(("importances", chart.svg))
      }
    }
    guard !pictures.isEmpty else { return }
    try FileSystem.createDirectory(folder)
    for (name, svg) in pictures {
      try FileSystem.write(svg, to: folder.appending("\(name).svg"), durable: false)
    }
  }

  /// The lines of each metric that has more than one step: `train_auc` and `test_auc` are two of `auc`.
  ///
  /// - Parameter final: the finished model's scores. They were told as one step more, which is no round.
  private func curves(
    without final: [(name: String, value: Double)]
  ) -> [(metric: String, lines: [LineChart.Line])] {
    let finals = Dictionary(final.map { ($0.name, $0.value) }) { $1 }
    var curves: [(metric: String, lines: [LineChart.Line])] = []
    // Folds follow each other in no order that a line could show.
    for (name, all) in series where !name.hasPrefix("fold_") {
      let endsWithFinal = all.last.map { finals[name] == $0.value } ?? false
      let points = endsWithFinal && all.count > 2 ? all.dropLast() : all
      guard points.count > 1 else { continue }
      let part = ["train", "test"].first { name.hasPrefix("\($0)_") }
      let metric = part.map { String(name.dropFirst($0.count + 1)) } ?? name
      let line = LineChart.Line(name: part ?? name, points: points)
      if let place = curves.firstIndex(where: { $0.metric == metric }) {
        curves[place].lines.append(line)
      } else {
        curves.append((metric, [line]))
      }
    }
    return curves
  }

  /// Metrics may have characters that a file's name has not.
  private static func fileName(_ metric: String) -> String {
    String(metric.map { $0.isLetter || $0.isNumber || "-_.@".contains($0) ? $0 : "_" })
  }
}
