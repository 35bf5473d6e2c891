import Platform

/// Names with a number each, and a bar beside it as long as the number is large.
struct BarTable {
  private let value: String
  private let details: [String]
  private var rows: [(name: String, value: Double, details: [String])] = []

  private static let width = 20

  /// - Parameters:
  ///   - value: the title of the numbers.
  ///   - details: titles of further columns, which go first when the terminal is narrow.
  init(value: String, details: [String] = []) {
    self.value = value
    self.details = details
  }

  mutating func add(_ name: String, _ value: Double, _ details: [String] = []) {
    rows.append((name, value, details))
  }

  func text(for console: Console) -> String {
    var table = TextTable(
      [
        .init(title: "COLUMN", isText: true), .init(title: value, alignment: .right),
        .init(title: "", yields: 1),
      ]
        + details.enumerated().map {
          .init(title: $1, alignment: $0 == 0 ? .right : .left, yields: $0 + 2)
        })
    let largest = rows.map(\.value.magnitude).max() ?? 0
    table.rows = rows.map { row in
      [
        .init(row.name), .init(shortNumber(row.value)),
        .init(Self.bar(row.value.magnitude, of: largest), .cyan),
      ] + row.details.map { .init($0) }
    }
    return table.text(for: console)
  }

  /// Blocks to an eighth of a cell; what is there at all is seen.
  static func bar(_ part: Double, of whole: Double) -> String {
    guard whole > 0, part > 0, whole.isFinite, part.isFinite else { return "" }
    let eighths = max(1, Int((min(1, part / whole) * Double(width * 8)).rounded()))
    let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
    return String(repeating: "█", count: eighths / 8) + rest
  }
}
