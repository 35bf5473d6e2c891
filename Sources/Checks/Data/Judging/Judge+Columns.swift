import Compute
import Platform

extension Judge {
  func nulls(_ test: DataTest, _ most: Double) -> TestOutcome {
    let census = known.census(test.column ?? "", test.filter).total
    let share = TestOutcome.RowShare(failing: census.missing, considered: census.rows)
    return TestOutcome(
      test, passed: share.share <= most,
      found: census.missing == 0 ? "none is missing" : rows(share) + " are missing",
      value: share.share, rows: share, nearest: "nulls <= \(percent(share.share, up: true))")
  }

  func mixedNulls(_ test: DataTest, _ most: Int) -> TestOutcome {
    let spellings = known.census(test.column ?? "", test.filter).total.spellings
    let names = spellings.keys.sorted().map { $0.isEmpty ? "\"\"" : $0 }
    return TestOutcome(
      test, passed: names.count <= most,
      found: names.isEmpty
        ? "none is missing" : "nothing is spelled \(names.joined(separator: ", "))",
      value: Double(names.count), nearest: "null spellings <= \(names.count)")
  }

  func mixedTypes(_ test: DataTest, _ low: Double, _ high: Double) -> TestOutcome {
    let census = known.census(test.column ?? "", test.filter).total
    let there = census.rows - census.missing
    guard there > 0 else { return empty(test) }
    let rarer = Swift.min(census.strays, there - census.strays)
    let share = Double(rarer) / Double(there)
    return TestOutcome(
      test, passed: share <= low || share >= high,
      found: rarer == 0 ? "of one kind" : "\(percent(share)) are of another kind than the others",
      value: share, samples: census.samples)
  }

  func duplicates(
    _ test: DataTest, _ columns: [String], _ most: Double
  ) throws -> TestOutcome {
    let finding = try known.duplicates(columns, test.filter).finding()
    let share = TestOutcome.RowShare(failing: finding.count, considered: finding.considered)
    return TestOutcome(
      test, passed: share.share <= most,
      found: finding.count == 0 ? "no row twice" : rows(share) + " were there before",
      value: share.share, rows: share,
      samples: finding.rows.map { RowSample(row: $0, line: nil, value: "as before") },
      nearest: "duplicates <= \(percent(share.share, up: true))")
  }

  func statistic(
    _ test: DataTest, _ statistic: Statistic, _ bounds: Bounds
  ) throws -> TestOutcome {
    let column = test.column ?? ""
    let value: Double?
    switch statistic {
    case .mean: value = known.moments(column, test.filter).total.moments.mean
    case .std: value = known.moments(column, test.filter).total.moments.deviation(freedomsLost: 1)
    case .sum: value = known.moments(column, test.filter).total.moments.sum
    case .min: value = known.moments(column, test.filter).least
    case .max: value = known.moments(column, test.filter).greatest
    case .median: value = try known.values(column, test.filter).median()
    case .quantile(let share):
      value = try known.values(column, test.filter).quantiles([share]).first
    case .distinct: value = Double(known.counts(column, test.filter).distinct)
    case .entropy:
      value = Entropy.bits(known.counts(column, test.filter).sorted.map(\.count))
    }
    guard let value, !value.isNaN else { return try undefined(test, statistic) }
    return number(test, value, bounds)
  }

  /// Of numbers that are there, and have no such statistic.
  private func undefined(_ test: DataTest, _ statistic: Statistic) throws -> TestOutcome {
    let column = test.column ?? ""
    let count: Int
    switch statistic {
    case .mean, .std, .sum, .min, .max: count = known.moments(column, test.filter).count
    case .median, .quantile: count = known.values(column, test.filter).count
    case .distinct, .entropy: count = known.counts(column, test.filter).distinct
    }
    guard count > 0 else { return empty(test) }
    let reason =
      if statistic == .std, count == 1 {
        "`\(column)` has a value in one row, and `std` needs two"
      } else {
        "`\(column)` holds infinite numbers, of which there is no `\(statistic.word)`"
      }
    return TestOutcome(test, untested: Failure(.invalid, reason, at: test.location))
  }

  func varies(_ test: DataTest) -> TestOutcome {
    let counts = known.counts(test.column ?? "", test.filter)
    guard counts.distinct > 0 else { return empty(test) }
    let only = counts.distinct == 1 ? counts.sorted.first?.value : nil
    return TestOutcome(
      test, passed: only == nil,
      found: only.map { "all are `\(RowSample.shortened($0))`" }
        ?? "\(grouped(counts.distinct)) different values",
      value: Double(counts.distinct))
  }

  func share(_ test: DataTest, _ set: ValueSet, _ bounds: Bounds) -> TestOutcome {
    let counts = known.counts(test.column ?? "", test.filter).sorted
    let all = counts.reduce(0) { $0 + $1.count }
    guard all > 0, let values = sets[TestSet(set)] else { return empty(test) }
    let own = counts.filter { values.contains($0.value) }.reduce(0) { $0 + $1.count }
    let share = Double(own) / Double(all)
    return number(
      test, share, bounds, "\(percent(share)): \(grouped(own)) of \(grouped(all)) rows")
  }

  func classBalance(_ test: DataTest, _ least: Double) -> TestOutcome {
    let counts = known.counts(test.column ?? "", test.filter).sorted
    guard let most = counts.max(by: { $0.count < $1.count }),
      let rarest = counts.min(by: { $0.count < $1.count })
    else { return empty(test) }
    let share = Double(rarest.count) / Double(most.count)
    return TestOutcome(
      test, passed: share >= least,
      found:
        "\(shortNumber(share)): \(grouped(rarest.count)) of `\(RowSample.shortened(rarest.value))`, \(grouped(most.count)) of `\(RowSample.shortened(most.value))`",
      value: share, nearest: ">= \(PlainValue.text(NearNumber.below(share)))",
      details: [.numbers(counts.map(\.value), counts.map { Double($0.count) })])
  }

  func outliers(
    _ test: DataTest, _ rule: OutlierRule, _ most: Double
  ) throws -> TestOutcome {
    let column = test.column ?? ""
    let values = known.values(column, test.filter)
    guard values.count > 0 else { return empty(test) }
    let low: Double
    let high: Double
    switch rule {
    case .iqr(let k):
      let quarters = try values.quantiles([0.25, 0.75])
      let (first, third) = (quarters[0], quarters[1])
      (low, high) = (first - k * (third - first), third + k * (third - first))
    case .z(let limit):
      let moments = known.moments(column, test.filter).total.moments
      let mean = moments.mean
      // Of all there is, as SciPy's `zscore` has it.
      let std = moments.deviation(freedomsLost: 0)
      (low, high) = (mean - limit * std, mean + limit * std)
    case .mad(let limit):
      let median = try values.median()
      let mad = try values.medianDistance(from: median)
      (low, high) = (median - limit * mad / 0.6745, median + limit * mad / 0.6745)
    }
    let (below, above) = try values.counts(below: low, above: high)
    let share = TestOutcome.RowShare(failing: below + above, considered: values.count)
    return TestOutcome(
      test, passed: share.share <= most,
      found: "\(rows(share)) outside \(shortNumber(low))..\(shortNumber(high))", value: share.share,
      rows: share, nearest: "<= \(percent(share.share, up: true))",
      details: [.histogram(try values.histogram(marks: [low, high]))])
  }

  func freshness(_ test: DataTest, _ age: Double) -> TestOutcome {
    let column = test.column ?? ""
    let seen = known.latest(column, types[column]?.timeFormat, test.filter).total
    guard let latest = seen.latest else { return empty(test) }
    let old = now - latest.seconds
    return TestOutcome(
      test, passed: old <= age, found: "the newest is \(latest.text), \(Self.age(old)) old",
      value: old, nearest: "age <= \(Self.age(old))")
  }

  private static func age(_ seconds: Double) -> String {
    switch abs(seconds) {
    case ..<120: "\(shortNumber(seconds.rounded()))s"
    case ..<7200: "\(shortNumber((seconds / 60).rounded(.up)))m"
    case ..<172_800: "\(shortNumber((seconds / 3600).rounded(.up)))h"
    default: "\(shortNumber((seconds / 86_400).rounded(.up)))d"
    }
  }

  func personal(_ test: DataTest, _ allowed: Set<PersonalDataKind>) -> TestOutcome {
    let seen = known.personal(test.column ?? "", test.filter).total
    let found = PersonalDataKind.allCases.filter { !allowed.contains($0) }.compactMap { kind in
      seen.counts[kind].map { "\(grouped($0)) \(kind.rawValue)" }
    }
    let count = PersonalDataKind.allCases.filter { !allowed.contains($0) }
      .reduce(0) { $0 + (seen.counts[$1] ?? 0) }
    return TestOutcome(
      test, passed: found.isEmpty,
      found: found.isEmpty ? "nothing looks personal" : found.joined(separator: ", "),
      value: Double(count), rows: .init(failing: count, considered: seen.considered),
      samples: seen.samples.filter { sample in !allowed.contains { $0.rawValue == sample.value } })
  }
}
