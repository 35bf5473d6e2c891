import Records

/// One version of a model: where it came from and how to load it.
struct ModelVersionPage {
  let at: PageContext
  let version: ModelVersion
  /// The run that made it, when it is recorded here.
  let run: Run?

  var page: HTML {
    let frame = PageFrame(
      at: at, title: "\(version.model) \(version.number)", section: .models, layout: "document")
    return frame.page(
      """
      <nav class="trail" aria-label="\(at[.trail])"><a href="/models">\(at[.models])</a>\
      <a href="\(Address.path("models", version.model))">\(version.model)</a></nav>
      <div class="head"><h1>\(version.model) \(version.number)</h1><p class="lead">\
      \(version.aliases.map { "<span class=\"badge\">@\($0)</span> " as HTML })\
      \(version.stage.phrase.map { "<span class=\"badge stage\">\(at[$0])</span> " as HTML })\(at.time(version.created))</p></div>
      \(version.description.map { $0.isEmpty ? .nothing : "<p class=\"said\">\($0)</p>" as HTML })
      <div class="play"><span class="label" id="play-label">\(at[.loadIt])</span>\
      <pre tabindex="0" aria-labelledby="play-label">\(loading)</pre>\
      <button type="button" class="copy" data-copy="\(loading)" data-done="\(at[.copied])" \
      hidden>\(at[.copy])</button></div>
      <div class="sections"><section aria-labelledby="origin"><div class="over">\
      <h2 id="origin">\(at[.origin])</h2></div>\(origin)</section>\(metrics)\(tags)</div>
      """)
  }

  private var loading: String {
    let name = version.aliases.first.map { "@\($0)" } ?? "/\(version.number)"
    return "mlflow.pyfunc.load_model(\"models:/\(version.model)\(name)\")"
  }

  private var origin: HTML {
    var rows: [(String, HTML)] = []
    if let run {
      rows.append((at[.run], "<a href=\"\(Address.path("runs", run.id.hex))\">\(run.name)</a>"))
    } else if let id = version.runID, !id.isEmpty {
      rows.append((at[.run], "<code>\(id)</code>"))
    }
    rows.append((at[.source], "<code>\(version.source)</code>"))
    if let model = version.loggedModel { rows.append((at[.loggedModel], "<code>\(model)</code>")) }
    if let user = version.user, !user.isEmpty { rows.append((at[.user], "\(user)")) }
    return
      "<dl class=\"pairs\">\(rows.map { "<div><dt>\($0)</dt><dd>\($1)</dd></div>" as HTML })</dl>"
  }

  private var metrics: HTML {
    guard let run, !run.metrics.isEmpty else { return .nothing }
    return """
      <section aria-labelledby="metrics"><div class="over"><h2 id="metrics">\(at[.metrics])</h2></div>\
      <dl class="pairs">\(run.metrics.prefix(100).map {
        "<div><dt>\($0.key)</dt><dd>\(PageNumber.metric($0.value))</dd></div>" as HTML
      })</dl></section>
      """
  }

  private var tags: HTML {
    guard !version.tags.isEmpty else { return .nothing }
    return """
      <section aria-labelledby="tags"><div class="over"><h2 id="tags">\(at[.tags])</h2></div>\
      <dl class="pairs">\(version.tags.map {
        "<div><dt>\($0.key)</dt><dd>\($0.value)</dd></div>" as HTML
      })</dl></section>
      """
  }
}
