import Formats
import Platform
import SystemPackage

/// A project: a folder, what its `MLproject` says, and the environment that it runs in.
package struct Project: Sendable, Hashable {
  package let folder: FilePath
  package let manifest: Manifest
  package let environment: ProjectEnvironment

  package init(folder: FilePath, manifest: Manifest, environment: ProjectEnvironment) {
    self.folder = folder
    self.manifest = manifest
    self.environment = environment
  }

  /// Reads the project in a folder. Without an `MLproject`, in any case of its letters, it has no entry points and can
  /// still run scripts.
  ///
  /// - Throws: ``Failure`` when the folder is not there, its MLproject is wrong, or an environment file is missing.
  package static func load(_ folder: FilePath) throws -> Project {
    guard let status = try FileSystem.status(folder) else {
      throw Failure(
        .notFound, "there is no project folder `\(folder)`", hint: "give a folder or a git URL")
    }
    guard status.kind == .directory else {
      throw Failure(.notFound, "`\(folder)` is a file, not a project folder")
    }
    let names = try FileSystem.names(in: folder)
    let matches = names.filter { $0.lowercased() == "mlproject" }
    guard let name = matches.contains("MLproject") ? "MLproject" : matches.first else {
      return Project(
        folder: folder, manifest: Manifest(),
        environment: try ProjectEnvironment(nil, in: folder))
    }
    let file = folder.appending(name)
    let shown = try shortened(file)
    var manifest = try Manifest(
      parsing: try FileSystem.read(file, limit: YAMLLimits().bytes), file: shown)
    if matches.count > 1 {
      manifest.warnings.append(
        Warning(
          "there are \(matches.joined(separator: " and ")); \(name) is used",
          hint: "remove the others"))
    }
    let environment = try ProjectEnvironment(manifest.environment, in: folder)
    return Project(folder: folder, manifest: manifest, environment: environment)
  }

  /// The path as it is shown: relative when it is below the working directory.
  private static func shortened(_ path: FilePath) throws -> String {
    var rest = try FileSystem.absolute(path)
    let base = try FileSystem.workingDirectory()
    return rest.removePrefix(base) ? rest.string : path.string
  }
}

extension Project {
  /// The entry point of a name: one of the file's, or a script that the name points to.
  ///
  /// `X.py` runs with `python`, `X.sh` with the user's shell, `X.R` with MLflow's R package, as in MLflow.
  ///
  /// - Parameter shell: `$SHELL`.
  /// - Throws: ``Failure`` with the nearest name and the list of names.
  package func entryPoint(named name: String, shell: String? = nil) throws(Failure) -> EntryPoint {
    if let found = manifest.entryPoints.first(where: { $0.name == name }) { return found }
    if let command = Self.scriptCommand(name, shell: shell) {
      // Braces in the name are no placeholders.
      let escaped = command.unicodeScalars.map { $0 == "{" || $0 == "}" ? "\($0)\($0)" : "\($0)" }
      return EntryPoint(name: name, command: escaped.joined())
    }
    let names = manifest.entryPoints.map(\.name)
    let near = nearestName(to: name, among: names).map { "did you mean `\($0)`? " } ?? ""
    let list =
      names.isEmpty
      ? "this project has no entry points; name a script that ends in .py, .sh or .R"
      : "this project has: " + names.sorted().joined(separator: ", ")
    throw Failure(
      .notFound, "no entry point named `\(name)` in \(manifest.file ?? folder.string)",
      hint: near + list)
  }

  private static func scriptCommand(_ name: String, shell: String?) -> String? {
    let quoted = ShellWord.quoted(name)
    switch fileExtension(name) {
    case ".py": return "python \(quoted)"
    case ".sh": return "\(shell ?? "bash") \(quoted)"
    case ".R": return "Rscript -e \"mlflow::mlflow_source('\(quoted)')\" --args"
    default: return nil
    }
  }

  /// As Python's `os.path.splitext`: from the last point of the last component, leading points not counted.
  private static func fileExtension(_ name: String) -> String {
    let last = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).last
    let body = (last ?? name.utf8[...]).drop { $0 == UInt8(ascii: ".") }
    guard let point = body.lastIndex(of: UInt8(ascii: ".")) else { return "" }
    return String(decoding: body[point...], as: UTF8.self)
  }
}
