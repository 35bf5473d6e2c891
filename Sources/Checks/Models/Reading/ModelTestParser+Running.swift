import Platform

extension ModelTestParser {
  mutating func latency() throws(SuiteProblem) -> ModelTest.Kind {
    guard let word = cursor.takeWord(), word.hasPrefix("p"), let percent = Double(word.dropFirst()),
      percent > 0, percent <= 100
    else {
      throw cursor.problem(
        "expected `p50`, `p95` or `p99` behind `latency`",
        hint: "write `latency p95 <= 5ms batch 1`")
    }
    let sign = try cursor.comparisonSign(["<=", "<"], of: "`latency`")
    guard let number = try cursor.takeNumber(), number.value > 0 else {
      throw cursor.problem(
        "expected a time, found \(cursor.found)", hint: "write `5ms`, `200us` or `1s`")
    }
    let unit = cursor.takeWord() ?? ""
    guard let scale = ["us": 1e-6, "ms": 1e-3, "s": 1.0][unit] else {
      throw cursor.problem(
        unit.isEmpty ? "a time without a unit" : "`\(unit)` is no unit of time", at: number.end,
        hint: "write `5ms`, `200us` or `1s`")
    }
    let bounds = Bounds(upper: number.value * scale, excludesUpper: sign == "<")
    return .latency(LatencyRule(quantile: percent / 100, batch: try batch() ?? 1), bounds)
  }

  mutating func size() throws(SuiteProblem) -> ModelTest.Kind {
    _ = try cursor.comparisonSign(["<="], of: "`size`")
    guard let number = try cursor.takeNumber(), number.value > 0 else {
      throw cursor.problem("expected a size, found \(cursor.found)", hint: "write `10MB`")
    }
    let unit = cursor.takeWord() ?? ""
    guard let scale = ByteSize.units.first(where: { $0.name == unit })?.bytes else {
      throw cursor.problem(
        unit.isEmpty ? "a size without a unit" : "`\(unit)` is no unit of size", at: number.end,
        hint: "units are B, kB, MB, GB, KiB, MiB and GiB")
    }
    return .size(Bounds(upper: (number.value * scale).rounded()))
  }

  mutating func staleness() throws(SuiteProblem) -> ModelTest.Kind {
    var most = scope.bounds?.upper
    if cursor.takeWord("within") { most = try cursor.measure(.duration, of: "`within`") }
    guard let most else {
      throw cursor.problem(
        "expected `within`, found \(cursor.found)", hint: "write `trained within 30d`")
    }
    return .staleness(most)
  }

  mutating func oneBatch() throws(SuiteProblem) -> ModelTest.Kind {
    var rows = 32
    if cursor.takeWord("of") {
      let count = try cursor.measure(.count, of: "`of`")
      guard (2...100_000).contains(count) else {
        throw cursor.problem("a batch is of 2 to 100000 rows")
      }
      rows = Int(count)
    }
    let least = scope.bounds?.lower
    guard cursor.follows(">") else { return .overfitsOneBatch(rows: rows, minimum: least ?? 0.99) }
    _ = try cursor.comparisonSign([">="], of: "`overfits one batch`")
    return .overfitsOneBatch(
      rows: rows, minimum: try cursor.measure(.probability, of: "`overfits one batch`"))
  }
}
