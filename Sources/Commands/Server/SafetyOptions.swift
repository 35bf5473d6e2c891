import ArgumentParser
import Platform
import Records
import Server
import SystemPackage

/// Who may use a server, and by which names.
struct SafetyOptions: ParsableArguments {
  @Flag(
    help: """
      Ask for a user and a password. So does a server that has users; the first is made when there are none, with \
      the password of MLFLOW_AUTH_ADMIN_PASSWORD or one that is told once.
      """)
  var users = false

  @Option(
    name: .customLong("default-permission"),
    help: "What users may do without a grant: READ, USE, EDIT, MANAGE or NO_PERMISSIONS.")
  var defaultPermission = "READ"

  @Option(
    name: .customLong("allowed-host"),
    help: ArgumentHelp(
      "A name by which the server may be called, as in mlflow.example.org or 10.0.0.7:8080.",
      valueName: "host"))
  var allowedHosts: [String] = []

  @Option(
    name: .customLong("allowed-origin"),
    help: ArgumentHelp(
      "Another site whose pages may change something, as in https://notebooks.example.org.",
      valueName: "origin"))
  var allowedOrigins: [String] = []

  @Option(
    name: .customLong("rate-limit"),
    help: ArgumentHelp("Requests a second that one address may send.", valueName: "count"))
  var rateLimit: Double?

  @Flag(
    name: .customLong("behind-proxy"),
    help: "Take clients' addresses from a proxy on this machine, which gives them as X-Real-IP.")
  var behindProxy = false

  @Flag(help: "Serve other machines without asking who they are.")
  var insecure = false

  /// What a server on an address is to ask.
  ///
  /// - Throws: ``Failure`` when it would serve other machines without asking.
  func safety(in folder: FilePath, host: String, console: Console) throws -> ServerSafety {
    for name in allowedHosts where !HostRule.isHost(name) {
      throw Failure(
        .usage, "`\(name)` is no host", hint: "give each name in full: there are no patterns")
    }
    guard let level = AccessLevel(rawValue: defaultPermission), level != .deny else {
      throw Failure(
        .usage, "`\(defaultPermission)` is no permission",
        hint: "choose one of READ, USE, EDIT, MANAGE, NO_PERMISSIONS")
    }
    if let rateLimit, !(rateLimit >= 1) {
      throw Failure(.usage, "`--rate-limit` takes a number of at least 1")
    }
    var safety = ServerSafety(users: try store(in: folder, level, console))
    safety.hosts = allowedHosts
    safety.origins = allowedOrigins
    safety.requestRate = rateLimit
    safety.trustsProxy = behindProxy
    guard safety.users != nil || insecure || SafetyOptions.isLoopback(host) else {
      throw Failure(
        .usage, "whoever reaches `\(host)` could read and delete all records",
        hint: """
          ask for users with `--users`, or serve everybody with `--insecure`; \
          `--host 127.0.0.1` serves this machine only
          """)
    }
    return safety
  }

  /// The users, if they are asked for.
  private func store(in folder: FilePath, _ level: AccessLevel, _ console: Console) throws
    -> AccessStore?
  {
    let variables = ProcessVariables.all()
    let password = variables["MLFLOW_AUTH_ADMIN_PASSWORD"].flatMap { $0.isEmpty ? nil : $0 }
    let isAsked = users || password != nil
    guard isAsked || FileSystem.exists(AccessStore.file(in: folder)) else { return nil }
    let store = try AccessStore(in: folder, defaultLevel: level)
    guard try store.book().users.isEmpty else { return store }
    guard isAsked else { return nil }
    let name = variables["MLFLOW_AUTH_ADMIN_USERNAME"].flatMap { $0.isEmpty ? nil : $0 } ?? "admin"
    let word = try password ?? Secret.text(20)
    _ = try Refusal.told { try store.createUser(name, password: word, isAdmin: true) }
    console.note(
      password == nil
        ? "made the administrator `\(name)` with the password \(word), which is not shown again"
        : "made the administrator `\(name)`")
    return store
  }

  private static func isLoopback(_ host: String) -> Bool {
    host == "localhost" || host == "::1"
      || (host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." })
  }
}
