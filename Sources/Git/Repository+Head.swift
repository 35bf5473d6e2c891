import CGit2
import Platform

extension Repository {
  /// The commit and the branch that HEAD names.
  package func head() throws -> Head {
    var reference: OpaquePointer?
    try LibGit2.check(git_reference_lookup(&reference, handle, "HEAD"), "read HEAD")
    defer { git_reference_free(reference) }
    var branch: String?
    if let target = git_reference_symbolic_target(reference) {
      let name = String(cString: target)
      branch = name.hasPrefix("refs/heads/") ? String(name.dropFirst(11)) : name
    }
    var id = git_oid()
    let code = git_reference_name_to_id(&id, handle, "HEAD")
    if code == GIT_ENOTFOUND.rawValue { return Head(commit: nil, branch: branch) }
    try LibGit2.check(code, "read what HEAD points at")
    return Head(commit: ObjectID(id).hex, branch: branch)
  }

  /// Where the repository was cloned from: the URL of `origin`, else of the first remote by name; nil without remotes.
  ///
  /// A user name or token in an http URL is left out, because the value is recorded and shown.
  package func remoteURL() throws -> String? {
    if let url = settings.string("remote.origin.url") { return RemoteURL.withoutSecrets(url) }
    var names = git_strarray()
    try LibGit2.check(git_remote_list(&names, handle), "list the remotes")
    defer { git_strarray_dispose(&names) }
    var all: [String] = []
    for index in 0..<names.count {
      if let name = names.strings[index] { all.append(String(cString: name)) }
    }
    let urls = all.sorted().lazy.compactMap { self.settings.string("remote.\($0).url") }
    return urls.first.map(RemoteURL.withoutSecrets)
  }
}
