import Formats
import Git
import Platform
import SystemPackage

/// Finds the version of a template that a project was most likely made from, and records it.
package struct TemplateLinker {
  package let project: FilePath
  package let versions: TemplateVersions
  let kind: ScaffoldState.Kind
  let renderer: any TemplateRenderer
  let address: String
  let checkout: String?
  package var isTrusted = false
  package var asks = false

  /// How many versions are rendered at most.
  private static let limit = 64

  package init(
    project: FilePath, address: String, directory: String?, checkout: String?,
    cache: RepositoryCache, renderer: (ScaffoldState.Kind) -> any TemplateRenderer
  ) throws {
    self.project = project
    self.address = address
    self.checkout = checkout
    versions = try TemplateVersions(
      address: address, directory: directory, project: project, cache: cache)
    guard versions.hasHistory else {
      throw Failure(
        .unsupported, "`\(address)` is no git repository, so no version of it can be found",
        hint: "link projects to templates in git repositories")
    }
    let newest = try versions.checkOut(versions.version(checkout))
    kind = TemplateKind.of(newest.folder)
    self.renderer = renderer(kind)
  }

  /// Renders versions of the template and compares each with the project, the best first.
  ///
  /// All versions are tried when they are few. Of a long history every so many are, then those around the best.
  ///
  /// - Parameter given: answers; what is missing is asked, or takes its default.
  package func fits(given: [RenderingRequest.Given]) async throws -> (
    fits: [TemplateFit], answers: JSONValue
  ) {
    let history = try distinctVersions()
    guard let newest = history.first else {
      throw Failure(.notFound, "the template `\(address)` has no version with its folder")
    }
    let known = try? ProjectRecord.read(in: project).state.answers
    let first = try await render(newest.id, answers: known ?? .object([]), given, asks: asks)
    let answers = first.answers
    var found: [Int: TemplateFit] = [:]
    func measure(_ place: Int) async throws {
      guard found[place] == nil else { return }
      let commit = history[place]
      // A version that does not render with these answers cannot be the one.
      guard let rendering = try? await render(commit.id, answers: answers, [], asks: false) else {
        return
      }
      let snapshot = try ProjectSnapshot(of: Array(rendering.tree.files.keys), in: project)
      found[place] = TemplateFit(
        version: try versions.version(commit.id), subject: commit.subject,
        rendering: rendering.tree.filter { !Updater.isOwn($0) }, project: snapshot)
    }
    var step = max(1, history.count / (Self.limit / 2))
    for place in stride(from: 0, to: history.count, by: step) { try await measure(place) }
    while step > 1 {
      step = max(1, step / 4)
      guard let best = found.max(by: { ($0.value.score, -$0.key) < ($1.value.score, -$1.key) })?.key
      else { break }
      for place in stride(from: best - 4 * step, through: best + 4 * step, by: step)
      where history.indices.contains(place) {
        try await measure(place)
      }
    }
    // Of equal ones the newest: nothing that came later is missing in it.
    let ordered = found.sorted {
      $0.value.score != $1.value.score ? $0.value.score > $1.value.score : $0.key < $1.key
    }
    return (ordered.map(\.value), answers)
  }

  /// The commits that changed the template's folder, newest first.
  private func distinctVersions() throws -> [CommitSummary] {
    var last: [TreeFile]?
    var result: [CommitSummary] = []
    // From the oldest on, so that of equal ones the first is kept.
    for commit in try versions.history(of: checkout, limit: 5000).reversed() {
      let files = try versions.files(at: commit.id)
      if files != last, !files.isEmpty { result.append(commit) }
      last = files
    }
    return result.reversed()
  }

  private func render(
    _ commit: String, answers: JSONValue, _ given: [RenderingRequest.Given], asks: Bool
  ) async throws -> TemplateRendering {
    let checkout = try versions.checkOut(versions.version(commit))
    return try await renderer.render(
      RenderingRequest(
        side: asks || !given.isEmpty ? .new : .old, template: checkout, address: address,
        directory: versions.directory, checkout: self.checkout, answers: answers, given: given,
        asks: asks, isTrusted: isTrusted, folderName: project.lastComponent?.string ?? ""))
  }

  /// Records that the project was made from a version.
  package func link(_ fit: TemplateFit, answers: JSONValue) async throws {
    guard let commit = fit.version.commit else { return }
    let rendering = try await render(commit, answers: answers, [], asks: false)
    try ScaffoldState(
      kind: kind, template: address, commit: commit, checkout: checkout,
      directory: versions.directory, answers: rendering.answers, files: rendering.tree.prints
    ).save(in: project)
  }
}

/// Whose rules a template's folder follows.
package enum TemplateKind {
  /// Copier's when it has a `copier.yml` and nothing of cookiecutter's.
  package static func of(_ folder: FilePath) -> ScaffoldState.Kind {
    let isCookiecutter = ["cookiecutter.json", "ccds.json"].contains {
      FileSystem.isFile(folder.appending($0))
    }
    let isCopier = ["copier.yml", "copier.yaml"].contains {
      FileSystem.isFile(folder.appending($0))
    }
    return isCopier && !isCookiecutter ? .copier : .cookiecutter
  }
}
