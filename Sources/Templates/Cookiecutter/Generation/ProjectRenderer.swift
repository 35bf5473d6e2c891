import Platform
import SystemPackage

/// Renders all files of a template in memory.
///
/// First every file is read, then all names are rendered in cookiecutter's order, then the contents, on two
/// threads unless a template changes its context: cookiecutter shares one context among all files, in order.
struct ProjectRenderer {
  let engine: ScaffoldEngine
  /// The folder of the template that becomes the project, and its name.
  let root: FilePath
  let rootName: String
  let boundary: FilePath?
  /// `cookiecutter`, `_cookiecutter`, and what else a replay file holds.
  let context: AnswerMap
  /// The project that is there already and may be written into; nil for a new one.
  var existing: FilePath?
  /// Whether a folder that is there already is filled; an error otherwise.
  let mergesFolders: Bool
  let skipsExistingFiles: Bool
  /// The project's folder, and the output folder as it was given, for cookiecutter's own message.
  let target: FilePath
  let outputText: String
  /// Whether somebody wants it to stop.
  var isCancelled: @Sendable () -> Bool = { false }

  /// Bytes of all files together.
  static let limit = 1 << 30

  private struct Job {
    var entry: Int
    var path: String
  }

  func render(name: String) throws -> RenderedProject {
    let templates = try SourceTree(root: root, boundary: boundary, patterns: copyPatterns()).read(
      engine, isCancelled)
    var session = Session(
      context: context.templateContext, engine: engine, isShared: templates.mutatesContext)
    var plan = ProjectPlan(name: name, existing: existing)
    do {
      try fill(&plan, templates, &session)
    } catch {
      let done = plan.entries.prefix(plan.complete).compactMap { $0 }
      throw RenderingStopped(cause: error, project: RenderedProject(name: name, entries: done))
    }
    return RenderedProject(name: name, entries: plan.entries.compactMap { $0 })
  }

  private func fill(
    _ plan: inout ProjectPlan, _ templates: SourceTree.Contents, _ session: inout Session
  ) throws {
    var jobs: [Job] = []
    for step in templates.steps {
      try stopIfCancelled()
      guard !plan.isLeftOut(step.path) else { continue }
      switch step.kind {
      case .folder: try makeFolder(step.path, &plan, &session)
      case .copiedFolder: try copyFolder(step.path, &plan, &session)
      case .file(let content):
        try addFile(step, content, templates, &plan, &session, &jobs)
      }
    }
    try renderContents(of: jobs, templates, &plan)
  }

  private func stopIfCancelled() throws {
    if isCancelled() { throw Failure(.interrupted, "interrupted; nothing was written") }
  }

  private func copyPatterns() throws -> [String] {
    let setting = context["cookiecutter"]?.map?["_copy_without_render"]
    switch setting {
    case nil: return []
    case .list(let values)?: return values.map(\.pythonText)
    // Python walks over the characters.
    case .string(let text)?: return text.unicodeScalars.map { String($0) }
    case .map(let map)?: return map.entries.map(\.key)
    default: throw Failure(.invalid, "`_copy_without_render` must be a list of patterns")
    }
  }

  // MARK: Names

  private func makeFolder(
    _ path: String, _ plan: inout ProjectPlan, _ session: inout Session
  ) throws {
    let rendered: String
    do { rendered = try session.text(path) } catch {
      var failure = ScaffoldFailure(
        error, "Unable to create directory '\(plan.name)/\(path)'", file: path, source: path,
        context: context)
      if let text = failure.peerText, let end = text.utf8.firstIndex(of: 0x0A) {
        failure.peerText = "Unable to create directory '\(peerPath(path))'" + text[end...]
      }
      throw failure
    }
    let steps = try SafePath.steps(rendered, source: path)
    let parent = plan.rendered(parentOf: path)
    // A folder without a name is left out, with all that is in it.
    guard steps.count > parent.count || !steps.starts(with: parent) else {
      plan.leaveOut(path)
      return
    }
    try plan.addFolder(steps, source: path, isMerged: mergesFolders)
  }

  /// How cookiecutter names a folder: from the output folder, which it takes to be relative to the template's root, where it
  /// works just then.
  private func peerPath(_ path: String) -> String {
    let here = FileSystem.realPath(root) ?? root
    let start = (try? FileSystem.absolute(FilePath(outputText), in: here)) ?? here
    let place = target.pushing(FilePath(path))
    var from = Array(start.components.map(\.string))
    var to = Array(place.components.map(\.string))
    while let first = from.first, first == to.first {
      from.removeFirst()
      to.removeFirst()
    }
    return (from.map { _ in ".." } + to).joined(separator: "/")
  }

  private func copyFolder(
    _ path: String, _ plan: inout ProjectPlan, _ session: inout Session
  ) throws {
    let steps = try SafePath.steps(try plainText(path, &session), source: path)
    plan.leaveOut(path)
    guard !steps.isEmpty else { return }
    try plan.addCopy(
      of: root.pushing(FilePath(path)), to: steps, source: path, boundary: boundary)
  }

  /// A name whose undefined variables cookiecutter does not explain.
  private func plainText(_ path: String, _ session: inout Session) throws -> String {
    do { return try session.text(path) } catch {
      var failure = ScaffoldFailure(
        error, "Unable to create file '\(path)'", file: path, source: path, context: context)
      failure.peerText = nil
      throw failure
    }
  }

  private func addFile(
    _ step: SourceTree.Step, _ content: SourceTree.Content, _ templates: SourceTree.Contents,
    _ plan: inout ProjectPlan, _ session: inout Session, _ jobs: inout [Job]
  ) throws {
    let isCopied = if case .copied = content { true } else { false }
    let rendered: String
    do { rendered = try session.text(step.path) } catch {
      throw failure(error, step.path, source: step.path)
    }
    let steps = try SafePath.steps(rendered, source: step.path)
    // The name is empty, or a folder has it.
    if !isCopied, plan.isFolder(steps) { return }
    if isCopied, plan.isFolder(steps) {
      throw Failure(.conflict, "`\(step.path)` becomes `\(rendered)`, which is a folder")
    }
    if !isCopied, skipsExistingFiles, plan.isFile(steps) { return }
    guard plan.isFolder(Array(steps.dropLast())), !rendered.hasSuffix("/") else {
      throw Failure(
        .invalid,
        "`\(step.path)` becomes `\(rendered)`, whose folder is not there",
        hint: "make the folder in the template, too")
    }
    switch content {
    case .copied(let mode), .binary(let mode):
      plan.add(steps, .copy(root.pushing(FilePath(step.path))), mode: mode, source: step.path)
    case .link(let target):
      try plan.addLink(steps, to: target, source: step.path)
    case .text(let index):
      let entry = plan.add(
        steps, .bytes([]), mode: templates.texts[index].mode, source: step.path)
      guard session.isShared else {
        jobs.append(Job(entry: entry, path: step.path))
        plan.texts[entry] = index
        return
      }
      let bytes = try contents(templates.texts[index], step.path, session.variables)
      plan.entries[entry]?.content = .bytes(bytes)
    }
  }

  // MARK: Contents

  private func renderContents(
    of jobs: [Job], _ templates: SourceTree.Contents, _ plan: inout ProjectPlan
  ) throws {
    guard !jobs.isEmpty else { return }
    let texts = plan.texts
    let variables = context.templateContext
    let renderer = self
    let results = ResultBoard(count: jobs.count, limit: Self.limit)
    // No template changes what it sees, so one thread's all look at the same values.
    ParallelWork.each(jobs.count, with: { RenderSession(variables) }) { session, index in
      guard results.isWanted(index), !renderer.isCancelled() else { return }
      results.set(
        index,
        Result {
          guard let text = texts[jobs[index].entry] else { return [] }
          return try renderer.contents(templates.texts[text], jobs[index].path, session)
        })
    }
    try stopIfCancelled()
    for (job, bytes) in zip(jobs, results.rendered()) {
      plan.entries[job.entry]?.content = .bytes(bytes)
      plan.texts[job.entry] = nil
    }
    try results.check()
  }

  private func contents(
    _ text: SourceTree.TextFile, _ path: String, _ session: RenderSession
  ) throws -> [UInt8] {
    let (template, source) = text.template.take()
    do throws(TemplateError) {
      let bytes = try template.get().render(session)
      return LineEnds.applied(try lineEnd(text), to: bytes)
    } catch {
      throw failure(error, path, source: String(decoding: source, as: UTF8.self))
    }
  }

  private func lineEnd(_ text: SourceTree.TextFile) throws(TemplateError) -> [UInt8] {
    guard let wanted = context["cookiecutter"]?.map?["_new_lines"], wanted.isTrue else {
      return text.lineEnd
    }
    guard let kind = wanted.string,
      ["\n", "\r", "\r\n"].contains(where: { kind.isSameText(as: $0) })
    else { throw .value("illegal newline value: \(wanted.pythonRepr)") }
    return Array(kind.utf8)
  }

  private func failure(_ error: TemplateError, _ path: String, source: String?) -> ScaffoldFailure {
    let file = root.pushing(FilePath(path)).string
    return ScaffoldFailure(
      error, "Unable to create file '\(path)'", file: file, source: source, context: context)
  }

  /// Renders names; carries what templates change from one to the next when any does.
  private struct Session {
    let variables: RenderSession
    let engine: ScaffoldEngine
    /// Whether the contents of files may change what names see.
    let isShared: Bool

    init(context: TemplateContext, engine: ScaffoldEngine, isShared: Bool) {
      variables = RenderSession(context)
      self.engine = engine
      self.isShared = isShared
    }

    func text(_ source: String) throws(TemplateError) -> String {
      guard engine.mayHoldTags(source) else { return source }
      let template = try engine.environment.template(source, name: nil)
      return String(decoding: try template.render(variables), as: UTF8.self)
    }
  }
}
