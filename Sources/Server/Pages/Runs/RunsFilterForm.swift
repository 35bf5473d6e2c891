import Platform
import Records

/// Where the reader says which runs, in MLflow's search grammar, and is told what is wrong with it.
struct RunsFilterForm {
  let at: PageContext
  let query: RunsQuery
  let path: String
  /// For the examples, which name what these runs have.
  let runs: [Run]
  let problem: ParseFailure?

  var form: HTML {
    let wrong: HTML =
      problem == nil ? .nothing : " aria-invalid=\"true\" aria-describedby=\"wrong\""
    return """
      <form class="filter" action="\(path)" role="search" aria-label="\(at[.filter])">
      <label for="filter">\(at[.filter])</label>
      <div class="line"><input id="filter" name="filter" value="\(query.filter)" \
      placeholder="metrics.accuracy &gt; 0.9 AND params.model = 'cnn'"\
       spellcheck="false" autocapitalize="off" autocomplete="off"\(wrong)>
      \(query.changed {
        $0.filter = ""
        $0.page = 1
      }.fields.map { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" as HTML })
      <button>\(at[.apply])</button></div>
      \(problem.map(message))
      <details class="help"\(problem == nil ? HTML.nothing : " open")><summary>\(at[.filterHelp])</summary>
      <p>\(at[.filterGrammar])</p>
      <ul class="examples">\(examples.map { example in
        "<li><a href=\"\(address(example))\"><code>\(example)</code></a></li>"
      })</ul></details>
      <p class="view"><a \
      href="\(Address.of(path, deleted.fields))">\(at[query.showsDeleted ? .showActive : .showDeleted])</a></p>
      </form>
      """
  }

  private var deleted: RunsQuery {
    query.changed {
      $0.showsDeleted.toggle()
      $0.page = 1
    }
  }

  private func address(_ filter: String) -> String {
    Address.of(
      path,
      query.changed {
        $0.filter = filter
        $0.page = 1
      }.fields)
  }

  /// The mistake under the place where it is made.
  private func message(_ problem: ParseFailure) -> HTML {
    let caret: HTML
    if let column = problem.column, !query.filter.isEmpty {
      let before = query.filter.unicodeScalars.prefix(max(0, column - 1))
      let rest = query.filter.unicodeScalars.dropFirst(before.count)
      caret = """
        <pre class="caret">\(String(String.UnicodeScalarView(before)))\
        <mark>\(rest.isEmpty ? " " : String(String.UnicodeScalarView(rest.prefix(1))))</mark>\
        \(String(String.UnicodeScalarView(rest.dropFirst())))</pre>
        """
    } else {
      caret = .nothing
    }
    let place = problem.column.map { at[.atColumn, String($0)] + ": " } ?? ""
    return """
      <div class="problem" id="wrong" role="alert">\(caret)<p>\(place)<span lang="en">\(problem.message)</span></p>\
      \(problem.hint.map { "<p class=\"hint\" lang=\"en\">\($0)</p>" as HTML })</div>
      """
  }

  private var examples: [String] {
    let metric = runs.lazy.flatMap(\.metrics).first { $0.value.isFinite }
    let param = runs.lazy.flatMap(\.params).first { !$0.value.contains("'") && $0.value.count < 20 }
    return [
      metric.map { "metrics.`\($0.key)` > \(shortNumber($0.value))" } ?? "metrics.accuracy > 0.9",
      param.map { "params.`\($0.key)` = '\($0.value)'" } ?? "params.model = 'cnn'",
      "attributes.status = 'FAILED'", "attributes.run_name LIKE 'brisk-%'",
      "tags.`mlflow.user` = 'ann' AND metrics.loss < 0.2",
    ]
  }
}
