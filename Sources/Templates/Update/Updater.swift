import Formats
import Git
import Platform
import SystemPackage

/// Updates a project to a later version of its template, and says where it stands.
package struct Updater {
  package let project: FilePath
  package let record: ProjectRecord
  package let versions: TemplateVersions
  private let renderer: any TemplateRenderer
  /// Whether programs that the template brings may run.
  package var isTrusted = false
  /// Whether a person may be asked.
  package var asks = false

  package init(
    project: FilePath, cache: RepositoryCache,
    renderer: (ScaffoldState.Kind) -> any TemplateRenderer
  ) throws {
    self.project = project
    record = try ProjectRecord.read(in: project)
    versions = try TemplateVersions(
      address: record.state.template, directory: record.state.directory, project: project,
      cache: cache)
    self.renderer = renderer(record.state.kind)
  }

  /// The version that the project has.
  ///
  /// - Throws: ``Failure`` with `.notFound` when it is not known, or can be had no more and what it made was not recorded.
  package func current() throws -> TemplateVersions.Version {
    guard versions.hasHistory else { return .init(commit: nil, name: nil) }
    if let commit = record.state.commit { return try known(commit) }
    guard let name = record.copierVersion else {
      // Made from files that no commit held; what they made is recorded.
      if record.state.files != nil { return .init(commit: nil, name: nil) }
      throw Failure(
        .notFound, "the project does not say which version of `\(versions.address)` it has",
        hint: "reprise template link \(versions.address)")
    }
    return try known(Self.commitName(name))
  }

  /// A recorded version; one that the repository no longer gives is lost when another can be had.
  private func known(_ name: String) throws -> TemplateVersions.Version {
    do { return try versions.version(name) } catch let failure as Failure
      where failure.code == .notFound
    {
      // When the repository cannot be had at all, that is what is wrong.
      _ = try versions.version(nil)
      guard record.state.files != nil else {
        throw Failure(
          .notFound, "`\(versions.address)` no longer has the version `\(name)` of this project",
          hint: "reprise template link \(versions.address)")
      }
      return .init(commit: name, name: nil, isLost: true)
    }
  }

  /// `v1.2-3-gabcdef1` names the commit behind its `g`; anything else is a tag or a commit itself.
  static func commitName(_ description: String) -> String {
    let parts = description.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 3, let last = parts.last, last.first == "g", last.count >= 5,
      last.dropFirst().allSatisfy(\.isHexDigit), Int(parts[parts.count - 2]) != nil
    else { return description }
    return String(last.dropFirst())
  }

  /// Where the project stands against the newest version.
  package struct Standing: Sendable, Hashable {
    package var current: TemplateVersions.Version
    package var newest: TemplateVersions.Version
    package var isBehind: Bool
  }

  /// Compares commits; where there are none to compare, what the template makes now with what is recorded.
  ///
  /// - Parameter version: what to compare with; nil for what an update would go to.
  package func standing(to version: String? = nil) async throws -> Standing {
    let current = try current()
    let newest = try target(version)
    guard current.commit == nil, let files = record.state.files else {
      return Standing(
        current: current, newest: newest, isBehind: current.commit != newest.commit)
    }
    let made = try await rendering(.old, newest, skipsTasks: true).tree.filter { !Self.isOwn($0) }
    return Standing(
      current: current, newest: newest,
      isBehind: made.prints != files.filter { !Self.isOwn($0.key) })
  }

  private func target(_ version: String?) throws -> TemplateVersions.Version {
    if let version { return try versions.version(version) }
    return try versions.newest(record.state.kind, following: record.state.checkout)
  }

  /// Renders the version that the project has, and what it would be with other answers or in another version.
  private func rendering(
    _ side: RenderingRequest.Side, _ version: TemplateVersions.Version,
    given: [RenderingRequest.Given] = [], skipsTasks: Bool = false
  ) async throws -> TemplateRendering {
    var request = request(side, try versions.checkOut(version), given: given)
    request.skipsTasks = skipsTasks
    return try await renderer.render(request)
  }

  private func request(
    _ side: RenderingRequest.Side, _ checkout: TemplateCheckout, given: [RenderingRequest.Given]
  ) -> RenderingRequest {
    RenderingRequest(
      side: side, template: checkout, address: record.state.template,
      directory: versions.directory, checkout: record.state.checkout,
      answers: record.state.answers, given: given, asks: asks && side == .new,
      isTrusted: isTrusted, folderName: project.lastComponent?.string ?? "")
  }

  /// The old rendering; what is recorded of it when the template has no versions, or not this one any more.
  private func base(_ current: TemplateVersions.Version) async throws -> (
    UpdatePlan.Base, madeOnce: Set<TreePath>
  ) {
    guard versions.hasHistory, current.commit != nil, !current.isLost else {
      guard let files = record.state.files else {
        throw Failure(
          .unsupported, "`\(versions.address)` has no history, and what it made was not recorded",
          hint: "keep templates in git repositories")
      }
      return (.recorded(files), [])
    }
    let rendering = try await rendering(.old, current)
    return (.rendered(rendering.tree), rendering.madeOnce)
  }

  /// An update that is decided and not yet carried out.
  package struct Prepared: Sendable {
    package var from: TemplateVersions.Version
    package var to: TemplateVersions.Version
    package var plan: UpdatePlan
    package var state: ScaffoldState
    /// Whether nothing has to be written, not even the state.
    package var isCurrent: Bool
    /// Questions that are new and took their defaults, with these.
    package var defaults: [JSONValue.Member]
    /// What a person should know of how it was decided.
    package var notes: [String]
    let records: [TreePath: RenderedFile?]
  }

  /// Decides what an update will do. Nothing is touched.
  ///
  /// - Parameters:
  ///   - version: branch, tag or commit; nil for the newest.
  ///   - given: answers that change, or that are new.
  /// - Throws: ``Failure`` when a version cannot be fetched or rendered, or an update is unfinished.
  package func prepare(
    to version: String? = nil, given: [RenderingRequest.Given] = []
  ) async throws -> Prepared {
    try UpdateJournal.refuseUnfinished(in: project)
    let from = try current()
    let to = try target(version)
    let (base, oldOnce) = try await base(from)
    let new = try await rendering(.new, to, given: given)
    var state = record.state
    state.commit = to.commit
    if let version, version != to.commit { state.checkout = version }
    state.answers = new.answers
    state.files = new.tree.prints
    let skipped = SkippedPaths(record, project: project)
    let once = oldOnce.union(new.madeOnce)
    let isLeft: (TreePath) -> Bool = { path in
      skipped.contains(path) || path == record.copierAnswersPath || Self.isOwn(path)
    }
    let theirs = new.tree
    let paths = UpdatePlan.paths(base: base, theirs: theirs)
    let ours = try ProjectSnapshot(of: paths, in: project)
    let plan = try UpdatePlan(
      base: base, ours: ours, theirs: theirs,
      labels: FileMerge.Labels(
        ours: "project", base: "template \(shown(from))", theirs: "template \(shown(to))"),
      isSkipped: { path in isLeft(path) || once.contains(path) && ours.entries[path] != nil })
    let records = try records(state, new)
    let isCurrent =
      plan.isEmpty
      && records.allSatisfy { path, file in
        (try? RenderedFile(reading: path.path(in: project)))?.content == file?.content
      }
    return Prepared(
      from: from, to: to, plan: plan, state: state, isCurrent: isCurrent,
      defaults: asks ? [] : untold(new.answers, given),
      notes: from.isLost ? [lostNote(from)] : [], records: records)
  }

  /// Answers to questions that the recorded version did not ask, and that nobody gave.
  private func untold(
    _ answers: JSONValue, _ given: [RenderingRequest.Given]
  ) -> [JSONValue.Member] {
    (answers.members ?? []).filter { answer in
      !answer.key.hasPrefix("_") && record.state.answers[answer.key] == nil
        && !given.contains { $0.key == answer.key }
    }
  }

  private func lostNote(_ version: TemplateVersions.Version) -> String {
    "the template no longer has the version \(version.shown) of this project: what it made is known by the recorded "
      + "digests only, so a file that both sides changed is a conflict without a base"
  }

  /// What to call a version in a marker.
  private func shown(_ version: TemplateVersions.Version) -> String {
    if version.commit != nil { return version.shown }
    let name = FilePath(versions.address).lastComponent?.string ?? "folder"
    return String(name.map { $0.isNewline ? " " : $0 })
  }

  /// What the template wants to run because the update crosses versions; nil when that is nothing.
  package func migrations(
    to version: String? = nil, given: [RenderingRequest.Given] = [], variables: [String: String]
  ) async throws -> CopierMigrations? {
    guard record.state.kind == .copier, versions.hasHistory else { return nil }
    try UpdateJournal.refuseUnfinished(in: project)
    let (from, to) = (try current(), try target(version))
    guard from.commit != to.commit, !from.isLost else { return nil }
    let request = request(.new, try versions.checkOut(to), given: given)
    let versions = versions
    let migrations = try await ParallelWork.onDeepThread {
      try CopierMigrations(
        CopierRenderer.generation(request, asker: nil), from: from, to: to,
        numbers: versions.number, variables: variables)
    }
    return migrations.flatMap { $0.count == 0 ? nil : $0 }
  }

  /// Refuses a project whose files git could not bring back.
  package func requireClean() throws {
    let hint =
      "commit or stash first: migrations may change any file, and git then brings them back"
    guard let (repository, _) = try ProjectRepository.find(project) else {
      throw Failure(.unsupported, "migrations run in projects under git only", hint: "git init")
    }
    guard try !repository.changes().isDirty else {
      throw Failure(.conflict, "the project has changes that are not committed", hint: hint)
    }
  }

  /// Carries an update out.
  ///
  /// - Returns: the conflicts that are left.
  package func apply(_ prepared: Prepared) throws -> [UpdateJournal.Open] {
    if prepared.isCurrent { return [] }
    return try UpdateApplication(
      prepared.plan, to: project, records: prepared.records,
      title: prepared.to.commit == nil
        ? "to what `\(shown(prepared.to))` makes now"
        : "\(shown(prepared.from)) to \(prepared.to.shown)"
    ).run()
  }

  /// The files that say where the project stands, as they will be.
  private func records(
    _ state: ScaffoldState, _ new: TemplateRendering
  ) throws -> [TreePath: RenderedFile?] {
    var records: [TreePath: RenderedFile?] = [:]
    func put(_ path: String, _ text: String) {
      if let path = TreePath(path) { records[path] = RenderedFile(text) }
    }
    put(ScaffoldState.path, state.text)
    if let text = try ScaffoldState.ignoreText(in: project) { put(".reprise/.gitignore", text) }
    if let cruft = record.cruft {
      put(CruftFile.path, cruft.updated(with: state, variables: new.variables).text)
    }
    if let path = record.copierAnswersPath, let file = new.tree[path] { records[path] = file }
    return records
  }

  /// Paths that belong to us or to cruft: no template decides what is in them.
  static func isOwn(_ path: TreePath) -> Bool {
    path.bytes.starts(with: ".reprise/".utf8) || path.bytes.elementsEqual(CruftFile.path.utf8)
  }

  /// What the project changed since its template made it: the recorded rendering against its files.
  ///
  /// Where the old version cannot be rendered again, a file whose old content is not known is only named.
  package func difference() async throws -> [UInt8] {
    let current = try current()
    let skipped = SkippedPaths(record, project: project)
    var text: [UInt8] = []
    let base = try await oldFiles(current)
    for path in base.keys.sorted()
    where !skipped.contains(path) && !Self.isOwn(path) && path != record.copierAnswersPath {
      let there = try RenderedFile(reading: path.path(in: project))
      switch base[path] {
      case nil: continue
      case .known(let file)?:
        guard there != file else { continue }
        text += try Patch.text(path.bytes, from: file.side, to: there?.side)
      case .recorded(let print)?:
        guard there?.print != print else { continue }
        let what = there == nil ? "deleted" : "changed; what the template made of it is not known"
        text += "# \(path): \(what)\n".utf8
      }
    }
    return text
  }

  private enum OldFile {
    case known(RenderedFile)
    case recorded(FilePrint)
  }

  private func oldFiles(_ current: TemplateVersions.Version) async throws -> [TreePath: OldFile] {
    switch try await base(current).0 {
    case .rendered(let tree): return tree.files.mapValues(OldFile.known)
    case .recorded(let prints):
      // Of what the template still makes, the content is known.
      let now = try? await rendering(.old, target(nil), skipsTasks: true).tree
      return prints.reduce(into: [:]) { files, line in
        let file = now?[line.key]
        files[line.key] =
          file.flatMap { $0.print == line.value ? .known($0) : nil } ?? .recorded(line.value)
      }
    }
  }
}
