import Formats
import Platform
import SystemPackage

/// What git is told to do with notebooks: strip what is staged, compare and merge cell by cell.
package struct NotebookDrivers {
  /// Where the settings go.
  package enum Scope: String, Sendable {
    case local, global, system
  }

  /// The name of the filter, the diff driver and the merge driver.
  package static let name = "reprise-notebook"

  private let git: GitProgram
  private let scope: Scope
  private let program: String
  private let attributes: NotebookAttributes

  /// - Parameters:
  ///   - program: what git calls.
  ///   - file: the file of attributes; nil takes `.gitattributes` at the top of the work tree, or git's own of the scope.
  package init(
    _ git: GitProgram, scope: Scope, program: FilePath, file: FilePath?, in folder: FilePath,
    variables: [String: String]
  ) throws {
    self.git = git
    self.scope = scope
    self.program = ShellWord.quoted(program.string)
    let top = try git.output(["rev-parse", "--show-toplevel"]).map { FilePath($0) }
    if scope == .local, top == nil {
      throw Failure(
        .notFound, "`\(folder)` is in no work tree of git", hint: "git init, or --global")
    }
    var path = file
    if path == nil, scope != .local {
      let named = try git.output([
        "config", "--\(scope.rawValue)", "--type=path", "core.attributesFile",
      ])
      let configuration =
        variables["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : FilePath($0) }
        ?? FilePath(variables["HOME"] ?? "/root").appending(".config")
      path =
        named.map { FilePath($0) }
        ?? (scope == .global
          ? configuration.appending("git").appending("attributes") : "/etc/gitattributes")
    }
    var others: [FilePath] = []
    if scope == .local, let info = try git.output(["rev-parse", "--git-path", "info/attributes"]) {
      others.append(try FileSystem.absolute(FilePath(info), in: folder))
    }
    attributes = NotebookAttributes(
      path ?? (top ?? folder).appending(".gitattributes"), others: others)
  }

  private var settings: [(key: String, value: String)] {
    let name = Self.name
    return [
      ("filter.\(name).clean", "\(program) notebook strip"),
      ("filter.\(name).smudge", "cat"),
      ("filter.\(name).required", "true"),
      ("diff.\(name).command", "\(program) notebook diff --driver"),
      // For `git log -p` and `git show`, which call no command.
      ("diff.\(name).textconv", "\(program) notebook strip -t"),
      ("merge.\(name).name", "notebooks, cell by cell"),
      ("merge.\(name).driver", "\(program) notebook merge --driver %O %A %B %L %P"),
    ]
  }

  /// Installs all of it.
  ///
  /// - Returns: what was done, for a person: a line each.
  package func install() throws -> [String] {
    var said: [String] = []
    for (key, value) in settings
    where try git.output(["config", "--\(scope.rawValue)", key]) != value {
      try git.run(["config", "--\(scope.rawValue)", key, value])
      said.append("set \(key)")
    }
    return try said + attributes.install()
  }

  /// Takes all of it away; what another tool had comes back.
  package func uninstall() throws -> [String] {
    var said: [String] = []
    for section in ["filter", "diff", "merge"] {
      let name = "\(section).\(Self.name)"
      if try git.output(["config", "--\(scope.rawValue)", "--remove-section", name]) != nil {
        said.append("removed \(name)")
      }
    }
    return try said + attributes.uninstall()
  }

  /// What of it is in place.
  package struct Status: Sendable {
    package var settings: [(key: String, value: String)]
    package var attributes: [(file: String, line: String)]
    package var isInstalled: Bool
    /// Lines of attributes that have other tools look at notebooks.
    package var others: [(file: String, line: String)]
  }

  package func status() throws -> Status {
    var found: [(key: String, value: String)] = []
    for (key, _) in settings {
      if let value = try git.output(["config", key]) { found.append((key, value)) }
    }
    let lines = try attributes.lines()
    return Status(
      settings: found, attributes: lines.ours,
      isInstalled: found.count == settings.count && !lines.ours.isEmpty, others: lines.others)
  }
}
