import Records

/// All experiments, those with the newest runs first.
struct ExperimentsPage {
  let at: PageContext
  let experiments: [Experiment]
  let tallies: [ExperimentID: RunTally]

  var page: HTML {
    let frame = PageFrame(
      at: at, title: at[.experiments], section: .experiments, layout: "listing",
      scripts: ["runs.js"])
    return frame.page(
      """
      <div class="head"><h1>\(at[.experiments])</h1><p class="lead">\(summary)</p></div>
      \(views)
      \(experiments.isEmpty ? empty : table)
      """)
  }

  private var summary: String {
    let total = tallies.values.reduce(0) { $0 + $1.runs }
    return at.counted(.experimentCount, experiments.count) + " · " + at.counted(.runCount, total)
  }

  private var showsDeleted: Bool { at.query["view"] == "deleted" }

  private var views: HTML {
    let entry = { (phrase: Phrase, address: String, isCurrent: Bool) -> HTML in
      "<li><a href=\"\(address)\"\(isCurrent ? " aria-current=\"true\"" as HTML : .nothing)>\(at[phrase])</a></li>"
    }
    return """
      <nav class="tabs" aria-label="\(at[.shown])"><ul>\(entry(.active, "/", !showsDeleted))\
      \(entry(.deleted, "/?view=deleted", showsDeleted))</ul></nav>
      """
  }

  private var empty: HTML {
    """
    <div class="empty"><p>\(at[showsDeleted ? .nothingDeleted : .noExperiments])</p>
    \(showsDeleted ? HTML.nothing : "<p><code>reprise run</code></p>")</div>
    """
  }

  private var table: HTML {
    """
    <div class="sheet" tabindex="0" role="group" aria-label="\(at[.experiments])">
    <table class="rows" data-keys="rows"><thead><tr>
    <th scope="col">\(at[.name])</th><th scope="col" class="number">\(at[.runs])</th>
    <th scope="col" class="number">\(at[.running])</th>\
    <th scope="col" class="number">\(at[.failedOrKilled])</th>
    <th scope="col">\(at[.latestRun])</th><th scope="col" class="note">\(at[.note])</th>
    </tr></thead><tbody>
    \(sorted.map(row))
    </tbody></table></div>
    """
  }

  private var sorted: [Experiment] {
    experiments.sorted { left, right in
      let (a, b) = (tallies[left.id]?.latest ?? 0, tallies[right.id]?.latest ?? 0)
      return a == b ? left.id < right.id : a > b
    }
  }

  private func row(_ experiment: Experiment) -> HTML {
    let tally = tallies[experiment.id] ?? RunTally()
    let note = experiment.tags.first { $0.key == "mlflow.note.content" }?.value ?? ""
    let quiet = { (count: Int) -> HTML in
      count == 0 ? "<span class=\"none\">–</span>" : "\(PageNumber.grouped(count))"
    }
    return """
      <tr><th scope="row"><a href="\(Address.path("experiments", "\(experiment.id)"))">\(experiment.name)</a></th>\
      <td class="number">\(quiet(tally.runs))</td><td class="number">\(quiet(tally.running))</td>\
      <td class="number">\(quiet(tally.failed))</td>\
      <td>\(tally.latest.map(at.time) ?? "<span class=\"none\">–</span>")</td>\
      <td class="note">\(note.split(whereSeparator: \.isNewline).first.map { String($0.prefix(160)) } ?? "")</td></tr>

      """
  }
}

extension Pages {
  func experiments(_ at: PageContext) async throws -> ServerAnswer {
    let view: LifecycleView = at.query["view"] == "deleted" ? .deleted : .active
    let page = try await store.read { store in
      ExperimentsPage(
        at: at, experiments: try store.experiments(view: view), tallies: try store.tallies())
    }
    return ServerAnswer(page: page.page)
  }
}
