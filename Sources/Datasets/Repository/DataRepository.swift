import Git
import Platform
import SystemPackage

/// A project whose data is versioned: the folder with `.dvc`, and the git repository that it is in.
package struct DataRepository {
  /// The folder that holds `.dvc`, links resolved.
  package let root: FilePath
  package let settings: DataSettings
  package let cache: ObjectCache
  /// Nil where there is no git.
  package let git: Repository?
  /// The root from the top of git's trees, with slashes; empty when it is the top. Nil without a work tree or another's
  /// commit to read.
  let folderInGit: [UInt8]?

  /// The project that a folder is in; nil when it is in none.
  package static func find(
    from folder: FilePath, variables: [String: String]
  ) throws -> DataRepository? {
    guard var root = FileSystem.realPath(folder) else { return nil }
    while !FileSystem.isDirectory(root.appending(".dvc")) {
      guard root.removeLastComponent() else { return nil }
    }
    return try DataRepository(root: root, variables: variables)
  }

  init(root: FilePath, variables: [String: String]) throws {
    self.root = root
    settings = try DataSettings(project: root, variables: variables)
    let folder: FilePath
    if let setting = settings["cache", "dir"] {
      folder = Self.path(setting)
    } else {
      folder = root.pushing(".dvc/cache")
    }
    cache = ObjectCache(folder, isShared: settings["cache", "shared"]?.value == "group")
    git = try Repository.discover(from: root)
    var below = root
    if let top = git?.workTree.flatMap(FileSystem.realPath), below.removePrefix(top) {
      folderInGit = Array(below.string.utf8)
    } else {
      folderInGit = nil
    }
  }

  /// A project as the commits of a repository have it, which need not be checked out anywhere.
  init(
    root: FilePath, settings: DataSettings, cache: ObjectCache, git: Repository,
    folderInGit: [UInt8]
  ) {
    self.root = root
    self.settings = settings
    self.cache = cache
    self.git = git
    self.folderInGit = folderInGit
  }

  /// The same project with its contents kept elsewhere.
  package func keeping(in cache: ObjectCache, at root: FilePath) throws -> DataRepository {
    guard let git, let folderInGit else {
      throw Failure(.notFound, "`\(self.root)` is in no git repository")
    }
    return DataRepository(
      root: root, settings: settings, cache: cache, git: git, folderInGit: folderInGit)
  }

  /// A path of a setting, which starts from the folder of its file.
  static func path(_ setting: DataSettings.Setting) -> FilePath {
    setting.file.removingLastComponent().pushing(FilePath(setting.value)).lexicallyNormalized()
  }

  /// The project that a folder is in, made at the top of its git repository when there is none.
  ///
  /// - Returns: whether it was made, too.
  /// - Throws: ``Failure`` with `.notFound` outside of any git repository.
  package static func findOrSetUp(
    from folder: FilePath, variables: [String: String]
  ) throws -> (DataRepository, isNew: Bool) {
    if let found = try find(from: folder, variables: variables) { return (found, false) }
    guard let top = try Repository.discover(from: folder)?.workTree.flatMap(FileSystem.realPath)
    else {
      throw Failure(
        .notFound, "`\(folder)` is in no git repository, which versions of data are noted in",
        hint: "git init")
    }
    let own = top.appending(".dvc")
    try FileSystem.createDirectory(own)
    for (name, text) in [(".gitignore", "/config.local\n/tmp\n/cache\n"), ("config", "")]
    where !FileSystem.exists(own.appending(name)) {
      try FileSystem.write(text, to: own.appending(name))
    }
    let ignore = top.appending(".dvcignore")
    if !FileSystem.exists(ignore) {
      try FileSystem.write(
        "# Files that are no data, one pattern a line as in .gitignore.\n", to: ignore)
    }
    return (try DataRepository(root: top, variables: variables), true)
  }

  /// What this program keeps for itself; git and DVC leave it alone.
  package var stateFolder: FilePath { root.pushing(".dvc/tmp/reprise") }

  /// Where the stat cache of a tracked path is.
  func statFile(_ path: FilePath) -> FilePath {
    stateFolder.appending("stat").appending(MD5.digest(of: Array(path.string.utf8)).hex)
  }

  /// A path from the root; nil when it is not below it. Paths are compared by their bytes: two that a person cannot tell
  /// apart may be two files.
  package func relative(_ path: FilePath) -> FilePath? {
    var rest = path.lexicallyNormalized()
    guard rest.removePrefix(root), !rest.isEmpty else { return nil }
    return rest
  }

  /// Keeps other writers of pointers out, DVC included, until the value's scope ends.
  ///
  /// - Throws: ``Failure`` with `.locked` after ten seconds.
  package func lock() throws -> DataLock { try DataLock(root.pushing(".dvc/tmp")) }
}
