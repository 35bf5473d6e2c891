import Formats
import Platform
import Records
import SystemPackage

/// Finds or builds the interpreter and the packages that a run had.
struct ReplayEnvironment {
  let origin: ReplayOrigin
  let options: ReplayOptions
  /// The project's folder in the clean place.
  let project: FilePath
  let announce: @Sendable (String) -> Void

  /// How the replay gets its environment.
  struct Choice {
    var variables: [String: String]
    var manager: EnvironmentManager
    var specification: EnvironmentSpecification?
    var problems: [ReplayProblem] = []
  }

  /// - Parameters:
  ///   - plan: as the project itself would run.
  ///   - variables: of the replay.
  /// - Throws: ``Failure`` when the recorded packages cannot be installed.
  func choose(
    _ plan: RunPlan, _ variables: [String: String], builds: Bool
  ) async throws -> Choice {
    var choice = Choice(
      variables: variables, manager: plan.manager, specification: plan.environment)
    choice.problems = machine()
    guard plan.isProgram, let recorded = origin.run.environment?["python"],
      let packages = recorded["packages"]?.array?.compactMap(\.string)
    else { return choice }
    let version = recorded["version"]?.string ?? ""
    let wanted = Wanted(version: version, packages: packages)
    if let found = beside(recorded, wanted, plan, variables) {
      choice.variables = found
      return choice
    }
    let present = try await present(plan, variables, builds)
    if let present, wanted.isMet(by: present) { return choice }
    if options.usesCurrentEnvironment || plan.manager == .conda {
      choice.problems.append(difference(wanted, present))
      return choice
    }
    choice.problems.append(
      ReplayProblem(
        .environment,
        "the recorded packages are not here: they are installed anew from the record "
          + "(\(packages.count) packages, Python \(version))",
        advice: "--env current plays with what is here", isBlocking: false))
    choice.manager = plan.manager == .uv ? .uv : .virtualenv
    choice.specification = wanted.specification(origin.run)
    if builds, let specification = choice.specification {
      try await build(specification, choice.manager, variables)
    }
    return choice
  }

  /// Python and packages as they were.
  private struct Wanted {
    var version: String
    var packages: [String]

    func isMet(by python: PythonInterpreter) -> Bool {
      python.version == version && python.packages == packages
    }

    /// What the record names, and nothing that a resolver would choose.
    func specification(_ run: Run) -> EnvironmentSpecification {
      let tools = ["pip==", "setuptools==", "wheel=="]
      let isTool = { (package: String) in tools.contains { package.hasPrefix($0) } }
      return EnvironmentSpecification(
        file: FilePath("the record of \(run.id.hex.prefix(8))"), python: version,
        buildDependencies: packages.filter(isTool),
        dependencies: packages.filter { !isTool($0) })
    }
  }

  /// The recorded interpreter, when it is still where it was and holds what it held.
  private func beside(
    _ recorded: JSONValue, _ wanted: Wanted, _ plan: RunPlan, _ variables: [String: String]
  ) -> [String: String]? {
    guard plan.manager == .local, let text = recorded["executable"]?.string else { return nil }
    let program = FilePath(text)
    guard let python = PythonInterpreter(at: program, variables, in: project),
      wanted.isMet(by: python)
    else { return nil }
    if PythonInterpreter.find(variables, in: project)?.executable == program { return variables }
    var changed = variables
    let folder = program.removingLastComponent().string
    changed["PATH"] = folder + ":" + (variables["PATH"] ?? "/usr/bin:/bin")
    return changed
  }

  /// What the project's own environment gives now.
  private func present(
    _ plan: RunPlan, _ variables: [String: String], _ builds: Bool
  ) async throws -> PythonInterpreter? {
    guard let specification = plan.environment else {
      return PythonInterpreter.find(variables, in: project)
    }
    guard builds else { return nil }
    let builder = EnvironmentBuilder(folder: project, variables: variables, announce: announce)
    // One that cannot be built any more may still be, from the versions that it had.
    guard let entered = try? await builder.prepare(specification, with: plan.manager) else {
      return nil
    }
    return PythonInterpreter.find(entered, in: project)
  }

  private func build(
    _ specification: EnvironmentSpecification, _ manager: EnvironmentManager,
    _ variables: [String: String]
  ) async throws {
    let builder = EnvironmentBuilder(folder: project, variables: variables, announce: announce)
    do { _ = try await builder.prepare(specification, with: manager) } catch var failure as Failure
    {
      failure.message = "the recorded packages cannot be installed here: " + failure.message
      let nearest = NearestVersion(failure.cause ?? "")?.advice.map { $0 + "; " } ?? ""
      failure.hint = nearest + "--env current plays with the packages of this machine"
      throw failure
    }
  }

  private func difference(_ wanted: Wanted, _ present: PythonInterpreter?) -> ReplayProblem {
    guard let present else {
      return ReplayProblem(
        .environment, "there is no Python here; the run had \(wanted.version)", isBlocking: false)
    }
    let (was, isNow) = (Set(wanted.packages), Set(present.packages))
    let changed = was.symmetricDifference(isNow).sorted()
    let shown = changed.prefix(4).map { was.contains($0) ? "was \($0)" : "is \($0)" }
    let python =
      wanted.version == present.version ? "" : "Python \(present.version), was \(wanted.version); "
    return ReplayProblem(
      .environment,
      "other packages: \(python)\(shown.joined(separator: ", "))"
        + (changed.count > 4 ? " and \(changed.count - 4) more" : ""),
      advice: "without `--env current` the recorded ones are installed", isBlocking: false)
  }

  /// Another processor or system may compute other last digits.
  private func machine() -> [ReplayProblem] {
    let now = EnvironmentRecord(
      manager: "", python: nil, environment: [:], ownVariables: []
    ).json
    return [("cpu", "model", "processor"), ("system", "name", "system")].compactMap {
      key, name, word in
      guard let was = origin.run.environment?[key]?[name]?.string,
        let isNow = now[key]?[name]?.string, was != isNow
      else { return nil }
      return ReplayProblem(
        .environment, "another \(word): \(isNow), was \(was)",
        advice: "last digits of numbers may differ", isBlocking: false)
    }
  }
}
