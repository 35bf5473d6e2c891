import CGit2
import Glibc
import Platform
import SystemPackage

extension Repository {
  /// How deep submodules may stand in each other.
  private static let deepestSubmodule = 32

  /// Checks a commit out into a folder of its own; nothing of this repository changes, and nothing in it knows of the
  /// folder.
  ///
  /// The folder is a repository whose HEAD is detached at the commit and whose objects stay in this one, so it needs it to
  /// remain; `git status` finds it clean and reads no file for that. Files stand as git would check them out: line ends
  /// and filters by attributes. Content of git-lfs is taken from this machine's store, and of submodules from what was
  /// fetched for them: what is not there is listed in the result, and nothing comes over the network.
  ///
  /// - Parameters:
  ///   - commit: 40 hexadecimal digits, or any other name of a commit.
  ///   - folder: not there, or empty; outside of this repository. What a failed call leaves in it is the caller's to remove.
  ///   - isStopped: is asked now and then; `CancellationError` is thrown when it says so.
  /// - Throws: ``Failure``: `.notFound` when the commit or a part of its tree is not here, `.invalid` for a folder inside
  ///   of the repository, `.conflict` for one that is not empty, `.corrupt` when the tree holds a path that would lead out.
  package func checkOut(
    commit: String, into folder: FilePath, isStopped: @escaping @Sendable () -> Bool = { false }
  ) throws -> LocalCheckout {
    let target = try FileSystem.absolute(folder)
    try FileSystem.createDirectory(target)
    guard let real = FileSystem.realPath(target) else {
      throw Failure(errno: errno, "open", target)
    }
    guard try FileSystem.components(in: real).isEmpty else {
      throw Failure(.conflict, "cannot check out into `\(target)`: it is not empty")
    }
    let own = [gitDirectory, commonDirectory].compactMap(FileSystem.realPath) + workTrees()
    guard !own.contains(where: real.starts(with:)) else {
      throw Failure(
        .invalid, "cannot check out into `\(target)`: it lies in the repository itself")
    }
    return try checkOut(resolve(commit), real, depth: 0, isStopped)
  }

  private func checkOut(
    _ commit: String, _ folder: FilePath, depth: Int, _ isStopped: @escaping @Sendable () -> Bool
  ) throws -> LocalCheckout {
    let files = try files(at: commit)
    for file in files where !TreePath.isSafe(file.path) || file.isLinkedModules {
      throw Failure(
        .corrupt,
        "the commit \(commit.prefix(12)) holds the path `\(String(decoding: file.path, as: UTF8.self))`, which leads out of the work tree"
      )
    }
    let made = try BorrowingRepository(lender: self, commit: commit).make(in: folder)
    let writer = try CheckoutWriter(
      folder: folder, files: files, stores: LargeFileStore(self),
      hasLinks: settings.bool("core.symlinks") ?? true,
      hasFilters: made.mayFilter || files.contains { $0.path.hasName(".gitattributes") },
      isStopped: isStopped)
    let outcomes = try writer.write()
    try SnapshotWriter.writeIndex(
      files, outcomes.map(\.status), to: made.gitDirectory.appending("index"))
    var result = LocalCheckout(
      commit: commit, largeFiles: outcomes.compactMap(\.largeFile),
      unfiltered: outcomes.compactMap(\.unfiltered))
    let submodules = files.filter { $0.kind == .submodule }
    if !submodules.isEmpty {
      let described = files.first { $0.path.elementsEqual(".gitmodules".utf8) && $0.kind != .link }
      let modules = ModulesFile(try described.map { try content(of: $0) } ?? [])
      for file in submodules {
        let name = FilePath(pathBytes: file.path)
        let module = modules.modules[file.path]
        if depth < Self.deepestSubmodule,
          let inner = localSubmodule(file.path, module?.name, having: file.object)
        {
          let place = folder.pushing(name)
          result.add(
            try inner.checkOut(file.object.hex, place, depth: depth + 1, isStopped), at: name)
        } else {
          result.missingSubmodules.append(missing(file, name, module))
        }
      }
    }
    return result
  }

  private func missing(
    _ file: TreeFile, _ name: FilePath, _ module: ModulesFile.Module?
  ) -> LocalCheckout.MissingSubmodule {
    let url = module?.url.map { RemoteURL.withoutSecrets(String(decoding: $0, as: UTF8.self)) }
    let hint =
      url == nil
      ? "`.gitmodules` of the commit names no address for it"
      : "git submodule update --init -- \(name), then git -C \(name) fetch origin \(file.object.hex)"
    return LocalCheckout.MissingSubmodule(
      path: name, url: url, commit: file.object.hex, hint: hint)
  }

  /// The repository on this machine that holds a submodule's commit: what git fetched for it, or its own work tree.
  func localSubmodule(
    _ path: [UInt8], _ name: [UInt8]?, having commit: ObjectID
  ) -> Repository? {
    var places: [FilePath] = []
    if let name {
      places = [gitDirectory, commonDirectory].map {
        $0.appending("modules").pushing(FilePath(pathBytes: name))
      }
    }
    if let workTree { places.append(workTree.pushing(FilePath(pathBytes: path))) }
    for place in places {
      guard let repository = try? Repository.open(place) else { continue }
      if repository.size(of: commit) != nil { return repository }
    }
    return nil
  }

  /// Whether something outside of the commits may ask for line ends or filters.
  private var mayFilter: Bool {
    if settings.string("core.autocrlf").map({ $0.lowercased() != "false" }) ?? false { return true }
    let home = getenv("HOME").map { FilePath(platformString: $0) }
    let user =
      getenv("XDG_CONFIG_HOME").map { FilePath(platformString: $0) }
      ?? home?.appending(".config")
    let files = [
      settings.path("core.attributesfile"), user?.pushing("git/attributes"), "/etc/gitattributes",
      gitDirectory.pushing("info/attributes"),
    ]
    return files.contains { $0.map(FileSystem.isFile) ?? false }
  }
}

extension TreeFile {
  /// A `.gitmodules` that is a link: git refuses it, because what it names would not be in the commit.
  fileprivate var isLinkedModules: Bool {
    kind == .link && path.elementsEqual(".gitmodules".utf8)
  }
}
