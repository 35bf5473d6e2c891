import Runner

extension RunReport {
  /// Source and outputs, cell by cell, and while the run goes on as far as it has come.
  var story: Section? {
    guard let cells, let content = cells.cells else { return nil }
    return Section(
      id: "cells", title: .cells,
      content: "<div class=\"notebook\">\(content)</div>",
      aside: """
        <span class="count">\(PageNumber.grouped(cells.count))</span><span class="tools">\(links)\
        <label class="check"><input type="checkbox" id="sources" checked> <span>\(at[.showSource])</span></label></span>
        """)
  }

  /// The document as files, once it is written.
  private var links: HTML {
    let files = Set((document.artifacts ?? []).map(\.path))
    guard !run.isOpen else { return .nothing }
    return [("document/report.html", Phrase.report), ("document/out.ipynb", .notebook)].map {
      file, phrase -> HTML in
      files.contains(file)
        ? "<a href=\"\(Address.file(path + "/artifacts/", file))\">\(at[phrase])</a>" : .nothing
    }.joined()
  }

  /// Which cell runs: what a screen reader is told of, and nothing else of what goes on.
  var now: HTML {
    guard run.isOpen || cells?.now != nil else { return .nothing }
    let now = cells?.now
    return """
      <p class="now" id="now" data-lost="\(at[.connectionLost])"><span role="status" aria-live="polite">\(now?.words ?? "")</span> \
      <a href="#\(now?.cell ?? "")"\(now?.cell.isEmpty ?? true ? " hidden" as HTML : .nothing)>\(at[.goToCell])</a></p>
      """
  }
}
