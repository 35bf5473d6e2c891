import Checks
import Git
import Platform
import SystemPackage

/// The notebooks that a command line names: files, and those in folders that git does not ignore.
struct NotebookPaths {
  struct Item: Sendable {
    /// As it is shown: with the folder as it was named.
    var name: String
    var path: FilePath
  }

  /// Each once, in the order of the words; those of a folder by their names.
  private(set) var items: [Item] = []

  /// - Parameter words: all of the project when there are none.
  /// - Throws: ``Failure``: nothing is there, it is no notebook, or a folder has none.
  init(_ words: [String], in project: CheckPlace) throws {
    var seen: Set<FilePath> = []
    for word in words.isEmpty ? [""] : words {
      let found =
        try word.isEmpty
        ? Self.inside(project.root, "", project) : Self.named(word, project)
      if found.isEmpty {
        throw Failure(
          .notFound, "there is no notebook in `\(word.isEmpty ? project.root.string : word)`",
          hint: "name a file, or a folder with files `*.ipynb` that git does not ignore")
      }
      for item in found where seen.insert(FileSystem.realPath(item.path) ?? item.path).inserted {
        items.append(item)
      }
    }
  }

  private static func named(_ word: String, _ project: CheckPlace) throws -> [Item] {
    let path = try FileSystem.absolute(FilePath(word), in: project.place.folder)
    switch try FileSystem.status(path)?.kind {
    case nil: throw Failure(.notFound, "there is no `\(word)`")
    case .directory: return try inside(path, word, project)
    default:
      guard word.hasSuffix(".ipynb") else {
        throw Failure(
          .invalid, "`\(word)` is no notebook: its name does not end in .ipynb")
      }
      return [Item(name: word, path: path)]
    }
  }

  private static func inside(
    _ folder: FilePath, _ word: String, _ project: CheckPlace
  ) throws -> [Item] {
    let folder = FileSystem.realPath(folder) ?? folder
    var (root, git, exclude) = (folder, project.git, [String]())
    var below = folder
    if below == project.root || below.removePrefix(project.root) {
      (root, exclude) = (project.root, project.settings.exclude)
      if folder == root { below = FilePath() }
    } else {
      below = FilePath()
      git = try Repository.discover(from: folder)
    }
    let prefix = below.isEmpty ? "" : below.string + "/"
    return try FileListing(root, git: git, exclude: exclude).files([below])
      .filter { $0.hasSuffix(".ipynb") && $0.hasPrefix(prefix) }
      .map { path in
        let rest = FilePath(String(path.dropFirst(prefix.count)))
        let name = FilePath(word).lexicallyNormalized().pushing(rest)
        return Item(name: name.string, path: folder.pushing(rest))
      }
  }
}
