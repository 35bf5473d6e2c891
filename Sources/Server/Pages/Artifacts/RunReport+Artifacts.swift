import Platform
import Records

extension RunReport {
  /// What the run left: pictures to look at, all files as a tree.
  var artifacts: Section? {
    guard let entries = document.artifacts else {
      return Section(
        id: "artifacts", title: .artifacts,
        content: "<p>\(at[.artifactsElsewhere])</p><p><code>\(run.artifactURI)</code></p>")
    }
    let isElsewhere = { (path: String) in
      path == "logs" || path.hasPrefix("logs/")
        || at.isStill && (path == "document" || path.hasPrefix("document/"))
    }
    let shown = entries.filter { !isElsewhere($0.path) }
    guard !shown.isEmpty else { return nil }
    let files = shown.count { !$0.isFolder }
    return Section(
      id: "artifacts", title: .artifacts,
      content: gallery(shown) + ArtifactTree(at: at, path: path, entries: shown, current: nil).tree,
      aside: count(files, isCut: entries.count >= RunDocument.files))
  }

  private func gallery(_ entries: [ArtifactFolder.Entry]) -> HTML {
    let pictures = entries.filter { !$0.isFolder && FileKind($0.name) == .picture }.prefix(12)
    guard !pictures.isEmpty else { return .nothing }
    return """
      <ul class="gallery">\(pictures.map { entry in
        """
        <li><a href="\(Address.file(at.isStill ? files : path + "/artifacts/", entry.path))"><img src="\(Address.file(files, entry.path))" alt="" loading="lazy">\
        <span>\(entry.path)</span></a></li>
        """
      })</ul>
      """
  }
}

/// Files and folders, as they lie in each other.
struct ArtifactTree {
  let at: PageContext
  /// Of the run's page.
  let path: String
  let entries: [ArtifactFolder.Entry]
  /// The file that is shown beside the tree.
  let current: String?

  var tree: HTML {
    var html: HTML = "<ul class=\"tree\">"
    var open: [String] = []
    for entry in entries {
      while let folder = open.last, !entry.path.hasPrefix(folder + "/") {
        open.removeLast()
        html += "</ul></details></li>"
      }
      if entry.isFolder {
        open.append(entry.path)
        // A folder of a model is opened by who wants to see its parts.
        let isOpen = current?.hasPrefix(entry.path + "/") ?? (open.count < 2)
        html += """
          <li><details\(isOpen ? " open" as HTML : .nothing)><summary>\(Icon.folder)<span>\(entry.name)\
          </span></summary><ul>
          """
      } else {
        let state: HTML = entry.path == current ? " aria-current=\"page\"" : .nothing
        html += """
          <li><a href="\(Address.file(at.isStill ? "../" : path + "/artifacts/", entry.path))"\(state)>\(Icon.file)\
          <span>\(entry.name)</span></a>\
          <span class="quiet">\(ByteCount(entry.size).description)</span></li>
          """
      }
    }
    for _ in open { html += "</ul></details></li>" }
    return html + "</ul>"
  }
}
