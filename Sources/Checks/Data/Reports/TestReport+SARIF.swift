import Formats
import Platform

extension TestReport {
  /// SARIF 2.1.0 (OASIS): a result at the suite's line for each test that does not pass.
  package func sarif(version: String) -> JSONValue {
    var results: [JSONValue] = []
    for suite in suites {
      for outcome in suite.outcomes where outcome.verdict != .passed {
        results.append(
          Self.result(
            outcome.test.name, outcome.verdict == .warned ? "warning" : "error",
            "\(outcome.title): \(outcome.found)", suite.file, outcome.test.location))
      }
    }
    for failure in failures {
      for problem in failure.problems {
        let hint = problem.hint.map { " (hint: \($0))" } ?? ""
        results.append(
          Self.result(
            "suite", "error", problem.message + hint, problem.location?.file ?? failure.file,
            problem.location))
      }
    }
    return [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
      "runs": [
        [
          "tool": ["driver": ["name": "reprise", "version": .string(version)]],
          "columnKind": "unicodeCodePoints", "results": .array(results),
        ]
      ],
    ]
  }

  private static func result(
    _ rule: String, _ level: String, _ message: String, _ file: String, _ place: SourceLocation?
  ) -> JSONValue {
    var region: [JSONValue.Member] = [.init("startLine", .int(Int64(place?.line ?? 1)))]
    if let column = place?.column { region.append(.init("startColumn", .int(Int64(column)))) }
    return [
      "ruleId": .string("test.\(rule)"), "level": .string(level),
      "message": ["text": .string(message)],
      "locations": [
        [
          "physicalLocation": [
            "artifactLocation": ["uri": .string(file)], "region": .object(region),
          ]
        ]
      ],
    ]
  }
}

extension DataTest.Kind {
  /// The test's name, as the long form of a suite has it.
  package var name: String {
    switch self {
    case .type: "type"
    case .range: "range"
    case .inSet(_, let isNegated): isNegated ? "not-in-set" : "in-set"
    case .pattern: "regex"
    case .length: "length"
    case .dateFormat: "date-format"
    case .monotonic: "monotonic"
    case .holds: "compare"
    case .foreignKey: "foreign-key"
    case .nulls: "nulls"
    case .mixedNulls: "mixed-nulls"
    case .mixedTypes: "mixed-types"
    case .unique: "unique"
    case .statistic(let statistic, _):
      if case .quantile = statistic { "quantile" } else { statistic.word }
    case .share: "share"
    case .varies: "constant"
    case .outliers: "outliers"
    case .classBalance: "class-balance"
    case .freshness: "freshness"
    case .personalData: "pii"
    case .images: "images"
    case .nearImages: "near-duplicates"
    case .schema: "schema"
    case .duplicates: "duplicates"
    case .rowCount: "rows"
    case .rowChange: "rows-change"
    case .columnCount: "columns"
    case .correlation: "correlation"
    case .labelConflict: "label-conflict"
    case .leakScore: "leak-score"
    case .drift: "drift"
    case .driftedShare: "drifted-share"
    case .split(let split):
      switch split {
      case .overlap: "overlap"
      case .groupLeak: "group-leak"
      case .timeOrder: "time-order"
      case .labelDrift: "label-drift"
      case .newCategories: "new-categories"
      case .sizes: "sizes"
      case .leakScore: "leak-score"
      }
    }
  }
}
