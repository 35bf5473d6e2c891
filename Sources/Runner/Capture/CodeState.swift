import Git
import Platform
import Records
import SystemPackage

/// The code that a run used: the commit, and what was changed and not committed.
struct CodeState {
  var commit: String?
  /// When the commit was made, in seconds since 1970.
  var commitTime: Int64?
  /// The top of the work tree, without links.
  var top: FilePath?
  var branch: String?
  var remote: String?
  /// From the commit to the work tree, as `git apply` takes it; empty when nothing was changed.
  var patch: [UInt8] = []
  /// Whether `git status` would show anything.
  var isDirty = false
  /// What the patch leaves out: large files, submodules.
  var leftOut: [String] = []
  /// Why the changes could not be read, when that is so.
  var problem: Failure?

  /// Limits of what is kept of files that git does not track.
  static let limits = ChangeLimits(
    file: ByteCount(1_000_000), total: ByteCount(16_000_000))

  /// Looks at the repository that a folder is in; nil when it is in none.
  static func capture(_ folder: FilePath) throws -> CodeState? {
    guard let repository = try Repository.discover(from: folder) else { return nil }
    let head = try repository.head()
    var state = CodeState(
      commit: head.commit, branch: head.branch, remote: try repository.remoteURL())
    state.commitTime = try head.commit.map { try repository.time(ofCommit: $0) }
    guard let workTree = repository.workTree else { return state }
    state.top = FileSystem.realPath(workTree) ?? workTree
    do {
      let changes = try repository.changes(limits: limits)
      state.patch = changes.patch
      state.isDirty = changes.isDirty
      state.leftOut = changes.leftOut.map { "\($0.path): \($0.reason)" }
    } catch {
      state.problem = error as? Failure ?? Failure(.io, "\(error)")
    }
    return state
  }

  /// As MLflow names them.
  func tags(version: String?) -> [Tag] {
    var tags: [Tag] = []
    let add = { (key: String, value: String?) in
      if let value { tags.append(Tag(key, value)) }
    }
    add("mlflow.source.git.commit", commit)
    add("mlflow.source.git.repoURL", remote.map(CodeState.withoutPassword))
    add("mlflow.source.git.branch", version ?? branch)
    add("mlflow.source.git.dirty", isDirty ? "true" : "false")
    return tags
  }

  /// Writes the patch, and what it leaves out, below the run's artifacts.
  func write(to artifacts: FilePath) throws {
    if patch.isEmpty, leftOut.isEmpty { return }
    let folder = artifacts.appending("code")
    try FileSystem.createDirectory(folder)
    if !patch.isEmpty {
      try FileSystem.write(patch, to: folder.appending("uncommitted.patch"), durable: false)
    }
    if !leftOut.isEmpty {
      let text = leftOut.map { $0 + "\n" }.joined()
      try FileSystem.write(text, to: folder.appending("left-out.txt"), durable: false)
    }
  }

  /// A URL must not carry a password into the record; in one of the web the user's name is often a token.
  static func withoutPassword(_ url: String) -> String {
    guard let scheme = url.firstRange(of: "://"),
      let at = url[scheme.upperBound...].prefix(while: { $0 != "/" }).lastIndex(of: "@")
    else { return url }
    if url.lowercased().hasPrefix("http") {
      return String(url[..<scheme.upperBound] + url[url.index(after: at)...])
    }
    let user = url[scheme.upperBound..<at].prefix { $0 != ":" }
    return String(url[..<scheme.upperBound] + user + url[at...])
  }
}
