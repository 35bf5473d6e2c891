import Notebooks
import Platform
import Records
import Runner

/// The page of a run's document, `report.html`: one file that needs no server, no network and nothing beside it.
///
/// What the program says stands in every language, and the reader's browser chooses; the cells stand once.
package struct ReportPage: ReportRenderer {
  package init() {}

  package func report(
    of run: Run, in store: RecordStore, notebook: NotebookDocument
  ) throws -> [UInt8] {
    let document = try RunDocument(run.id, in: store)
    let reports = Language.allCases.map { language in
      var at = PageContext(language: language, now: run.endTime ?? run.startTime)
      at.isStill = true
      return RunReport(at: at, document: document)
    }
    return Array(Self.page(run, reports, notebook).text.utf8)
  }

  private static func page(
    _ run: Run, _ reports: [RunReport], _ notebook: NotebookDocument
  ) -> HTML {
    var story = notebook
    // What the run was stands above the cells.
    if story.cells.first?.metadata["reprise"]?["header"]?.bool == true { story.cells.removeFirst() }
    return ReportFrame(title: run.name).page(
      """
      \(ReportFrame.each(reports) { $0.head })
      \(ReportFrame.each(reports) { sections($0.before) })
      \(cells(story, reports))
      \(ReportFrame.each(reports) { sections($0.after) })
      """)
  }

  private static func cells(_ notebook: NotebookDocument, _ reports: [RunReport]) -> HTML {
    guard !notebook.cells.isEmpty else { return .nothing }
    return """
      <section class="story"><div class="over">\(ReportFrame.each(reports) { "<h2>\($0.at[.cells])</h2>" })\
      <span class="tools">\(ReportFrame.each(reports) { report in
        "<label class=\"check\"><input type=\"checkbox\" data-sources checked> <span>\(report.at[.showSource])</span></label>"
      })</span></div>
      \(NotebookView(notebook).html)</section>
      """
  }

  private static func sections(_ sections: [RunReport.Section]) -> HTML {
    sections.map { section in
      """
      <section class="\(section.id)"><div class="over"><h2>\(section.name)</h2>\(section.aside)</div>
      \(section.content)</section>

      """
    }.joined()
  }
}

extension RunReport {
  /// What stands above the cells: what went in, and what came out.
  fileprivate var before: [Section] { [parameters, metrics].compactMap { $0 }.map(named) }

  /// What stands below: how it can be done again.
  fileprivate var after: [Section] {
    [tests, replay, code, data, artifacts, environment].compactMap { $0 }.map(named)
  }

  private func named(_ section: Section) -> Section {
    var section = section
    section.name = at[section.title]
    return section
  }
}
