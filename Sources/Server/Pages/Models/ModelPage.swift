import Records

/// One registered model and its versions, the newest first.
struct ModelPage {
  struct Content: Sendable {
    var model: RegisteredModel
    var versions: [ModelVersion]
    var hasMore: Bool
    /// The runs that made the versions, by their ids.
    var runs: [String: Run]

    static let versionLimit = 200

    init(_ name: String, in store: RecordStore) throws {
      model = try store.registeredModel(name)
      let quoted = name.contains("'") ? "\"\(name)\"" : "'\(name)'"
      let page = try store.searchModelVersions(
        RegistrySearch(
          filter: "name = \(quoted)", order: ["version_number DESC"], limit: Self.versionLimit))
      versions = page.items
      hasMore = page.next != nil
      runs = [:]
      for id in Set(versions.compactMap(\.runID)) {
        runs[id] = RunID(id).flatMap { try? store.run($0) }
      }
    }
  }

  let at: PageContext
  let content: Content

  init(at: PageContext, _ content: Content) {
    self.at = at
    self.content = content
  }

  private var model: RegisteredModel { content.model }

  var page: HTML {
    let frame = PageFrame(
      at: at, title: model.name, section: .models, layout: "listing", scripts: ["runs.js"])
    return frame.page(
      """
      <nav class="trail" aria-label="\(at[.trail])"><a href="/models">\(at[.models])</a></nav>
      <div class="head"><h1>\(model.name)</h1>\
      <p class="lead">\(at.counted(.versionCount, content.versions.count))\(content.hasMore ? "+" : "") · \
      \(at[.updated]) \(at.time(model.updated))</p></div>
      \(model.description.map { $0.isEmpty ? .nothing : "<p class=\"said\">\($0)</p>" as HTML })
      \(tags)
      \(content.versions.isEmpty ? "<div class=\"empty\"><p>\(at[.noVersions])</p></div>" as HTML : table)
      """)
  }

  private var tags: HTML {
    guard !model.tags.isEmpty else { return .nothing }
    return """
      <dl class="pairs spaced">\(model.tags.map { "<div><dt>\($0.key)</dt><dd>\($0.value)</dd></div>" as HTML })</dl>
      """
  }

  /// Metrics that most of the versions' runs have, to tell the versions by.
  private var keys: [String] {
    RunColumn.suiting(Array(content.runs.values)).compactMap { column in
      if case .metric(let key) = column { key } else { nil }
    }
  }

  private var table: HTML {
    let keys = keys
    return """
      <div class="sheet" tabindex="0" role="group" aria-label="\(at[.versions])">\
      <table class="rows" data-keys="rows"><thead><tr>
      <th scope="col">\(at[.version])</th><th scope="col">\(at[.aliases])</th><th scope="col">\(at[.created])</th>\
      <th scope="col">\(at[.run])\
      </th>\(keys.map { "<th scope=\"col\" class=\"number\">\($0)</th>" as HTML })\
      <th scope="col" class="note">\(at[.note])</th></tr></thead><tbody>
      \(content.versions.map { row($0, keys) })
      </tbody></table></div>
      """
  }

  private func row(_ version: ModelVersion, _ keys: [String]) -> HTML {
    let run = version.runID.flatMap { content.runs[$0] }
    let aliases = model.aliases.filter { $0.version == version.number }
    return """
      <tr><th scope="row"><a \
      href="\(Address.path("models", model.name, "\(version.number)"))">\(version.number)</a></th>\
      <td>\(aliases.map { "<span class=\"badge\">@\($0.name)</span> " as HTML })\(stage(version))</td>\
      <td>\(at.time(version.created))</td>\
      <td>\(run.map { "<a href=\"\(Address.path("runs", $0.id.hex))\">\($0.name)</a>" as HTML } ?? "<span class=\"none\">–</span>")</td>\
      \(keys.map { key -> HTML in
        run?.metric(key).map { "<td class=\"number\">\(PageNumber.metric($0.value))</td>" } ?? "<td class=\"number none\">–</td>"
      })<td class="note">\(version.description.map { String($0.prefix(160)) } ?? "")</td></tr>

      """
  }

  private func stage(_ version: ModelVersion) -> HTML {
    guard let phrase = version.stage.phrase else { return .nothing }
    return "<span class=\"badge stage\">\(at[phrase])</span>"
  }
}

extension ModelStage {
  /// Nil for versions that stand nowhere.
  var phrase: Phrase? {
    switch self {
    case .none: nil
    case .staging: .staging
    case .production: .production
    case .archived: .archived
    }
  }
}
