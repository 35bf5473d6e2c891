import Formats
import Platform
import Projects

/// A rule about what a project says of itself: its MLproject, its environment, its `.dvc` files.
struct ManifestCheck: ProjectCheck {
  private enum Kind: String, CaseIterable {
    case mlproject, environment, pointers, parameters
  }

  private let kind: Kind

  init(_ node: YAMLNode, _ options: RuleOptions) throws(ParseFailure) {
    let fields = try RuleFields(node, "`match`", known: ["check"])
    guard let kind = try fields.choice("check", Kind.self) else {
      throw node.failure("a rule about a project needs `check`")
    }
    self.kind = kind
  }

  func run(_ project: ProjectFiles, _ report: (ProjectFinding) -> Void) {
    if kind == .parameters {
      // The manifest may be as it was where the script is not.
      for path in project.paths where path == "MLproject" || path.hasSuffix("/MLproject") {
        ParameterLiterals.check(path, project, report)
      }
      return
    }
    for path in project.paths where project.checked.contains(path) {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      switch kind {
      case .mlproject where name == "MLproject": checkManifest(path, project, report)
      case .environment: EnvironmentPins.check(path, name, project, report)
      case .pointers where name.hasSuffix(".dvc") && name != ".dvc":
        PointerForm.check(path, project, report)
      default: continue
      }
    }
  }

  private func checkManifest(
    _ path: String, _ project: ProjectFiles, _ report: (ProjectFinding) -> Void
  ) {
    guard let bytes = project.read(path) else { return }
    func add(_ failure: Failure) {
      guard failure.details.isEmpty else { return failure.details.forEach(add) }
      report(
        ProjectFinding(
          nil, path, line: failure.location?.line, column: failure.location?.column,
          message: failure.message + (failure.hint.map { " (\($0))" } ?? "")))
    }
    let manifest: Manifest
    do { manifest = try Manifest(parsing: bytes, file: path) } catch { return add(error) }
    for warning in manifest.warnings {
      add(Failure(.parse, warning.message, hint: warning.hint, at: warning.location))
    }
    let folder = path.split(separator: "/").dropLast().map { $0 + "/" }.joined()
    switch manifest.environment {
    case .python(let file, let place), .conda(let file, let place):
      if project.read(folder + file) == nil {
        report(
          ProjectFinding(
            "environment", path, line: place.line, column: place.column, ["file": file]))
      }
    case .docker, nil: break
    }
    for entry in manifest.entryPoints { checkParameters(entry, path, report) }
  }

  /// `{name}` of a command are declared, and what is declared is used.
  private func checkParameters(
    _ entry: EntryPoint, _ path: String, _ report: (ProjectFinding) -> Void
  ) {
    var fields: [String] = []
    guard let command = entry.command,
      (try? PythonFormat.pieces(
        of: command,
        value: { name in
          fields.append(name)
          return ""
        })) != nil
    else { return }
    let place = entry.commandLocation ?? entry.location
    for name in fields where !entry.parameters.contains(where: { $0.name == name }) {
      report(
        ProjectFinding(
          "undeclared", path, line: place?.line, column: place?.column,
          ["name": name, "entry": entry.name]))
    }
    for parameter in entry.parameters where !fields.contains(parameter.name) {
      report(
        ProjectFinding(
          "unused", path, line: entry.location?.line, column: entry.location?.column,
          ["name": parameter.name, "entry": entry.name]))
    }
  }
}
