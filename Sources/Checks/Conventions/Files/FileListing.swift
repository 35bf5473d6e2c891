import Git
import Platform
import SystemPackage

/// The files of a project that are looked at.
package struct FileListing {
  private let root: FilePath
  private let git: Repository?
  private let excluded: PathPatterns

  /// Folders that hold nothing of a person's own making.
  private static let foreign = [
    ".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".reprise", ".dvc",
    ".tox", ".nox", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".ipynb_checkpoints", ".eggs",
    "__pypackages__", "site-packages", "mlruns", ".build",
  ]

  /// - Parameters:
  ///   - root: of the project.
  ///   - git: its repository; nil when it has none, or what git ignores is wanted too.
  ///   - exclude: patterns as `.gitignore` has them.
  package init(_ root: FilePath, git: Repository?, exclude: [String]) {
    self.root = root
    self.git = git
    excluded = PathPatterns(exclude)
  }

  /// The files at and below paths, in the order of their paths' bytes, each once.
  ///
  /// What is named itself is looked at even where git ignores it.
  ///
  /// - Parameter paths: from the project's root; the empty one is all of it.
  /// - Throws: ``Failure`` with `.notFound` for a path that is not there.
  package func files(_ paths: [FilePath]) throws -> [String] {
    var found: Set<String> = []
    var folders: [FilePath] = []
    for path in paths {
      let full = root.pushing(path)
      guard let kind = try FileSystem.status(full)?.kind else {
        throw Failure(.notFound, "there is no `\(path)`")
      }
      if kind == .directory {
        folders.append(path)
      } else {
        found.insert(path.string)
      }
    }
    if !folders.isEmpty {
      for path in try known() where folders.contains(where: { FilePath(path).starts(with: $0) }) {
        guard !isForeign(path), !excluded.matches(Array(path.utf8)),
          // What a link leads to is looked at where it stands, or is none of ours.
          try FileSystem.linkStatus(root.pushing(FilePath(path)))?.kind == .file
        else { continue }
        found.insert(path)
      }
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether a path is left out, of a list that git made.
  package func isLeftOut(_ path: String) -> Bool {
    isForeign(path) || excluded.matches(Array(path.utf8))
  }

  /// Whether a folder could hold files that are looked at: it is not left out, and git does not ignore it.
  package func mayHoldFiles(_ folder: FilePath) -> Bool {
    guard !isLeftOut(folder.appending("x").string) else { return false }
    guard let git, let top = git.workTree.flatMap(FileSystem.realPath),
      var base = FileSystem.realPath(root), base.removePrefix(top)
    else { return true }
    let path = base.pushing(folder).string + "/"
    return (try? git.isIgnored(Array(path.utf8))) != true
  }

  private func isForeign(_ path: String) -> Bool {
    path.split(separator: "/").dropLast().contains { part in Self.foreign.contains { $0 == part } }
  }

  /// All files, by git where there is one.
  private func known() throws -> [String] {
    if let git, let top = git.workTree.flatMap(FileSystem.realPath),
      let here = FileSystem.realPath(root)
    {
      var base = here
      guard base.removePrefix(top) else { return try walked() }
      let prefix = base.isEmpty ? [] : Array(base.string.utf8) + [UInt8(ascii: "/")]
      return try git.workTreeFiles().compactMap { path in
        guard path.starts(with: prefix) else { return nil }
        // A name that is not UTF-8 cannot be shown; `layout.file-names` would only say so.
        return String(validating: path.dropFirst(prefix.count), as: UTF8.self)
      }
    }
    return try walked()
  }

  private func walked() throws -> [String] {
    var found: [String] = []
    func walk(_ folder: FilePath, depth: Int) throws {
      guard depth < 200 else { return }
      for component in try FileSystem.components(in: root.pushing(folder)) {
        let path = folder.appending(component)
        switch try FileSystem.linkStatus(root.pushing(path))?.kind {
        case .directory where !Self.foreign.contains(component.string):
          try walk(path, depth: depth + 1)
        case .file: found.append(path.string)
        default: continue
        }
      }
    }
    try walk(FilePath(), depth: 0)
    return found
  }
}
