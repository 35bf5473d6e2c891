import Formats
import Platform
import Records

extension RunReport {
  /// What was run: the command, where it came from, and what was changed and not committed.
  var code: Section? {
    var rows: [(String, HTML)] = []
    if let entry = run.entryPoint ?? run.tag("mlflow.project.entryPoint") {
      rows.append((at[.entryPoint], "<code>\(entry)</code>"))
    }
    if let command = run.command {
      rows.append((at[.command], "<pre tabindex=\"0\">\(command)</pre>"))
    }
    if let source = run.sourceName ?? run.tag("mlflow.source.name") {
      rows.append((at[.source], "<code>\(source)</code>"))
    }
    if let commit = run.tag("mlflow.source.git.commit") {
      let branch = run.tag("mlflow.source.git.branch")
      let name: HTML = "<code title=\"\(commit)\">\(commit.prefix(12))</code>"
      rows.append(
        (at[.commit], branch.map { "\(name) <span class=\"quiet\">\($0)</span>" } ?? name))
    }
    if let url = run.tag("mlflow.source.git.repoURL") { rows.append((at[.remote], "\(url)")) }
    if let seed = run.tag("reprise.seed") { rows.append((at[.seed], "<code>\(seed)</code>")) }
    guard !rows.isEmpty || document.patch != nil else { return nil }
    return Section(id: "code", title: .code, content: "\(pairs(rows))\(changes)")
  }

  private var changes: HTML {
    guard let patch = document.patch else {
      return run.tag("mlflow.source.git.dirty") == "true"
        ? "<p class=\"quiet\">\(at[.changesNotKept])</p>" : .nothing
    }
    let (added, removed) = DiffText.counts(patch)
    return """
      <details class="changes" open><summary>\(at[.uncommitted]) <span class="added">+\(added)\
      </span> <span class="removed">−\(removed)</span></summary>
      \(DiffText.html(patch))
      \(document.leftOut.map { "<p class=\"quiet\">\(at[.leftOut])</p><pre tabindex=\"0\">\($0)</pre>" as HTML })
      <p><a href="\(Address.file(files, "code/uncommitted.patch"))" \
      download>\(at[.downloadPatch])</a></p></details>
      """
  }

  /// Which data was read and written, and which versions of it.
  var data: Section? {
    let files = run.inputs + run.outputs
    let foreign = document.datasets.filter { dataset in
      !run.data.contains { $0.path == dataset.name && $0.digest == dataset.digest }
    }
    guard !files.isEmpty || !run.data.isEmpty || !foreign.isEmpty else { return nil }
    let rows =
      files.map {
        row($0.role, $0.path, size($0), $0.digest.map { "sha256 \($0.prefix(12))" } ?? at[.missing])
      }
      + run.data.map { row($0.role, $0.path, "\(ByteCount($0.size))", version($0)) }
      + foreign.map { dataset in
        row(
          .input, dataset.name, dataset.tags.first { $0.key == "mlflow.data.context" }?.value ?? "",
          dataset.digest)
      }
    return Section(
      id: "data", title: .data,
      content: """
        <div class="sheet" tabindex="0" role="group" aria-label="\(at[.data])"><table class="values">\
        <thead><tr><th scope="col">\(at[.path])</th>\
        <th scope="col">\(at[.use])</th><th scope="col">\(at[.size])</th><th scope="col">\(at[.version])\
        </th></tr></thead><tbody>
        \(rows)</tbody></table></div>
        """)
  }

  private func row(_ role: RecordedFile.Role, _ path: String, _ size: String, _ version: String)
    -> HTML
  {
    """
    <tr><th scope="row">\(path)</th><td>\(at[role == .input ? .read : .written])</td><td class="quiet">\(size)</td>\
    <td><code>\(version)</code></td></tr>

    """
  }

  private func size(_ file: RecordedFile) -> String {
    let size = "\(ByteCount(file.size))"
    return file.kind == .folder ? at.counted(.fileCount, Int(file.fileCount)) + ", " + size : size
  }

  private func version(_ data: RecordedVersion) -> String {
    var text = "md5 \(data.digest.prefix(12))"
    if let commit = data.commit { text += " · \(at[.commit]) \(commit.prefix(12))" }
    if data.isModified { text += " · \(at[.modified])" }
    return text
  }

  /// What the run ran on.
  var environment: Section? {
    guard let environment = run.environment else { return nil }
    var rows: [(String, HTML)] = []
    if let system = environment["system"]?["name"]?.string {
      rows.append(
        (
          at[.system],
          "\(system) <span class=\"quiet\">\(environment["system"]?["machine"]?.string ?? "")</span>"
        ))
    }
    if let model = environment["cpu"]?["model"]?.string {
      let cores = environment["cpu"]?["cores"]?.int ?? 0
      rows.append(
        (
          at[.processor],
          "\(model) <span class=\"quiet\">\(at.counted(.coreCount, Int(clamping: cores)))</span>"
        ))
    }
    if let manager = environment["manager"]?.string {
      rows.append((at[.manager], "<code>\(manager)</code>"))
    }
    if let version = environment["python"]?["version"]?.string {
      rows.append(("Python", "\(version)"))
    }
    let variables = environment["variables"]?.members ?? []
    if !variables.isEmpty {
      let text = variables.map { "\($0.key)=\($0.value.string ?? "")" }.joined(separator: "\n")
      rows.append((at[.variables], "<pre tabindex=\"0\">\(text)</pre>"))
    }
    let packages = (environment["python"]?["packages"]?.array ?? []).compactMap(\.string)
    let list: HTML =
      packages.isEmpty
      ? .nothing
      : "<details><summary>\(at.counted(.packageCount, packages.count))</summary><ul class=\"packages\">\(packages.map { "<li>\($0)</li>" })</ul></details>"
    guard !rows.isEmpty else { return nil }
    return Section(id: "environment", title: .environment, content: pairs(rows) + list)
  }
}
