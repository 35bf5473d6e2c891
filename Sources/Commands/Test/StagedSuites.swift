import Checks
import Datasets
import Git
import Platform
import SystemPackage

/// Which suites a commit touches: their own files, the tables that git keeps, and the pointers of versioned ones.
struct StagedSuites {
  private let root: FilePath
  private let staged: [FilePath: StagedFile]
  private let git: Repository
  private let tracked: [(path: FilePath, pointer: FilePath)]

  /// - Throws: ``Failure`` where there is no git repository.
  init(root: FilePath, variables: [String: String]) throws {
    self.root = FileSystem.realPath(root) ?? root
    guard let git = try Repository.discover(from: root), let top = git.workTree,
      let workTree = FileSystem.realPath(top)
    else {
      throw Failure(
        .notFound, "`\(root)` is in no git repository",
        hint: "leave `--staged` out, or start one: git init")
    }
    self.git = git
    var staged: [FilePath: StagedFile] = [:]
    for file in try git.stagedChanges() {
      let path = String(decoding: file.path, as: UTF8.self)
      staged[workTree.pushing(FilePath(path)).lexicallyNormalized()] = file
    }
    self.staged = staged
    var tracked: [(FilePath, FilePath)] = []
    if let repository = try DataRepository.find(from: root, variables: variables) {
      let top = FileSystem.realPath(repository.root) ?? repository.root
      for one in try DataVersion(repository).paths {
        tracked.append((top.pushing(one.path), top.pushing(one.pointer)))
      }
    }
    self.tracked = tracked
  }

  /// Those that the commit touches, as it has them.
  func touched(_ files: [TestProject.File]) throws -> [TestProject.File] {
    try files.compactMap { file in
      var file = file
      if let own = staged[FileSystem.realPath(file.path) ?? file.path] {
        file.staged = try git.content(of: own)
        return file
      }
      return isTouched(file) ? file : nil
    }
  }

  /// A suite that cannot be read is not touched: whoever changed it has heard of it.
  private func isTouched(_ file: TestProject.File) -> Bool {
    let tables: [TableReference]
    var paths: [String] = []
    if file.isOfModel {
      guard let suite = try? ModelSuite(reading: file.path, shownAs: file.name) else {
        return false
      }
      tables = [suite.data, suite.train, suite.served?.table].compactMap(\.self)
      for predictor in [suite.model, suite.champion].compactMap(\.self) {
        switch predictor.place {
        case .file(let path): paths.append(path)
        case .predictions(let table, _):
          if case .path(let path) = table.place { paths.append(path) }
        case .run, .command, .http: break
        }
      }
    } else {
      guard let suite = try? DataSuite(reading: file.path, shownAs: file.name) else { return false }
      tables = suite.tables
    }
    for table in tables {
      // A recorded version and an artifact stay as they are.
      if case .path(let path) = table.place { paths.append(path) }
    }
    return paths.contains { isTouched($0) }
  }

  private func isTouched(_ text: String) -> Bool {
    let name = text.lastIndex(of: "#").map { String(text[..<$0]) } ?? text
    return [text, name].contains { name in
      let path = root.pushing(FilePath(name)).lexicallyNormalized()
      if staged[path] != nil || staged.keys.contains(where: { $0.starts(with: path) }) {
        return true
      }
      if tracked.contains(where: { one in
        (path.starts(with: one.path) || one.path.starts(with: path)) && staged[one.pointer] != nil
      }) {
        return true
      }
      return Self.isPattern(name) && isTouched(below: name)
    }
  }

  private static func isPattern(_ text: String) -> Bool { text.contains { "*?[".contains($0) } }

  /// Whether anything changes in the folder in which a pattern of names begins. The project's own folder may be called like a
  /// pattern.
  private func isTouched(below pattern: String) -> Bool {
    var beginning = FilePath(pattern)
    while Self.isPattern(beginning.string) { beginning.removeLastComponent() }
    let folder = root.pushing(beginning).lexicallyNormalized()
    return staged.keys.contains { $0.starts(with: folder) }
      || tracked.contains { $0.path.starts(with: folder) && staged[$0.pointer] != nil }
  }
}
