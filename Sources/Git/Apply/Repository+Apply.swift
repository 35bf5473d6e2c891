import CGit2
import Glibc
import Platform
import SystemPackage

extension Repository {
  /// Applies what ``changes(limits:excluding:)`` recorded to the work tree of a clean checkout, as `git apply --binary`
  /// does; the index stays as it is.
  ///
  /// Patches of `git diff` are understood too. libgit2's own way is not taken: it follows links in the work tree, loses
  /// mode changes of files whose content stays, and cannot make a folder of a file. Every content is checked by the names
  /// in the patch, before and after. Nothing is written unless all of it fits.
  ///
  /// - Returns: the files of git-lfs among those that were written, in the order of their paths.
  /// - Throws: ``Failure``: `.parse` when the patch cannot be read, `.conflict` when it does not fit the commit or the work
  ///   tree was changed, `.invalid` when a path leads out or into `.git`, `.corrupt` when it is damaged, `.unsupported`
  ///   when it changes a submodule or leaves out binary content. After `.io` and the like the work tree may be half changed.
  @discardableResult
  package func apply(patch: [UInt8]) throws -> LocalCheckout {
    guard let workTree else {
      throw Failure(.unsupported, "the repository `\(gitDirectory)` is bare: it has no work tree")
    }
    guard let commit = try head().commit else {
      throw Failure(.conflict, "the patch fits no commit: `\(workTree)` has none")
    }
    var result = LocalCheckout(commit: commit)
    let patches = try PatchReader.read(patch)
    guard !patches.isEmpty else {
      guard patch.allSatisfy({ $0 == 0x0A || $0 == 0x20 }) else {
        throw Failure(.parse, "the patch cannot be read: it changes no file")
      }
      return result
    }
    let files = try files(at: commit)
    let tree = try PatchedTree(patches, files, in: self)
    let folder = try WorkTreeFolder(workTree)
    try check(tree, files, folder)
    for path in tree.results.keys.sorted(by: { $1.lexicographicallyPrecedes($0) })
    where try folder.status(path).map({ $0.st_mode & S_IFMT != S_IFDIR }) ?? false {
      try folder.remove(path)
    }
    let stores = try LargeFileStore(self)
    let isAttributes = { (path: [UInt8]) in path.hasName(".gitattributes") }
    let written = tree.written
    // Attributes say how the others are written.
    for (path, file) in written where isAttributes(path) && file.mode != GitMode.link {
      try folder.write(file.content, to: path, mode: mode(file))
    }
    // A handle of its own, which has read no attributes yet.
    let filter = WorkTreeFilter(repository: try Repository.open(workTree))
    for (path, file) in written where !isAttributes(path) && file.mode != GitMode.link {
      try write(file, path, folder, filter, stores, &result)
    }
    // Attributes hold for the files that they stand in too.
    let converted = try written.compactMap { path, file -> ([UInt8], PatchedTree.File, [UInt8])? in
      guard isAttributes(path), file.mode != GitMode.link,
        case .content(let bytes) = try filter.apply(
          to: file.content, of: path, ObjectID(ofContent: file.content)), bytes != file.content
      else { return nil }
      return (path, file, bytes)
    }
    for (path, file, bytes) in converted {
      try folder.remove(path)
      try folder.write(bytes, to: path, mode: mode(file))
    }
    let hasLinks = settings.bool("core.symlinks") ?? true
    for (path, file) in written where file.mode == GitMode.link {
      if hasLinks {
        try folder.link(to: file.content, at: path)
      } else {
        try folder.write(file.content, to: path, mode: 0o644)
      }
    }
    return result
  }

  private func mode(_ file: PatchedTree.File) -> mode_t {
    file.mode == GitMode.program ? 0o755 : 0o644
  }

  private func write(
    _ file: PatchedTree.File, _ path: [UInt8], _ folder: WorkTreeFolder, _ filter: WorkTreeFilter,
    _ stores: LargeFileStore, _ result: inout LocalCheckout
  ) throws {
    let name = FilePath(pathBytes: path)
    let object = try ObjectID(ofContent: file.content)
    switch try filter.apply(to: file.content, of: path, object) {
    case .content(let bytes): try folder.write(bytes, to: path, mode: mode(file))
    case .unfiltered(let bytes, let attribute):
      try folder.write(bytes, to: path, mode: mode(file))
      result.unfiltered.append(LocalCheckout.Unfiltered(path: name, attribute: attribute))
    case .largeFile(let pointer):
      try folder.makeFolder(of: path)
      let isThere = try stores.write(pointer, to: folder.path.pushing(name), mode: mode(file))
      if !isThere { try folder.write(file.content, to: path, mode: mode(file)) }
      result.largeFiles.append(
        LocalCheckout.LargeFile(
          path: name, digest: pointer.digest, size: ByteCount(pointer.size), isThere: isThere))
    }
  }

  /// The work tree must be as the commit has it wherever the patch goes.
  private func check(
    _ tree: PatchedTree, _ files: [TreeFile], _ folder: WorkTreeFolder
  ) throws {
    let index = try IndexFile(indexPath)
    let known = Dictionary(files.map { ($0.path, $0.object) }) { first, _ in first }
    var changed: Set<[UInt8]> = []
    for (path, finding) in try scan(of: index).findings where finding != .submodule {
      changed.insert(path)
    }
    for path in tree.results.keys {
      let entry = index.find(path).map { index.entries[$0] }
      let isAsCommitted = entry.map { index.object($0) } == known[path]
      let isFree =
        try known[path] != nil
        || folder.status(path).map {
          $0.st_mode & S_IFMT == S_IFDIR
        } ?? true
      guard isAsCommitted, isFree, !changed.contains(path) else {
        throw Failure(
          .conflict,
          "the patch does not fit: `\(String(decoding: path, as: UTF8.self))` was changed in the work tree",
          hint: "apply it to a clean checkout of the commit")
      }
    }
  }
}
