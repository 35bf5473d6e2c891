import Formats
import Platform
import Projects
import Records
import SystemPackage

/// Makes everything ready for a replay.
struct ReplayPreparation {
  let origin: ReplayOrigin
  let options: ReplayOptions
  let data: (any DataSupply)?
  let versions: (any DataVersions)?
  let announce: @Sendable (String) -> Void

  /// - Parameters:
  ///   - place: an empty folder.
  ///   - builds: whether an environment is built, which may take minutes.
  func prepare(in place: FilePath, builds: Bool) async throws -> ReplayPlan {
    let top = place.appending("code")
    var problems = try ReplayCode(origin: origin, options: options, announce: announce)
      .make(in: top)
    let project = top.pushing(FilePath(origin.recipe.project)).lexicallyNormalized()
    guard RunPlan.resolved(project).starts(with: RunPlan.resolved(top)) else {
      throw Failure(
        .invalid, "the project's folder `\(origin.recipe.project)` is outside of its repository")
    }
    guard FileSystem.isDirectory(project) else {
      throw Failure(
        .notFound, "the code has no folder `\(origin.recipe.project)`, in which the project was")
    }
    problems += try inputs(in: project, top)
    guard !problems.contains(where: \.isBlocking) else { return plan(nil, project, problems) }
    var run = try RunPlan(
      request(top, project), source: source(project), data: versions)
    try placeModel(&run, place)
    let variables = ReplayVariables(origin: origin, moved: (originalTop(), top)).values(
      over: options.variables)
    let choice = try await ReplayEnvironment(
      origin: origin, options: options, project: project, announce: announce
    ).choose(run, variables, builds: builds)
    run.variables = choice.variables
    (run.manager, run.environment) = (choice.manager, choice.specification)
    return plan(run, project, problems + choice.problems)
  }

  private func plan(
    _ run: RunPlan?, _ project: FilePath, _ problems: [ReplayProblem]
  ) -> ReplayPlan {
    let sorted = problems.filter(\.isBlocking) + problems.filter { !$0.isBlocking }
    return ReplayPlan(origin: origin, run: run, project: project, problems: sorted)
  }

  /// Data and code may be of different states: then the data's state is made beside the code, and its inputs are taken over.
  private func inputs(in project: FilePath, _ top: FilePath) throws -> [ReplayProblem] {
    let inputs = ReplayInputs(origin: origin, top: top, project: project, data: data)
    guard options.data != options.code else {
      guard case .named = options.data else { return try inputs.bring() }
      try inputs.bringOwn()
      return []
    }
    let beside = top.removingLastComponent().appending("data")
    var other = options
    other.code = options.data
    let made = ReplayInputs(
      origin: origin, top: beside,
      project: beside.pushing(FilePath(origin.recipe.project)).lexicallyNormalized(), data: data)
    var problems: [ReplayProblem] = []
    switch options.data {
    case .named(let revision):
      _ = try ReplayCode(origin: origin, options: other, announce: announce).make(in: beside)
      try made.bringOwn()
      try made.hand(over: inputs, from: "`\(revision)`")
    case .recorded:
      // Without the recorded code what it kept may still be elsewhere.
      do {
        _ = try ReplayCode(origin: origin, options: other, announce: announce).make(in: beside)
      } catch let failure as Failure where failure.code != .interrupted {
        return try inputs.bring()
      }
      problems = try made.bring()
      if !problems.contains(where: \.isBlocking) {
        try made.hand(over: inputs, from: "the recorded code")
      }
    }
    return problems
  }

  /// The top of the repository that the run was started in.
  private func originalTop() -> FilePath? {
    (origin.source ?? origin.folders.first).map { FileSystem.realPath($0) ?? $0 }
  }

  private func source(_ project: FilePath) throws -> ProjectSource {
    let name = origin.run.sourceName ?? project.string
    guard let trainer = origin.recipe.trainer else {
      return try .folder(project, named: name)
    }
    var entry = EntryPoint(name: origin.run.entryPoint ?? "train", trainer: trainer)
    entry.settings = origin.recipe.settings
    return try .folder(project, with: entry, named: name)
  }

  private func request(_ top: FilePath, _ project: FilePath) -> RunRequest {
    let run = origin.run
    // Defaults are those of the code, unless that is another one or says none.
    let takesAll = options.code != .recorded || origin.recipe.trainer != nil
    var parameters = run.params.compactMap { param -> GivenParameter? in
      let value = param.given ?? (takesAll ? param.value : nil)
      return value.map { GivenParameter(param.key, $0) }
    }
    for given in options.parameters {
      parameters.removeAll { $0.name == given.name }
      parameters.append(given)
    }
    let timeout = origin.recipe.timeout.map { Duration.milliseconds($0) }
    let manager = run.environment?["manager"]?.string.flatMap(EnvironmentManager.init(rawValue:))
    return RunRequest(
      uri: project.string, entryPoint: run.entryPoint ?? "main", parameters: parameters,
      environmentManager: origin.recipe.trainer == nil ? manager : nil, timeout: timeout,
      variables: options.variables,
      workingFolder: origin.recipe.workingFolder.map { top.pushing(FilePath($0)) } ?? project)
  }

  /// The model file of `reprise train --model` goes below the clean place, wherever the original one went.
  private func placeModel(_ run: inout RunPlan, _ place: FilePath) throws {
    guard let declared = origin.recipe.modelFile else { return }
    let path = FilePath(declared)
    let inside = run.workingFolder.pushing(path).lexicallyNormalized()
    let file =
      inside.starts(with: place)
      ? inside : place.appending("model").appending(path.lastComponent ?? "model")
    try FileSystem.createDirectory(file.removingLastComponent())
    run.modelFile = file
    run.outputs.append(PlannedFile(declared: declared, path: file))
  }
}
