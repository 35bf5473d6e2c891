import CGit2
import Glibc
import Platform
import SystemPackage

/// A connection to a remote for one fetch into a repository.
final class RemoteConnection {
  private let remote: OpaquePointer
  private let address: GitAddress
  private let state: State

  /// What the callbacks of libgit2 work with.
  private final class State {
    let credentials = Credentials()
    let report: ((FetchProgress) -> Void)?

    init(report: ((FetchProgress) -> Void)?) { self.report = report }
  }

  /// A branch or tag of the remote, and what it points at.
  struct Reference {
    var name: String
    var object: ObjectID
  }

  /// Connects, and learns what the remote has.
  init(
    _ address: GitAddress, into repository: Repository, report: ((FetchProgress) -> Void)?
  ) throws {
    CertificateBundle.read()
    self.address = address
    state = State(report: report)
    try Self.checkLocal(address)
    if let problem = Reachability(address)?.problem() {
      guard !Task.isCancelled else { throw Self.interrupted(address) }
      throw Self.unreachable(address, problem)
    }
    var remote: OpaquePointer?
    try LibGit2.check(
      git_remote_create_anonymous(&remote, repository.handle, address.url),
      "use the address `\(address.shown)`")
    guard let remote else { throw Failure(.bug, "libgit2 made no remote") }
    self.remote = remote
    var callbacks = callbacks()
    var proxy = git_proxy_options()
    git_proxy_options_init(&proxy, UInt32(GIT_PROXY_OPTIONS_VERSION))
    proxy.type = GIT_PROXY_AUTO
    git_error_clear()
    let code = git_remote_connect(remote, GIT_DIRECTION_FETCH, &callbacks, &proxy, nil)
    if code < 0 { throw failure(code) }
  }

  deinit {
    git_remote_disconnect(remote)
    git_remote_free(remote)
  }

  /// Every reference of the remote, HEAD among them.
  func references() throws -> [Reference] {
    var heads: UnsafeMutablePointer<UnsafePointer<git_remote_head>?>?
    var count = 0
    let code = git_remote_ls(&heads, &count, remote)
    if code < 0 { throw failure(code) }
    return (0..<count).compactMap { place in
      guard let head = heads?[place], let name = head.pointee.name else { return nil }
      return Reference(name: String(cString: name), object: ObjectID(head.pointee.oid))
    }
  }

  /// The full name of the branch that HEAD of the remote names; nil when it names none.
  func defaultBranch() -> String? {
    var buffer = git_buf()
    guard git_remote_default_branch(&buffer, remote) == 0, let name = buffer.ptr else { return nil }
    defer { git_buf_dispose(&buffer) }
    return String(cString: name)
  }

  /// Brings what the refspecs name into the repository.
  func fetch(_ refspecs: [String]) throws {
    var options = git_fetch_options()
    git_fetch_options_init(&options, UInt32(GIT_FETCH_OPTIONS_VERSION))
    options.callbacks = callbacks()
    options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE
    options.proxy_opts.type = GIT_PROXY_AUTO
    try LibGit2.withStringArray(refspecs) { array in
      var array = array
      var code = git_remote_download(remote, &array, &options)
      if code == 0 {
        code = git_remote_update_tips(
          remote, &options.callbacks, 0, GIT_REMOTE_DOWNLOAD_TAGS_NONE, nil)
      }
      if code < 0 { throw failure(code) }
    }
  }

  private func callbacks() -> git_remote_callbacks {
    var callbacks = git_remote_callbacks()
    git_remote_init_callbacks(&callbacks, UInt32(GIT_REMOTE_CALLBACKS_VERSION))
    callbacks.payload = Unmanaged.passUnretained(state).toOpaque()
    callbacks.credentials = { out, url, user, allowed, payload in
      guard let out, let url, let payload else { return -1 }
      let state = Unmanaged<State>.fromOpaque(payload).takeUnretainedValue()
      return state.credentials.answer(
        out, url: String(cString: url), user: user.map { String(cString: $0) }, allowed: allowed)
    }
    callbacks.transfer_progress = { progress, payload in
      guard let progress = progress?.pointee, let payload else { return -1 }
      let state = Unmanaged<State>.fromOpaque(payload).takeUnretainedValue()
      state.report?(
        FetchProgress(
          receivedObjects: Int(progress.received_objects),
          totalObjects: Int(progress.total_objects),
          received: ByteCount(Int64(clamping: progress.received_bytes))))
      return Task.isCancelled ? GIT_EUSER.rawValue : 0
    }
    callbacks.sideband_progress = { _, _, _ in Task.isCancelled ? GIT_EUSER.rawValue : 0 }
    return callbacks
  }

  /// A folder that is not there, or no repository, is told before libgit2 says something unclear.
  private static func checkLocal(_ address: GitAddress) throws {
    guard let path = address.localPath else { return }
    guard FileSystem.isDirectory(path) else {
      throw Failure(.notFound, "no git repository at `\(path)`: there is no such folder")
    }
    _ = try Repository.open(path)
  }

  private func failure(_ code: Int32) -> Failure {
    let (message, kind) = LibGit2.lastError()
    let cause = message.isEmpty ? nil : message
    let shown = address.shown
    if code == GIT_EUSER.rawValue || Task.isCancelled {
      return Self.interrupted(address)
    }
    if code == GIT_ECERTIFICATE.rawValue {
      let hint =
        kind == UInt32(GIT_ERROR_SSH.rawValue)
        ? "connect to the host once with ssh, and confirm its key"
        : "the host's certificate is not trusted by this machine"
      return Failure(
        .permission, "`\(shown)` could not prove that it is the right host", hint: hint,
        cause: cause)
    }
    let isDenied =
      code == GIT_EAUTH.rawValue || message.contains("status code: 401")
      || message.contains("status code: 403") || message.contains("authenticat")
      || message.contains("too many redirects or authentication replays")
    if isDenied {
      let isHTTP = address.url.lowercased().hasPrefix("http")
      return Failure(
        .permission, "`\(shown)` wants credentials that were not found or not accepted",
        hint: isHTTP
          ? "store them once: git credential approve, or use an ssh address"
          : "add your key to the agent: ssh-add", cause: cause)
    }
    if message.contains("status code: 404") || message.lowercased().contains("repository not found")
    {
      return Failure(
        .notFound, "no git repository at `\(shown)`",
        hint: "check the address; a private repository needs credentials that git knows",
        cause: cause)
    }
    switch Int32(bitPattern: kind) {
    case Int32(GIT_ERROR_NET.rawValue), Int32(GIT_ERROR_SSL.rawValue),
      Int32(GIT_ERROR_HTTP.rawValue), Int32(GIT_ERROR_SSH.rawValue), Int32(GIT_ERROR_OS.rawValue):
      return Self.unreachable(address, cause)
    default:
      return LibGit2.failure(code, "fetch `\(shown)`")
    }
  }

  private static func interrupted(_ address: GitAddress) -> Failure {
    Failure(.interrupted, "fetching `\(address.shown)` was interrupted")
  }

  private static func unreachable(_ address: GitAddress, _ cause: String?) -> Failure {
    Failure(
      .unreachable, "cannot reach `\(address.shown)`",
      hint: "check the address and the network, then run the command again", cause: cause)
  }
}
