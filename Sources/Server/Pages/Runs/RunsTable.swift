import Records

/// The rows of a page of runs, and what stands above them.
struct RunsTable {
  let at: PageContext
  let query: RunsQuery
  let path: String
  let columns: [RunColumn]
  let runs: [Run]

  var table: HTML {
    """
    <div class="sheet" tabindex="0" role="group" aria-label="\(at[.runs])">
    <table class="rows runs" data-keys="rows"><thead>
    <tr class="groups"><td colspan="3"></td>\(groups)</tr>
    <tr><th scope="col" class="pick"><span class="unseen">\(at[.select])</span></th>\
    \(heading("status", at[.status], className: "state", isShort: true))\(heading("name", at[.name], className: "name"))\
    \(columns.map { column in
      heading(column.order == nil ? nil : column.text, column.name(at), className: column.isNumeric ? "number" : "")
    })</tr>
    </thead><tbody>
    \(runs.map(row))
    </tbody></table></div>
    """
  }

  /// The columns of each kind under one word.
  private var groups: HTML {
    var pieces: [(group: RunColumn.Group, count: Int)] = []
    for column in columns {
      if let last = pieces.last, last.group == column.group {
        pieces[pieces.count - 1].count += 1
      } else {
        pieces.append((column.group, 1))
      }
    }
    return pieces.map { group, count -> HTML in
      let word =
        switch group {
        case .facts: ""
        case .params: at[.parameters]
        case .metrics: at[.metrics]
        case .tags: at[.tags]
        }
      return word.isEmpty
        ? "<td colspan=\"\(count)\"></td>"
        : "<th scope=\"colgroup\" colspan=\"\(count)\">\(word)</th>"
    }.joined()
  }

  private func heading(
    _ sort: String?, _ name: String, className: String, isShort: Bool = false
  ) -> HTML {
    let shown: HTML = isShort ? "<span class=\"unseen\">\(name)</span>" : "\(name)"
    guard let sort else { return "<th scope=\"col\" class=\"\(className)\">\(shown)</th>" }
    let isNewest = query.sort == nil && sort == "start_time"
    let isSorted = query.sort == sort || isNewest
    // Names read well from the top; of all else the largest is looked for first.
    let isAscending = isSorted ? !(query.sort != nil && query.isAscending) : sort == "name"
    let address = Address.of(
      path,
      query.changed {
        $0.sort = sort
        $0.isAscending = isAscending
        $0.page = 1
      }.fields)
    let state: HTML =
      isSorted
      ? " aria-sort=\"\(query.sort != nil && query.isAscending ? "ascending" : "descending")\""
      : .nothing
    return """
      <th scope="col" class="\(className)"\(state)><a href="\(address)" title="\(name)">\(shown)\
      <span class="arrow" aria-hidden="true"></span></a></th>
      """
  }

  private func row(_ run: Run) -> HTML {
    let id = run.id.hex
    let isChild = run.tag("mlflow.parentRunId") != nil
    return """
      <tr data-run="\(id)"><td class="pick">\
      <input type="checkbox" name="run" value="\(id)" aria-label="\(at[.selectRun, run.name])"></td>\
      <td class="state">\(Icon.status(run.status, at, showsWord: false))</td>\
      <th scope="row" class="name\(isChild ? " child" : "")">\
      <a href="\(Address.path("runs", id))" title="\(run.name)">\(run.name)</a></th>\
      \(columns.map { cell($0, run) })</tr>

      """
  }

  private func cell(_ column: RunColumn, _ run: Run) -> HTML {
    switch column {
    case .metric(let key):
      guard let metric = run.metric(key) else { return Self.none(isNumber: true) }
      return "<td class=\"number\">\(PageNumber.metric(metric.value))</td>"
    case .param(let key):
      guard let param = run.param(key) else { return Self.none() }
      return text(param.value)
    case .tag(let key): return run.tag(key).map(text) ?? Self.none()
    case .fact(.started): return "<td>\(at.time(run.startTime))</td>"
    case .fact(.duration):
      // A run that another program opened and left has no end; it does not take longer and longer.
      let isOpen = run.endTime == nil && run.status != .running
      return isOpen
        ? Self.none(isNumber: true)
        : "<td class=\"number\">\(at.duration(run.startTime, run.endTime))</td>"
    case .fact(.user): return text(run.user.isEmpty ? run.tag("mlflow.user") ?? "" : run.user)
    case .fact(.entryPoint):
      return (run.entryPoint ?? run.tag("mlflow.project.entryPoint")).map(text) ?? Self.none()
    case .fact(.source):
      return (run.sourceName ?? run.tag("mlflow.source.name")).map(text) ?? Self.none()
    case .fact(.commit):
      return run.tag("mlflow.source.git.commit").map {
        "<td><code>\($0.prefix(8))</code></td>"
      } ?? Self.none()
    }
  }

  private func text(_ value: String) -> HTML {
    value.utf8.count > 24
      ? "<td class=\"text\" title=\"\(value)\"><span>\(value.prefix(200))</span></td>"
      : "<td class=\"text\">\(value)</td>"
  }

  private static func none(isNumber: Bool = false) -> HTML {
    isNumber
      ? "<td class=\"number none\">–</td>" : "<td class=\"none\">–</td>"
  }
}

extension RunColumn {
  var isNumeric: Bool {
    switch self {
    case .metric, .fact(.duration): true
    case .param, .tag, .fact: false
    }
  }
}
