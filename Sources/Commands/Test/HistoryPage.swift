import Checks
import Formats
import Platform

/// `reprise test --history`: how the values of tests went, from run to run.
struct HistoryPage {
  struct Suite {
    var name: String
    var entries: [HistoryEntry]
  }

  var suites: [Suite]

  /// So many of the last results are drawn.
  private static let mostBars = 32

  var json: JSONValue {
    .array(
      suites.map { suite in
        ["suite": .string(suite.name), "results": .array(suite.entries.map(\.json))]
      })
  }

  func text(_ console: Console) -> String {
    suites.map { text($0, console) }.joined(separator: "\n\n")
  }

  private func text(_ suite: Suite, _ console: Console) -> String {
    let head = console.styled(singleLine(suite.name), .bold)
    guard let last = suite.entries.last, let first = suite.entries.first else {
      return "\(head)  no results yet"
    }
    let count = suite.entries.count
    let span = [first.time, last.time].map { String(localTime($0).prefix(16)) }
    let times = count == 1 ? span[0] : "\(span[0]) to \(span[1])"
    let states = Set(suite.entries.map(\.inputs)).count
    var table = TextTable([
      .init(title: "TEST", yields: 1, isText: true), .init(title: "LAST"),
      .init(title: "VALUE", alignment: .right), .init(title: "LEAST", alignment: .right),
      .init(title: "MOST", alignment: .right), .init(title: "TREND"),
    ])
    table.rows = last.tests.map { test in
      let course = suite.entries.map { entry in entry.tests.first { $0.name == test.name } }
      let values = course.compactMap { $0?.value }.filter(\.isFinite)
      return [
        .init(test.name), .init(test.verdict.rawValue, style(test.verdict)),
        .init(test.value.map(shortNumber) ?? "-"), .init(values.min().map(shortNumber) ?? "-"),
        .init(values.max().map(shortNumber) ?? "-"), .init(Self.trend(course)),
      ]
    }
    return "\(head)  \(count) result\(count == 1 ? "" : "s"), \(times), "
      + "\(states) state\(states == 1 ? "" : "s") of the data\n" + table.text(for: console)
  }

  private func style(_ verdict: TestOutcome.Verdict) -> Style {
    switch verdict {
    case .passed: .green
    case .failed, .untested: .red
    case .warned: .yellow
    }
  }

  /// A bar for each result, as high as its value among the others; a cross where there is no number and the test failed, a dot where
  /// there was no such test.
  static func trend(_ course: [HistoryEntry.Test?]) -> String {
    let shown = course.suffix(mostBars)
    let values = shown.compactMap { $0?.value }.filter(\.isFinite)
    let (least, most) = (values.min() ?? 0, values.max() ?? 0)
    let bars = Array("▁▂▃▄▅▆▇█")
    return String(
      shown.map { test -> Character in
        guard let test else { return "·" }
        guard let value = test.value, value.isFinite else {
          return test.verdict == .passed ? "✓" : "✗"
        }
        guard most > least else { return bars[3] }
        // Halves, so that a width of two infinities does not overflow.
        let place = (value / 2 - least / 2) / (most / 2 - least / 2) * 7
        return bars[min(7, max(0, Int(place.rounded())))]
      })
  }
}
