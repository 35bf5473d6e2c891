import Formats
import Platform

/// A check of Soda in a line: a metric, its columns, and what it may be.
struct SodaCheck {
  var metric: String
  var arguments: [String]
  /// What stands behind the metric.
  var condition: String
  /// `valid min:`, `filter:`, `warn:` and others.
  var options: ForeignNode?
  var location: SourceLocation

  init?(_ text: String, _ options: ForeignNode?, _ location: SourceLocation) {
    self.options = options
    self.location = location
    let end = text.firstIndex { $0 == "(" || $0 == " " } ?? text.endIndex
    metric = String(text[..<end])
    guard !metric.isEmpty else { return nil }
    var rest = text[end...]
    arguments = []
    if rest.first == "(" {
      guard let close = rest.firstIndex(of: ")") else { return nil }
      arguments = rest[rest.index(after: rest.startIndex)..<close].split(separator: ",").map {
        Self.trimmed(String($0))
      }
      rest = rest[rest.index(after: close)...]
    }
    condition = Self.trimmed(String(rest))
  }

  var bounds: Bounds? { Self.bounds(condition) }

  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// `> 0`, `= 3`, `between 1 and 5`, `< 5 %`.
  static func bounds(_ text: String) -> Bounds? {
    let words = text.replacing("%", with: " ").split(separator: " ").map(String.init)
    if words.first == "between", words.count == 4, let low = PlainValue.number(words[1]),
      let high = PlainValue.number(words[3])
    {
      return Bounds(lower: low, upper: high)
    }
    guard words.count == 2, let number = PlainValue.number(words[1]) else { return nil }
    switch words[0] {
    case "=": return Bounds(lower: number, upper: number)
    case ">": return Bounds(lower: number, excludesLower: true)
    case ">=": return Bounds(lower: number)
    case "<": return Bounds(upper: number, excludesUpper: true)
    case "<=": return Bounds(upper: number)
    default: return nil
    }
  }

  /// `values in (city) must exist in cities (name)`.
  var reference: (child: String, parent: (table: String, column: String))? {
    guard metric == "values" else { return nil }
    let words = condition.split { " (),".contains($0) }.map(String.init)
    guard words.count == 7, words[0] == "in", Array(words[2...4]) == ["must", "exist", "in"] else {
      return nil
    }
    return (words[1], (words[5], words[6]))
  }

  struct Made {
    var kind: DataTest.Kind
    var column: String?
    var mostly = 1.0
  }

  /// Nil when there is no such test.
  func kinds(_ bounds: Bounds) -> [Made]? {
    let column = arguments.first
    if metric == "row_count" { return arguments.isEmpty ? [Made(kind: .rowCount(bounds))] : nil }
    guard let column else { return nil }
    func statistic(_ statistic: Statistic) -> [Made] {
      [Made(kind: .statistic(statistic, bounds), column: column)]
    }
    switch metric {
    case "min": return statistic(.min)
    case "max": return statistic(.max)
    case "avg": return statistic(.mean)
    case "sum": return statistic(.sum)
    case "stddev", "stddev_samp": return statistic(.std)
    case "distinct_count": return statistic(.distinct)
    case "percentile":
      guard arguments.count == 2, let share = PlainValue.number(arguments[1]), share >= 0,
        share <= 1
      else { return nil }
      return statistic(.quantile(share))
    case "missing_count", "missing_percent":
      return most(bounds).map { [Made(kind: .nulls(max: $0), column: column)] }
    case "duplicate_count", "duplicate_percent":
      guard let most = most(bounds) else { return nil }
      if most == 0, arguments.count == 1 { return [Made(kind: .unique, column: column)] }
      return [Made(kind: .duplicates(columns: arguments, max: most))]
    case "invalid_count", "invalid_percent":
      guard let most = most(bounds), let kinds = validity, !kinds.isEmpty else { return nil }
      return kinds.map {
        Made(kind: $0, column: column, mostly: ((1 - most) * 1e12).rounded() / 1e12)
      }
    case "min_length": return [Made(kind: .length(bounds), column: column)]
    case "max_length": return [Made(kind: .length(bounds), column: column)]
    case "freshness":
      let words = condition.split(separator: " ")
      guard words.count == 2, words[0] == "<", let age = Self.seconds(words[1]) else { return nil }
      return [Made(kind: .freshness(maxAge: age), column: column)]
    default: return nil
    }
  }

  /// The share that a count of 0 or a percentage allows.
  private func most(_ bounds: Bounds) -> Double? {
    guard let upper = bounds.upper, bounds.lower ?? 0 <= 0 else { return nil }
    if metric.hasSuffix("_percent") { return min(1, max(0, upper / 100)) }
    // A count says something of a table of one size only, unless it is none.
    return upper == 0 || upper == 1 && bounds.excludesUpper ? 0 : nil
  }

  /// What `valid …` keys say; nil when one of them has no counterpart.
  private var validity: [DataTest.Kind]? {
    var kinds: [DataTest.Kind] = []
    let low = options?["valid min"]?.number
    let high = options?["valid max"]?.number
    if low != nil || high != nil { kinds.append(.range(Bounds(lower: low, upper: high))) }
    let short = options?["valid min length"]?.number
    let long = options?["valid max length"]?.number
    if short != nil || long != nil { kinds.append(.length(Bounds(lower: short, upper: long))) }
    if let exact = options?["valid length"]?.number {
      kinds.append(.length(Bounds(lower: exact, upper: exact)))
    }
    if let pattern = options?["valid regex"]?.text {
      kinds.append(.pattern(WholePattern.searching(pattern)))
    }
    if let values = options?["valid values"]?.values {
      kinds.append(.inSet(.values(values), isNegated: false))
    }
    if let values = options?["invalid values"]?.values {
      kinds.append(.inSet(.values(values), isNegated: true))
    }
    if let format = options?["valid format"]?.text {
      guard let kind = Self.formats[format] else { return nil }
      kinds.append(kind)
    }
    return kinds
  }

  private static let formats: [String: DataTest.Kind] = [
    "email": .pattern(#"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}"#),
    "uuid": .pattern(
      "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"),
    "integer": .type(.int), "decimal": .type(.float),
    "positive integer": .pattern(#"\+?[0-9]+"#), "date iso 8601": .dateFormat("%Y-%m-%d"),
    "date eu": .dateFormat("%d/%m/%Y"), "date us": .dateFormat("%m/%d/%Y"),
    "ip address": .pattern(#"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}"#),
  ]

  /// `3h`, `1d6h`.
  private static func seconds(_ text: Substring) -> Double? {
    var total = 0.0
    var digits = ""
    for letter in text {
      if letter.isNumber || letter == "." {
        digits.append(letter)
        continue
      }
      let unit = SuiteNumber.units.first { $0.name == String(letter) }?.seconds
      guard let unit, let number = Double(digits) else { return nil }
      total += number * unit
      digits = ""
    }
    return digits.isEmpty && total > 0 ? total : nil
  }
}
