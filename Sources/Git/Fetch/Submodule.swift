import CGit2
import Platform

/// A submodule as the checked-out commit names it.
struct Submodule {
  /// Relative to the work tree.
  var path: String
  /// As it stands in `.gitmodules`; may be relative.
  var url: String
  var commit: ObjectID
}

extension Repository {
  /// The submodules to check out, in the order of their paths; those with `update = none` are left out.
  func submodules() throws -> [Submodule] {
    let index = try IndexFile(indexPath)
    var submodules: [Submodule] = []
    for entry in index.entries where index.mode(entry) == GitMode.submodule {
      guard let path = String(validating: index.name(entry), as: UTF8.self) else { continue }
      var handle: OpaquePointer?
      let code = git_submodule_lookup(&handle, self.handle, path)
      defer { git_submodule_free(handle) }
      guard code == 0, let handle, let url = git_submodule_url(handle) else {
        throw Failure(
          .invalid, "the submodule `\(path)` has no address in .gitmodules",
          hint: "add it there, or remove the submodule: git rm --cached \(path)")
      }
      guard git_submodule_update_strategy(handle) != GIT_SUBMODULE_UPDATE_NONE else { continue }
      submodules.append(
        Submodule(path: path, url: String(cString: url), commit: index.object(entry)))
      try LibGit2.check(git_submodule_init(handle, 1), "set up the submodule `\(path)`")
    }
    return submodules
  }
}
