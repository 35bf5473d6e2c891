import Records

/// The registered models, a page at a time.
struct ModelsPage {
  let at: PageContext
  let models: RegistryPage<RegisteredModel>
  let offset: Int

  static let pageSize = 100

  var page: HTML {
    let frame = PageFrame(
      at: at, title: at[.models], section: .models, layout: "listing", scripts: ["runs.js"])
    return frame.page(
      """
      <div class="head"><h1>\(at[.models])</h1></div>
      \(models.items.isEmpty ? empty : table)
      """)
  }

  private var empty: HTML {
    "<div class=\"empty\"><p>\(at[.noModels])</p><p><code>mlflow.register_model(…)</code></p></div>"
  }

  private var table: HTML {
    """
    <div class="sheet" tabindex="0" role="group" aria-label="\(at[.models])">\
    <table class="rows" data-keys="rows"><thead><tr>
    <th scope="col">\(at[.name])</th><th scope="col" class="number">\(at[.latestVersion])</th>\
    <th scope="col">\(at[.aliases])</th>\
    <th scope="col">\(at[.updated])</th><th scope="col" class="note">\(at[.note])</th></tr></thead><tbody>
    \(models.items.map(row))
    </tbody></table></div>
    \(pager)
    """
  }

  private func row(_ model: RegisteredModel) -> HTML {
    let newest = model.latestVersions.map(\.number).max()
    let note = model.description?.split(whereSeparator: \.isNewline).first.map {
      String($0.prefix(160))
    }
    return """
      <tr><th scope="row"><a href="\(Address.path("models", model.name))">\(model.name)</a></th>\
      <td class="number">\(newest.map { "\($0)" } ?? "<span class=\"none\">–</span>" as HTML)</td>\
      <td>\(model.aliases.map { "<span class=\"badge\">@\($0.name)</span> " as HTML })</td>\
      <td>\(at.time(model.updated))</td><td class="note">\(note ?? "")</td></tr>

      """
  }

  private var pager: HTML {
    guard offset > 0 || models.next != nil else { return .nothing }
    let link = { (phrase: Phrase, offset: Int?, rel: String) -> HTML in
      offset.map { "<a rel=\"\(rel)\" href=\"/models?offset=\($0)\">\(at[phrase])</a>" }
        ?? "<span class=\"off\">\(at[phrase])</span>"
    }
    let before = offset > 0 ? max(0, offset - Self.pageSize) : nil
    return """
      <nav class="pager" \
      aria-label="\(at[.pages])">\(link(.previous, before, "prev"))\(link(.next, models.next, "next"))</nav>
      """
  }
}

extension Pages {
  func models(_ parts: [String], _ at: PageContext) async throws -> ServerAnswer? {
    switch parts.count {
    case 1:
      let offset = max(0, at.query["offset"].flatMap { Int($0) } ?? 0)
      let page = try await store.read { store in
        ModelsPage(
          at: at,
          models: try store.searchRegisteredModels(
            RegistrySearch(limit: ModelsPage.pageSize, offset: offset)), offset: offset)
      }
      return ServerAnswer(page: page.page)
    case 2:
      let page = try await store.read { ModelPage(at: at, try ModelPage.Content(parts[1], in: $0)) }
      return ServerAnswer(page: page.page)
    case 3:
      let page = try await store.read { store in
        let version = try store.modelVersion(of: parts[1], parts[2])
        let run = version.runID.flatMap { RunID($0) }.flatMap { try? store.run($0) }
        return ModelVersionPage(at: at, version: version, run: run)
      }
      return ServerAnswer(page: page.page)
    default: return nil
    }
  }
}
