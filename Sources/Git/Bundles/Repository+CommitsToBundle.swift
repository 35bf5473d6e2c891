import Platform
import SystemPackage

/// A commit that a checkout needs: the one that is asked for, or a submodule's.
package struct CommitToBundle {
  /// Where its files stand, from the top of the checkout; empty for the commit that was asked for.
  package let path: FilePath
  /// 40 hexadecimal digits.
  package let commit: String
  /// Where ``Repository/checkOut(commit:into:isStopped:)`` looks for its repository, from the git folder of the outermost
  /// one: opened there, a bundle is found. Empty for the commit that was asked for.
  package let directory: FilePath
  /// As `.gitmodules` has it, without secrets; nil for the commit that was asked for.
  package let url: String?
  /// What holds it on this machine; nil when nothing does.
  package let repository: Repository?
}

extension Repository {
  /// The commits that a checkout of one needs, submodules after what they stand in; of one that is not on this machine
  /// those within are not known.
  package func commitsToBundle(of commit: String) throws -> [CommitToBundle] {
    let name = try resolve(commit)
    let own = CommitToBundle(path: "", commit: name, directory: "", url: nil, repository: self)
    return [own] + (try submodules(of: name, in: own, depth: 0))
  }

  private func submodules(
    of commit: String, in outer: CommitToBundle, depth: Int
  ) throws -> [CommitToBundle] {
    let files = try files(at: commit)
    let submodules = files.filter { $0.kind == .submodule && TreePath.isSafe($0.path) }
    guard !submodules.isEmpty, depth < 32 else { return [] }
    let described = files.first { $0.path.elementsEqual(".gitmodules".utf8) && $0.kind != .link }
    let modules = ModulesFile(try described.map { try content(of: $0) } ?? [])
    return try submodules.flatMap { file -> [CommitToBundle] in
      let module = modules.modules[file.path]
      let inner = localSubmodule(file.path, module?.name, having: file.object)
      let found = CommitToBundle(
        path: outer.path.pushing(FilePath(pathBytes: file.path)), commit: file.object.hex,
        directory: outer.directory.appending("modules")
          .pushing(FilePath(pathBytes: module?.name ?? file.path)),
        url: module?.url.map { RemoteURL.withoutSecrets(String(decoding: $0, as: UTF8.self)) },
        repository: inner)
      return [found] + (try inner?.submodules(of: found.commit, in: found, depth: depth + 1) ?? [])
    }
  }
}
