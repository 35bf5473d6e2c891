import Records

/// Where the reader chooses the columns; the choice is kept in the address, and remembered for the experiment.
struct ColumnChooser {
  let at: PageContext
  let query: RunsQuery
  let path: String
  /// The names offered are those of these runs, and those chosen.
  let runs: [Run]
  let shown: [RunColumn]

  var form: HTML {
    """
    <details class="columns menu"><summary>\(at[.columns]) <span class="count">\(shown.count)</span></summary>
    <form action="\(path)">
    \(query.changed {
      $0.columns = nil
      $0.page = 1
    }.fields.map { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" as HTML })
    <input type="hidden" name="choose" value="1">
    <input type="hidden" name="column" value="">
    <label class="unseen" for="column-search">\(at[.findColumn])</label>
    <input type="search" id="column-search" placeholder="\(at[.findColumn])" autocomplete="off" hidden>
    <div class="groups">
    \(group(.about, RunColumn.Fact.allCases.map { .fact($0) }))
    \(group(.metrics, names(\.metrics).map { .metric($0) }, chosen: .metrics))
    \(group(.parameters, names(\.params).map { .param($0) }, chosen: .params))
    \(group(.tags, names(\.tags).map { .tag($0) }, chosen: .tags))
    </div>
    <div class="ends"><button class="main">\(at[.apply])</button>
    <a href="\(usual)">\(at[.usualColumns])</a></div>
    </form></details>
    """
  }

  private var usual: String {
    Address.of(path, query.changed { $0.columns = nil }.fields + [("choose", "1")])
  }

  private func names<Item: KeyedItem>(_ items: KeyPath<Run, [Item]>) -> [String] {
    Set(runs.lazy.flatMap { $0[keyPath: items].lazy.map(\.key) }).sorted()
  }

  private func group(
    _ title: Phrase, _ offered: [RunColumn], chosen: RunColumn.Group? = nil
  ) -> HTML {
    let all = (shown.filter { $0.group == chosen } + offered).unique
    guard !all.isEmpty else { return .nothing }
    return """
      <fieldset><legend>\(at[title])</legend>\(all.map { column -> HTML in
        let state: HTML = shown.contains(column) ? " checked" : .nothing
        return """
          <label><input type="checkbox" name="column" value="\(column.text)"\(state)><span>\(column.name(at))</span></label>
          """
      })</fieldset>
      """
  }
}

/// What a run has by name.
protocol KeyedItem {
  var key: String { get }
}

extension Metric: KeyedItem {}
extension Param: KeyedItem {}
extension Tag: KeyedItem {}
