import Formats
import Learning
import Platform

/// What a training came to, for a person: rows, scores of both parts side by side, what took how long.
struct TrainingSummary {
  private let result: TrainingResult
  private let written: [String]

  /// - Parameter written: the files that the model was written to.
  init(_ result: TrainingResult, written: [String]) {
    self.result = result
    self.written = written
  }

  var text: String {
    let data = result.data
    var lines = [
      "\(grouped(data.trainRows)) rows to learn from, \(grouped(data.testRows)) held out, "
        + "\(data.features.count) features"
    ]
    if let ending { lines.append(ending) }
    lines += scores
    if let important { lines.append("most important: \(important)") }
    let phases = result.timings.map { "\($0.phase) \(Self.seconds($0.time)) s" }
    if !phases.isEmpty { lines.append("took: " + phases.joined(separator: ", ")) }
    lines += written.map { "model: \($0)" }
    return lines.joined(separator: "\n") + "\n"
  }

  private var ending: String? {
    switch result.ending {
    case .stoppedEarly(let best): "stopped early: round \(best) was the best"
    case .interrupted: "interrupted: the model is the best so far"
    case .converged, .completed: nil
    }
  }

  /// A line for each metric: `train_auc` and `test_auc` stand in one.
  private var scores: [String] {
    var order: [String] = []
    var table: [String: [String: Double]] = [:]
    for (name, value) in result.metrics where !isDeviation(name) {
      let part = Self.parts.first { name.hasPrefix("\($0)_") } ?? ""
      let metric = part.isEmpty ? name : String(name.dropFirst(part.count + 1))
      if table[metric] == nil { order.append(metric) }
      table[metric, default: [:]][part] = value
    }
    let width = (order.map(\.count).max() ?? 0) + 2
    return order.map { metric in
      let values = table[metric] ?? [:]
      let cells = ([""] + Self.parts).compactMap { part in
        values[part].map { value in
          let deviation = result.metrics.first { $0.name == "\(part)_\(metric)_std" }
          let spread = deviation.map { " ± \(shortNumber($0.value))" } ?? ""
          return (part.isEmpty ? "" : "\(part) ") + shortNumber(value) + spread
        }
      }
      let name = metric + String(repeating: " ", count: width - metric.count)
      return name + cells.joined(separator: "   ")
    }
  }

  /// Whether it says how far the folds of another one lie apart.
  private func isDeviation(_ name: String) -> Bool {
    name.hasSuffix("_std") && result.metrics.contains { $0.name == name.dropLast(4) }
  }

  private static let parts = ["train", "test", "cv"]

  /// The features that trees gain most by, with their shares.
  private var important: String? {
    guard let list = result.details["importances"]?.array else { return nil }
    let gains = list.compactMap { item -> (String, Double)? in
      guard let name = item["feature"]?.string, let gain = item["gain"]?.number else { return nil }
      return (name, gain)
    }
    let total = gains.reduce(0) { $0 + max(0, $1.1) }
    guard total > 0 else { return nil }
    return gains.prefix(5).filter { $0.1 > 0 }.map { name, gain in
      "\(name) \(Int((gain / total * 100).rounded())) %"
    }.joined(separator: ", ")
  }

  private static func seconds(_ time: Duration) -> String {
    shortNumber((time / .seconds(1) * 100).rounded() / 100)
  }

  /// `1,234,567`.
  private func grouped(_ number: Int) -> String {
    var digits = String(number)
    var index = digits.count - 3
    while index > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: index))
      index -= 3
    }
    return digits
  }
}
