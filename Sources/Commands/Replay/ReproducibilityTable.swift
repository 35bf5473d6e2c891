import Platform
import Runner

/// What of a run is kept, part by part, with the score.
struct ReproducibilityTable {
  let known: Reproducibility
  let console: Console

  init(_ known: Reproducibility, console: Console) {
    self.known = known
    self.console = console
  }

  var text: String {
    let title = console.styled("REPRODUCIBLE", .bold) + "  \(known.score) of 100"
    return title + "\n" + aligned(rows, indent: "  ")
  }

  private var rows: [(name: String, value: String)] {
    known.items.map { item in
      let style: Style =
        switch item.state {
        case .kept: .green
        case .partly: .yellow
        case .lost: .red
        }
      let mark = console.styled(padded(item.state.rawValue, to: 6), style)
      let advice = item.advice.map { "\n        " + console.styled(singleLine($0), .dim) } ?? ""
      return (item.part.rawValue, "\(mark)  \(singleLine(item.text))\(advice)")
    }
  }
}
