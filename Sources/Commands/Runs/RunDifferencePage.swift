import Platform
import Records
import Runner

/// The differences of two runs for a terminal: what stood in the first, what stands in the second.
struct RunDifferencePage {
  let difference: RunDifference
  let console: Console
  let isShort: Bool

  init(_ difference: RunDifference, console: Console, isShort: Bool) {
    self.difference = difference
    self.console = console
    self.isShort = isShort
  }

  var text: String {
    let (a, b) = (difference.first, difference.second)
    let head =
      console.styled("- \(a.id.hex.prefix(8)) \(a.name)", .red) + "\n"
      + console.styled("+ \(b.id.hex.prefix(8)) \(b.name)", .green)
    guard !difference.isEmpty else { return head + "\n\nnothing differs" }
    let sections = [
      section("OUTCOME", difference.outcome), section("PARAMETERS", difference.parameters),
      section("METRICS", difference.metrics.map(Self.shortened)),
      section("INPUTS", difference.inputs),
      section("OUTPUTS", difference.outputs), section("DATA", difference.data),
      section("ENVIRONMENT", difference.environment),
      code,
    ]
    return ([head] + sections.compactMap { $0 }).joined(separator: "\n\n")
  }

  /// Metrics to six digits, unless they then look the same.
  private static func shortened(_ change: RunDifference.Change) -> RunDifference.Change {
    var short = change
    short.first = change.first.map { Double($0).map(shortNumber) ?? $0 }
    short.second = change.second.map { Double($0).map(shortNumber) ?? $0 }
    return short.first == short.second ? change : short
  }

  private func section(_ title: String, _ changes: [RunDifference.Change]) -> String? {
    if changes.isEmpty { return nil }
    let names = min(40, changes.map { textWidth($0.name) }.max() ?? 0)
    let values = min(40, changes.map { textWidth(shown($0.first)) }.max() ?? 0)
    let rows = changes.map { change in
      let (first, second) = (shown(change.first), shown(change.second))
      let delta = change.delta.map { "  " + console.styled($0, .dim) } ?? ""
      return
        "  \(padded(change.name, to: names))  \(console.styled(padded(first, to: values), .red))  "
        + console.styled(second, .green) + delta
    }
    return console.styled(title, .bold) + "\n" + rows.joined(separator: "\n")
  }

  /// A value on one line; a point where there is none.
  private func shown(_ value: String?) -> String { value.map(singleLine) ?? "·" }

  private var code: String? {
    guard !difference.code.isEmpty else { return nil }
    var lines = [console.styled("CODE", .bold)]
    if let note = difference.code.note { lines.append("  " + note) }
    for line in difference.code.text.split(separator: "\n", omittingEmptySubsequences: false) {
      if isShort {
        if line.hasPrefix("diff --git ") { lines.append("  " + line.dropFirst(11)) }
        continue
      }
      switch line.first {
      case "+": lines.append(console.styled(String(line), .green))
      case "-": lines.append(console.styled(String(line), .red))
      case "@": lines.append(console.styled(String(line), .cyan))
      default: lines.append(String(line))
      }
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}
