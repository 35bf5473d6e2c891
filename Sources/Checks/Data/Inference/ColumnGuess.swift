import Compute
import Glibc

/// What a column's cells suggest: its type, and tests with room for what may come.
struct ColumnGuess {
  private let seen: ColumnProfileScan.Sight
  private let isUnique: Bool
  let type: ColumnType

  init(_ seen: ColumnProfileScan.Sight, isUnique: Bool) {
    self.seen = seen
    self.isUnique = isUnique
    type = Self.type(seen, isUnique: isUnique)
  }

  private static func type(_ seen: ColumnProfileScan.Sight, isUnique: Bool) -> ColumnType {
    let there = seen.rows - seen.missing
    guard there > 0 else { return .string }
    if seen.whole == there { return .int }
    if seen.texts == 0 { return .float }
    if seen.truths == there { return .bool }
    if let format = seen.times.firstIndex(of: there) {
      switch ColumnProfileScan.formats[format] {
      case "%Y-%m-%d": return .date
      case let format: return .dateTime(format: format)
      }
    }
    // Nearly all are numbers: what is none is what a test should find.
    if Double(seen.texts) <= 0.02 * Double(there) { return seen.fractions > 0 ? .float : .int }
    if let counts = seen.counts, !isUnique, counts.count * 4 <= there { return .category }
    return .string
  }

  /// What is no number in a column of numbers.
  private var strays: Int { type.isNumber ? seen.texts : 0 }

  /// The share of rows that have to pass tests of single rows.
  var mostly: Double {
    let there = seen.rows - seen.missing
    guard strays > 0, there > 0 else { return 1 }
    return 1 - Self.room(above: Double(strays) / Double(there), of: there)
  }

  /// What was seen, for people who look at the guesses; nil when the tests say it all.
  var note: String? {
    var parts: [String] = []
    if type.isNumber, seen.least <= seen.greatest {
      parts.append("\(PlainValue.text(seen.least))..\(PlainValue.text(seen.greatest))")
    }
    if strays > 0 { parts.append("\(strays) \(strays == 1 ? "is" : "are") no number") }
    if seen.missing > 0 { parts.append("\(seen.missing) missing") }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  var kinds: [DataTest.Kind] {
    var kinds: [DataTest.Kind] = [.type(type)]
    let there = seen.rows - seen.missing
    let nulls = seen.rows == 0 ? 0 : Double(seen.missing) / Double(seen.rows)
    kinds.append(.nulls(max: Self.room(above: nulls, of: seen.rows)))
    guard there > 0 else { return kinds }
    if isUnique, type != .float { kinds.append(.unique) }
    switch type {
    case .int, .float:
      if let values = seen.counts, values.count <= 12, type == .int, there >= 10 * values.count {
        kinds.append(.inSet(.values(Self.sorted(values)), isNegated: false))
        kinds += shares(values)
      } else if let range {
        kinds.append(.range(range))
      }
      if !isUnique, let mean { kinds.append(.statistic(.mean, mean)) }
    case .category:
      if let values = seen.counts {
        kinds.append(.inSet(.values(Self.sorted(values)), isNegated: false))
        kinds += shares(values)
      }
    case .string where seen.longest > 0:
      kinds.append(
        .length(Bounds(lower: Double(seen.shortest == 0 ? 0 : 1), upper: Double(seen.longest * 2))))
    case .bool:
      if let values = seen.counts { kinds += shares(values) }
    case .string, .date, .dateTime, .json, .image: break
    }
    return kinds
  }

  private static func sorted(_ counts: [String: Int]) -> [String] {
    counts.keys.sorted { left, right in
      if let left = PlainValue.number(left), let right = PlainValue.number(right) {
        return left < right
      }
      return left.utf8.lexicographicallyPrecedes(right.utf8)
    }
  }

  /// A share of rows, and room for what chance makes of it; nothing stays nothing.
  ///
  /// Four and a half standard deviations: of halves of the same data one in some thousand has more, and a share of 3% in 350 rows
  /// still shows when 6% are added to it.
  static func room(above share: Double, of rows: Int) -> Double {
    guard share > 0, rows > 0 else { return 0 }
    let wide = share + 4.5 * (share * (1 - share) / Double(rows)).squareRoot()
    return min(1, (wide * 1000).rounded(.up) / 1000)
  }

  /// The frequent values' shares, where there is enough to tell them from chance.
  private func shares(_ counts: [String: Int]) -> [DataTest.Kind] {
    let there = Double(seen.rows - seen.missing)
    guard counts.count >= 2, counts.count <= 10, there >= 100 else { return [] }
    return Self.sorted(counts).compactMap { value in
      let share = Double(counts[value] ?? 0) / there
      let wide = 6 * (share * (1 - share) / there).squareRoot()
      guard share >= 0.02, wide < 0.25 else { return nil }
      return .share(
        .values([value]),
        Bounds(
          lower: max(0, ((share - wide) * 1000).rounded(.down) / 1000),
          upper: min(1, ((share + wide) * 1000).rounded(.up) / 1000)))
    }
  }

  /// A quarter of the range more on either side, to round numbers; nothing below zero where nothing was. Nil where infinite
  /// numbers are.
  private var range: Bounds? {
    let width = max(seen.greatest - seen.least, abs(seen.greatest) * 0.1, 1e-9)
    var low = seen.least - width / 4
    if seen.least >= 0 { low = max(0, low) }
    let high = seen.greatest + width / 4
    return Self.bounds(Self.round(low, width, .down), Self.round(high, width, .up))
  }

  /// To two digits of the width.
  private static func round(
    _ value: Double, _ width: Double, _ rule: FloatingPointRoundingRule
  ) -> Double {
    let unit = pow(10, (log10(width) - 1).rounded(.down))
    let rounded = (value / unit).rounded(rule) * unit
    // Without the last digits that the product brought.
    return Double(PlainValue.text((rounded * 1e9).rounded() / 1e9)) ?? rounded
  }

  /// Six standard errors on either side.
  private var mean: Bounds? {
    let (mean, std) = (seen.moments.mean, seen.moments.deviation(freedomsLost: 1))
    guard seen.moments.count >= 30, std > 0, std.isFinite else { return nil }
    let wide = max(6 * std / Double(seen.moments.count).squareRoot(), abs(mean) * 1e-6)
    return Self.bounds(
      Self.round(mean - wide, wide, .down), Self.round(mean + wide, wide, .up))
  }

  private static func bounds(_ lower: Double, _ upper: Double) -> Bounds? {
    lower.isFinite && upper.isFinite ? Bounds(lower: lower, upper: upper) : nil
  }
}
