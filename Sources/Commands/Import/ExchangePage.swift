import ArgumentParser
import Formats
import Platform
import Records
import Runner

/// What an import or export did, as a table or JSON, and the exit status.
struct ExchangePage {
  private let console: Console
  private let verb: String
  private let isDry: Bool

  init(_ console: Console, verb: String, isDry: Bool) {
    self.console = console
    self.verb = verb
    self.isDry = isDry
  }

  /// - Throws: exit status 1 when something was left out.
  func show(_ summary: ExchangeSummary, _ report: ExchangeReport) throws {
    console.show(json(summary, report)) { text(summary, report) }
    if !report.isClean { throw ExitCode(1) }
  }

  private func text(_ summary: ExchangeSummary, _ report: ExchangeReport) -> String {
    var table = TextTable([
      .init(title: "experiment", isText: true), .init(title: "runs", alignment: .right),
      .init(title: "there", alignment: .right), .init(title: "points", alignment: .right),
      .init(title: "models", alignment: .right), .init(title: "files", alignment: .right),
      .init(title: "size", alignment: .right),
    ])
    for row in summary.rows {
      let marks = [row.isNew ? "new" : nil, row.lifecycle == .deleted ? "deleted" : nil]
        .compactMap { $0 }
      table.rows.append([
        .init(singleLine(row.name) + (marks.isEmpty ? "" : " (\(marks.joined(separator: ", ")))")),
        .init("\(row.newRuns)"), .init("\(row.knownRuns)"), .init("\(row.points)"),
        .init("\(row.newModels)"), .init("\(row.files)"), .init("\(ByteCount(row.bytes))"),
      ])
    }
    var lines = [
      """
      \(verb) \(count(summary.total(\.newRuns), "run")), \(count(summary.total(\.points), "point")), \
      \(count(summary.total(\.newModels), "logged model")), \(count(summary.total(\.files), "file")) \
      (\(ByteCount(summary.bytes))), \(count(summary.newRegistered, "registered model")), \
      \(count(summary.newVersions, "version"))
      """
    ]
    if report.conflictCount > 0 {
      lines.append("\(count(report.conflictCount, "conflict")): what is there was not changed")
    }
    if report.skippedCount > 0 {
      lines.append(
        "\(count(report.skippedCount, "thing")) could not be read and \(report.skippedCount == 1 ? "was" : "were") left out"
      )
    }
    return ([table.text(for: console)] + lines).joined(separator: "\n")
  }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  private func json(_ summary: ExchangeSummary, _ report: ExchangeReport) -> JSONValue {
    [
      "dry_run": .bool(isDry),
      "experiments": .array(
        summary.rows.map { row in
          [
            "name": .string(row.name), "lifecycle_stage": .string(row.lifecycle.rawValue),
            "new": .bool(row.isNew), "runs": .int(Int64(row.newRuns)),
            "runs_there": .int(Int64(row.knownRuns)), "conflicts": .int(Int64(row.conflicts)),
            "points": .int(Int64(row.points)), "models": .int(Int64(row.newModels)),
            "models_there": .int(Int64(row.knownModels)), "files": .int(Int64(row.files)),
            "bytes": .int(row.bytes),
          ]
        }),
      "registered_models": .int(Int64(summary.newRegistered)),
      "registered_models_there": .int(Int64(summary.knownRegistered)),
      "versions": .int(Int64(summary.newVersions)),
      "conflict_count": .int(Int64(report.conflictCount)),
      "conflicts": .array(report.conflicts.map(\.json)),
      "skipped_count": .int(Int64(report.skippedCount)),
      "skipped": .array(report.skipped.map(\.json)),
    ]
  }
}
