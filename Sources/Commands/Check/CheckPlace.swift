import Checks
import Git
import Platform
import SystemPackage

/// The project that is checked: its root, its git repository, its settings and rules.
struct CheckPlace {
  let place: Place
  /// Where paths of findings begin.
  let root: FilePath
  let git: Repository?
  let settings: ConventionSettings

  /// - Throws: ``Failure`` with the place of what is wrong in the project's settings.
  init(_ global: GlobalOptions) throws {
    place = try Place(global)
    git = try Repository.discover(from: place.folder)
    let top = git?.workTree.flatMap(FileSystem.realPath)
    root = Self.root(above: place.folder, top: top)
    settings = try ConventionSettings(of: root)
  }

  /// The nearest folder that says what a project is, within its repository; else the repository, else where we are.
  private static func root(above folder: FilePath, top: FilePath?) -> FilePath {
    let start = FileSystem.realPath(folder) ?? folder
    var step = start
    while true {
      let marks = ["reprise.yml", "MLproject", "pyproject.toml"]
      if marks.contains(where: { FileSystem.isFile(step.appending($0)) }) { return step }
      if step == top || step.removingLastComponent() == step { break }
      step.removeLastComponent()
    }
    return top ?? start
  }

  func library(withExamples: Bool = false) throws -> RuleLibrary {
    let shared = try SharedFiles.folder(variables: place.variables)
    return try RuleLibrary(
      [
        (shared.appending("lint-rules"), "lint-rules"),
        (root.appending(".reprise/rules"), ".reprise/rules"),
      ]
        + (root == FileSystem.realPath(shared)
          ? [] : [(root.appending("lint-rules"), "lint-rules")]),
      shipped: shared.appending("lint-rules"), withExamples: withExamples)
  }

  /// A path as a person wrote it, from the project's root.
  func relative(_ path: String) throws -> FilePath {
    let full = try FileSystem.absolute(FilePath(path), in: place.folder).lexicallyNormalized()
    var resolved = FileSystem.realPath(full) ?? full
    guard resolved == root || resolved.removePrefix(root) else {
      throw Failure(.invalid, "`\(path)` is not in the project `\(root)`")
    }
    return resolved == root ? FilePath() : resolved
  }

  /// The language of messages: what is asked for, else that of the environment.
  func language(_ wanted: MessageLanguage?) -> MessageLanguage {
    wanted ?? MessageLanguage(of: place.variables)
  }
}

extension MessageLanguage {
  /// As the locale of an environment has it.
  init(of variables: [String: String]) {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { variables[$0] }
      .first { !$0.isEmpty }
    self = locale?.hasPrefix("ko") == true ? .korean : .english
  }
}
