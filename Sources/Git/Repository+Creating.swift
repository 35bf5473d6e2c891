import CGit2
import Platform
import SystemPackage

extension Repository {
  /// Makes an empty repository in a folder, with the branch `main`, unless the user's `init.defaultBranch` says otherwise.
  package static func create(in folder: FilePath) throws -> Repository {
    try LibGit2.start()
    var handle: OpaquePointer?
    try LibGit2.check(
      folder.withPlatformString { git_repository_init(&handle, $0, 0) },
      "create a repository in `\(folder)`")
    git_repository_free(handle)
    let repository = try open(folder)
    if repository.settings.string("init.defaultBranch") == nil {
      try FileSystem.write("ref: refs/heads/main\n", to: folder.appending(".git/HEAD"))
    }
    return repository
  }
}
