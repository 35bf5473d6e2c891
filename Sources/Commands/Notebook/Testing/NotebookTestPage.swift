import Platform
import Runner

/// What testing notebooks came to, for a terminal.
struct NotebookTestPage {
  let console: Console
  /// Lines that are shown of one cell.
  private static let longest = 40

  /// What is not as it is stored, then a row for each notebook.
  func text(of reports: [NotebookTestReport]) -> String {
    let blocks = reports.flatMap { report in
      (report.result?.cells ?? []).filter(\.kind.isBad).filter { $0.kind != .notRun }
        .map { block($0, of: report) }
    }
    return (blocks + [table(reports)]).joined(separator: "\n\n")
  }

  private func block(_ cell: CellVerdict, of report: NotebookTestReport) -> String {
    let place = console.styled(singleLine("\(report.name):cell \(cell.number)"), .bold)
    var head = "\(place) \(console.styled(cell.kind.rawValue, .red))"
    if let detail = cell.detail { head += ": " + singleLine(detail) }
    if cell.differences > 1 { head += console.styled("  (\(cell.differences) in all)", .dim) }
    var lines = NotebookDiffText(console).lines(cell.changes)
    if let traceback = cell.traceback {
      lines += traceback.split(separator: "\n").suffix(Self.longest).map { singleLine(String($0)) }
    }
    if cell.kind == .failed, let words = report.result?.lastWords, !words.isEmpty {
      lines += words.split(separator: "\n").suffix(Self.longest).map { singleLine(String($0)) }
    }
    if lines.count > Self.longest {
      let rest = lines.count - Self.longest
      lines = lines.prefix(Self.longest) + [console.styled("… \(rest) more lines", .dim)]
    }
    return ([head] + lines).joined(separator: "\n")
  }

  private func table(_ reports: [NotebookTestReport]) -> String {
    var table = TextTable([
      .init(title: "notebook", isText: true), .init(title: "verdict"),
      .init(title: "compared", alignment: .right, yields: 3),
      .init(title: "identical", alignment: .right, yields: 4),
      .init(title: "equal", alignment: .right, yields: 2),
      .init(title: "different", alignment: .right, yields: 1),
      .init(title: "failed", alignment: .right, yields: 1),
      .init(title: "not compared", alignment: .right, yields: 5),
      .init(title: "time", alignment: .right, yields: 6),
    ])
    table.rows = reports.map { report in
      let verdict = TextTable.Cell(report.verdict.rawValue, style(report.verdict))
      guard let result = report.result else {
        let nothing = [TextTable.Cell](repeating: "", count: 7)
        return [.init(report.name), verdict] + nothing
      }
      let compared = result.cells.count(where: \.kind.isCompared)
      let failed = result.count(.failed)
      let numbers = [
        compared, result.count(.identical), result.count(.equal), result.count(.different), failed,
        result.cells.count - compared - failed,
      ]
      return [.init(report.name), verdict] + numbers.map { .init(String($0)) }
        + [.init(duration(milliseconds: Int64(report.seconds * 1000)))]
    }
    return table.text(for: console)
  }

  private func style(_ verdict: NotebookTestReport.Verdict) -> Style {
    switch verdict {
    case .same: .green
    case .updated: .cyan
    case .different, .failed, .impossible: .red
    case .interrupted: .yellow
    }
  }

  /// One line about all, and what to do.
  func summary(_ reports: [NotebookTestReport]) -> String {
    let cells = reports.flatMap { $0.result?.cells ?? [] }
    let compared = cells.count { $0.kind.isCompared }
    let different = cells.count { $0.kind == .different }
    let failed = cells.count { $0.kind == .failed }
    var parts = [
      counted(reports.count, "notebook"), "\(counted(compared, "cell")) compared",
      "\(different) different", "\(failed) failed",
    ]
    let untested = reports.count { $0.verdict == .impossible }
    if untested > 0 { parts.append("\(counted(untested, "notebook")) not tested") }
    let updated = reports.count { $0.isUpdated }
    if updated > 0 { parts.append("\(counted(updated, "notebook")) updated") }
    var text = parts.joined(separator: ", ")
    if reports.contains(where: { !$0.isUpdated && $0.result?.count(.different) ?? 0 > 0 }) {
      text += "; to accept the new outputs: --update"
    }
    return text
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
