import Checks
import Platform

/// The ML Test Score for a terminal: a line for each item, with what was found or what would be.
struct ScorePage {
  private let score: ReadinessScore

  init(_ score: ReadinessScore) { self.score = score }

  func text(_ console: Console) -> String {
    var text = ""
    for group in ScoreItem.Group.allCases {
      text +=
        console.styled("\(group.rawValue)", .bold) + "  \(Self.points(score.sum(group))) of 7\n"
      let items = ScoreItem.allCases.filter { $0.group == group }
      let width = items.map { textWidth($0.title) }.max() ?? 0
      for item in items {
        let gap = String(repeating: " ", count: width - textWidth(item.title) + 2)
        text += "  \(mark(item, console)) \(item.title)\(gap)\(found(item, console))\n"
      }
      text += "\n"
    }
    return text + "score \(Self.points(score.total)): \(score.meaning)"
  }

  private func mark(_ item: ScoreItem, _ console: Console) -> String {
    switch score.points(item) {
    case 1: console.styled("1 ", .green)
    case 0: console.styled("0 ", .red)
    default: console.styled("½ ", .yellow)
    }
  }

  private func found(_ item: ScoreItem, _ console: Console) -> String {
    let best = score.points(item) > 0 ? score.best(item)?.text : nil
    let hint =
      item.hint ?? "write it down, and name the file in tests/score.yml as `\(item.rawValue)`"
    return best ?? console.styled(hint, .dim)
  }

  private static func points(_ points: Double) -> String {
    points == points.rounded() ? "\(Int(points))" : "\(Int(points)).5"
  }
}
