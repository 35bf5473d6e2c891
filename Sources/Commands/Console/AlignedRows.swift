import Platform

/// Names with their values behind them, in two columns; a value's further lines stand below its first.
///
/// - Parameters:
///   - indent: stands before every name.
///   - widest: longer names push their value aside.
///   - paint: styles a name that has its spaces.
func aligned(
  _ rows: [(name: String, value: String)], indent: String = "", widest: Int = .max,
  paint: (String) -> String = { $0 }
) -> String {
  let names = rows.map { singleLine($0.name) }
  let width = min(widest, names.map { textWidth($0) }.max() ?? 0)
  let below = "\n" + indent + String(repeating: " ", count: width + 2)
  return zip(names, rows).map { name, row in
    let value = row.value.split(separator: "\n", omittingEmptySubsequences: false)
    return indent + paint(padded(name, to: width)) + "  " + value.joined(separator: below)
  }.joined(separator: "\n")
}

/// The lines of a text, each without control characters, empty ones at the end left out.
func lines(of text: String) -> String {
  var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  while lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
  return lines.map { singleLine(String($0)) }.joined(separator: "\n")
}
