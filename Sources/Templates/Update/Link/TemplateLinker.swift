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
  package var asks = false
  /// Told how many of how many versions were compared.
  package var report: (Int, Int) -> Void = { _, _ in }

  /// How many versions are rendered; of more, those that look best by their lines.
  private static let limit = 24
  /// Below this a version is not one that the project was made from.
  package static let leastFit = 0.4

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
    guard TemplateKind.isTemplate(newest.folder) else {
      throw Failure(
        .notFound, "`\(address)` has no cookiecutter.json, ccds.json or copier.yml",
        hint: "see `--template-directory` for a template deeper inside")
    }
    self.renderer = renderer(kind)
  }

  /// What was found.
  package struct Result: Sendable {
    /// The best first.
    package var fits: [TemplateFit]
    /// Answers that nobody gave and that were found out.
    package var guessed: [RenderingRequest.Given]
    let answers: RenderingRequest.Answers
  }

  /// Renders versions of the template and compares each with the project.
  ///
  /// All versions are tried when they are few. Of a long history those are tried that share most lines with the project, and
  /// those around the best.
  ///
  /// - Parameter given: answers; what is missing is asked, or takes the default of each version.
  package func fits(given: [RenderingRequest.Given]) async throws -> Result {
    var history = try TemplateHistory(versions, kind, of: checkout)
    guard let newest = history.commits.first else {
      throw Failure(.notFound, "the template `\(address)` has no version with its folder")
    }
    let (answers, guessed) = try await answers(newest.id, given, history.rootVariable)
    var found: [Int: FitMeasure] = [:]
    var wanted = try history.candidates(for: project, limit: Self.limit)
    var total = wanted.count
    while !wanted.isEmpty {
      for place in wanted {
        if let measure = await measure(history.commits[place], answers) { found[place] = measure }
        report(found.count, total)
      }
      guard history.commits.count > Self.limit, let best = Self.ordered(found).first?.place else {
        break
      }
      wanted = (best - 2...best + 2).filter {
        history.commits.indices.contains($0) && found[$0] == nil
      }
      // A version that cannot be rendered is not tried again.
      wanted.removeAll { history.isTried($0) }
      for place in wanted { history.noteTried(place) }
      total += wanted.count
    }
    return Result(fits: Self.ordered(found).map(\.fit), guessed: guessed, answers: answers)
  }

  /// The best first; of equal ones the newest, in which nothing is missing that came later.
  private static func ordered(_ found: [Int: FitMeasure]) -> [(place: Int, fit: TemplateFit)] {
    let explained = Set(found.values.flatMap(\.found))
    return found.map { (place: $0.key, fit: $0.value.fit(explained: explained)) }.sorted {
      $0.fit.score != $1.fit.score ? $0.fit.score > $1.fit.score : $0.place < $1.place
    }
  }

  /// The answers for all versions: recorded and given ones, those of a person, and perhaps the folder's name.
  private func answers(
    _ newest: String, _ given: [RenderingRequest.Given], _ rootVariable: String?
  ) async throws -> (RenderingRequest.Answers, guessed: [RenderingRequest.Given]) {
    let known = (try? ProjectRecord.read(in: project).state.answers) ?? .object([])
    var answers = RenderingRequest.Answers(recorded: known, given: given)
    if asks {
      answers.recorded = try await render(newest, answers, asks: true).answers
      answers.given = []
      return (answers, [])
    }
    let plain = try await render(newest, answers, asks: false)
    guard let rootVariable, known[rootVariable] == nil, let name = project.lastComponent?.string,
      !given.contains(where: { $0.key == rootVariable })
    else { return (answers, []) }
    // The project's folder has the name that the template gave it, if nobody renamed it.
    var named = answers
    named.given.append(.init(rootVariable, name))
    guard let other = try? await render(newest, named, asks: false) else { return (answers, []) }
    let scores = try [plain, other].map { rendering in
      try measured(.init(commit: newest, name: nil), "", answers, rendering)
    }
    let explained = Set(scores.flatMap(\.found))
    let isBetter =
      scores[1].fit(explained: explained).score > scores[0].fit(explained: explained).score
    return isBetter ? (named, Array(named.given.suffix(1))) : (answers, [])
  }

  /// Nil for a version that cannot be rendered with these answers: it is not the one.
  private func measure(
    _ commit: CommitSummary, _ answers: RenderingRequest.Answers
  ) async -> FitMeasure? {
    guard let rendering = try? await render(commit.id, answers, asks: false),
      let version = try? versions.version(commit.id)
    else { return nil }
    return try? measured(version, commit.subject, answers, rendering)
  }

  private func measured(
    _ version: TemplateVersions.Version, _ subject: String, _ answers: RenderingRequest.Answers,
    _ rendering: TemplateRendering
  ) throws -> FitMeasure {
    let tree = rendering.tree.filter { !Updater.isOwn($0) }
    return FitMeasure(
      version: version, subject: subject, answers: answers, rendering: tree,
      project: try ProjectSnapshot(of: Array(tree.files.keys), in: project))
  }

  private func render(
    _ commit: String, _ answers: RenderingRequest.Answers, asks: Bool
  ) async throws -> TemplateRendering {
    let checkout = try versions.checkOut(.init(commit: commit, name: nil))
    var request = RenderingRequest(
      side: asks || !answers.given.isEmpty ? .new : .old, template: checkout, address: address,
      directory: versions.directory, checkout: self.checkout, answers: answers.recorded,
      given: answers.given, asks: asks, folderName: project.lastComponent?.string ?? "")
    request.skipsTasks = true
    return try await renderer.render(request)
  }

  /// Records that the project was made from a version.
  package func link(_ fit: TemplateFit, _ result: Result) async throws {
    guard let commit = fit.version.commit else { return }
    let rendering = try await render(commit, result.answers, asks: false)
    try ScaffoldState(
      kind: kind, template: versions.recordedAddress, commit: commit, checkout: checkout,
      directory: versions.directory, answers: rendering.answers, files: rendering.tree.prints
    ).save(in: project)
  }

  /// The questions of the newest version, for a hint.
  package func questions() throws -> [String] {
    let checkout = try versions.checkOut(versions.version(checkout))
    return try TemplateQuestions.names(in: checkout.folder, kind)
  }
}

/// Whose rules a template's folder follows.
package enum TemplateKind {
  /// Copier's when it has a `copier.yml` and nothing of cookiecutter's.
  package static func of(_ folder: FilePath) -> ScaffoldState.Kind {
    isCopier(folder) && !TemplateFinder.isTemplate(folder) ? .copier : .cookiecutter
  }

  static func isTemplate(_ folder: FilePath) -> Bool {
    isCopier(folder) || TemplateFinder.isTemplate(folder)
  }

  private static func isCopier(_ folder: FilePath) -> Bool {
    ["copier.yml", "copier.yaml"].contains { FileSystem.isFile(folder.appending($0)) }
  }
}
