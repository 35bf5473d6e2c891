import HTTPTypes
import Platform
import Records

/// The runs of an experiment as a table, a page of it at a time.
struct RunsPage {
  let at: PageContext
  let experiment: Experiment
  let query: RunsQuery
  /// The runs of this page.
  let runs: [Run]
  let hasMore: Bool
  /// All runs of the experiment that are not deleted, whatever the filter.
  let total: Int
  /// Why nothing was searched: the filter, or the order.
  let problem: ParseFailure?

  var page: HTML {
    let frame = PageFrame(
      at: at, title: experiment.name, section: .experiments, layout: "listing", scripts: ["runs.js"]
    )
    return frame.page(
      """
      <nav class="trail" aria-label="\(at[.trail])"><a href="/">\(at[.experiments])</a></nav>
      <div class="head titled"><div><h1>\(experiment.name)</h1><p class="lead">\(summary)</p></div>\
      \(edits.html)</div>
      \(edits.restoring)
      \(note.isEmpty ? .nothing : "<p class=\"said\">\(note)</p>" as HTML)
      <div class="tools">
      \(RunsFilterForm(at: at, query: query, path: path, runs: runs, problem: problem).form)
      \(ColumnChooser(at: at, query: query, path: path, runs: runs, shown: columns).form)
      </div>
      \(content)
      """)
  }

  private var path: String { Address.path("experiments", "\(experiment.id)") }

  private var summary: HTML {
    "\(at.counted(.runCount, total)) · \(at[.identifier]) \(experiment.id.description)"
  }

  private var note: String {
    experiment.tags.first { $0.key == PageAction.note }?.value ?? ""
  }

  private var edits: EditForms {
    EditForms(
      at: at, path: path, name: experiment.name, note: note,
      isDeleted: experiment.lifecycle == .deleted,
      tags: TagForms(at: at, path: path, experiment.tags))
  }

  /// Deletes the runs that are chosen, or brings them back.
  private var actions: HTML {
    guard at.rights.manages else { return .nothing }
    let (verb, phrase): (String, Phrase) =
      query.showsDeleted ? ("restore", .restore) : ("delete", .delete)
    return """
      <input type="hidden" name="back" value="\(Address.of(path, query.fields))">\
      <button formaction="/runs/\(verb)" formmethod="post" data-chosen>\(at[phrase])</button>
      """
  }

  private var columns: [RunColumn] { query.columns ?? RunColumn.suiting(runs) }

  private var content: HTML {
    guard problem == nil else { return .nothing }
    guard !runs.isEmpty else { return empty }
    return """
      <form action="/compare" id="selection">
      \(RunsTable(at: at, query: query, path: path, columns: columns, runs: runs).table)
      <div class="foot">\(pager)<div class="picked"><span id="picked" data-one="\(at[.selectedOne])" \
      data-many="\(at[.selectedMany])" data-none="\(at[.selectHint])">\(at[.selectHint])</span>
      <button class="main" data-chosen>\(at[.compare])</button>\(actions)</div></div>
      </form>
      """
  }

  private var empty: HTML {
    let isFiltered = !query.filter.isEmpty || query.page > 1
    return """
      <div class="empty"><p>\(at[isFiltered ? .noMatch : .noRuns])</p>\
      \(isFiltered
        ? "<p><a href=\"\(path)\">\(at[.showAll])</a></p>" : "<p><code>reprise run</code></p>" as HTML)</div>
      """
  }

  private var pager: HTML {
    let first = (query.page - 1) * RunsQuery.pageSize + 1
    let range = "\(PageNumber.grouped(first))–\(PageNumber.grouped(first + runs.count - 1))"
    let link = { (phrase: Phrase, page: Int, rel: String, isThere: Bool) -> HTML in
      guard isThere else { return "<span class=\"off\">\(at[phrase])</span>" }
      let address = Address.of(path, query.changed { $0.page = page }.fields)
      return "<a rel=\"\(rel)\" href=\"\(address)\">\(at[phrase])</a>"
    }
    let all = query.filter.isEmpty && !query.showsDeleted ? " / \(PageNumber.grouped(total))" : ""
    return """
      <nav class="pager" aria-label="\(at[.pages])">\(link(.previous, query.page - 1, "prev", query.page > 1))\
      <span>\(range)\(all)</span>\(link(.next, query.page + 1, "next", hasMore))</nav>
      """
  }
}

extension Pages {
  func runs(of id: String, _ at: PageContext) async throws -> ServerAnswer? {
    guard let id = ExperimentID(id) else { return nil }
    var query = RunsQuery(at.query)
    if at.query["choose"] != nil {
      let path = Address.path("experiments", "\(id)")
      let cookie = HTTPField(name: .setCookie, value: query.cookie(for: path))
      return ServerAnswer(
        .seeOther, headers: [.location: Address.of(path, query.fields), cookie.name: cookie.value],
        body: .bytes([]))
    }
    query.remember(at.rememberedColumns)
    var at = at
    at.rights = await rights { try $1.require($0, experiment: "\(id)", at.identity) }
    let (asked, reader) = (query, at)
    let page = try await store.read { store in
      let experiment = try store.experiment(id: id)
      let total = try store.runCount(of: id)
      var runs: [Run] = []
      var problem: ParseFailure?
      do {
        runs = try store.search(try asked.search(in: id))
      } catch let failure as ParseFailure {
        problem = failure
      }
      return RunsPage(
        at: reader, experiment: experiment, query: asked,
        runs: Array(runs.prefix(RunsQuery.pageSize)), hasMore: runs.count > RunsQuery.pageSize,
        total: total, problem: problem)
    }
    return ServerAnswer(page.problem == nil ? .ok : .badRequest, page: page.page)
  }
}
