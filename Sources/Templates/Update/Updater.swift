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
  package func current() throws -> TemplateVersions.Version {
    if let commit = record.state.commit {
      return versions.hasHistory
        ? try versions.version(commit) : .init(commit: nil, name: nil)
    }
    guard versions.hasHistory else { return .init(commit: nil, name: nil) }
    guard let name = record.copierVersion else {
      // Made from files that no commit held; what they made is recorded.
      if record.state.files != nil { return .init(commit: nil, name: nil) }
      throw Failure(
        .notFound, "the project does not say which version of `\(versions.address)` it has",
        hint: "reprise template link \(versions.address)")
    }
    return try versions.version(Self.commitName(name))
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

  /// - Parameter version: what to compare with; nil for what an update would go to.
  package func standing(to version: String? = nil) throws -> Standing {
    let current = try current()
    let newest = try target(version)
    return Standing(
      current: current, newest: newest, isBehind: current.commit != newest.commit)
  }

  private func target(_ version: String?) throws -> TemplateVersions.Version {
    if let version { return try versions.version(version) }
    return try versions.newest(record.state.kind, following: record.state.checkout)
  }

  /// Renders the version that the project has, and what it would be with other answers or in another version.
  private func rendering(
    _ side: RenderingRequest.Side, _ version: TemplateVersions.Version,
    given: [RenderingRequest.Given] = []
  ) async throws -> TemplateRendering {
    let checkout = try versions.checkOut(version)
    return try await renderer.render(
      RenderingRequest(
        side: side, template: checkout, address: record.state.template,
        directory: versions.directory, checkout: record.state.checkout,
        answers: record.state.answers, given: given, asks: asks && side == .new,
        isTrusted: isTrusted, folderName: project.lastComponent?.string ?? ""))
  }

  /// The old rendering; what is recorded of it when the template has no versions.
  private func base(_ current: TemplateVersions.Version) async throws -> (
    UpdatePlan.Base, madeOnce: Set<TreePath>
  ) {
    guard versions.hasHistory, current.commit != nil else {
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
        ours: "project", base: "template \(from.shown)", theirs: "template \(to.shown)"),
      isSkipped: { path in isLeft(path) || once.contains(path) && ours.entries[path] != nil })
    let records = try records(state, new)
    let isCurrent =
      plan.isEmpty
      && records.allSatisfy { path, file in
        (try? RenderedFile(reading: path.path(in: project)))?.content == file?.content
      }
    return Prepared(
      from: from, to: to, plan: plan, state: state, isCurrent: isCurrent, records: records)
  }

  /// Carries an update out.
  ///
  /// - Returns: the conflicts that are left.
  package func apply(_ prepared: Prepared) throws -> [UpdateJournal.Open] {
    if prepared.isCurrent { return [] }
    return try UpdateApplication(
      prepared.plan, to: project, records: prepared.records,
      title: "\(prepared.from.shown) to \(prepared.to.shown)"
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
  package func difference() async throws -> [UInt8] {
    let current = try current()
    guard versions.hasHistory, current.commit != nil else {
      throw Failure(.unsupported, "`\(versions.address)` has no history to compare with")
    }
    let rendering = try await rendering(.old, current)
    let skipped = SkippedPaths(record, project: project)
    var text: [UInt8] = []
    for path in rendering.tree.paths
    where !skipped.contains(path) && !Self.isOwn(path) && path != record.copierAnswersPath {
      let there = try RenderedFile(reading: path.path(in: project))
      guard there != rendering.tree[path] else { continue }
      text += try Patch.text(path.bytes, from: rendering.tree[path]?.side, to: there?.side)
    }
    return text
  }
}
