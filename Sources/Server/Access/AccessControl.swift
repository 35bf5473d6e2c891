import Formats
import Logging
import NIOPosix
import Platform
import Records
import Synchronization

/// Whether somebody may do something. On a server without users everybody may do everything.
package final class AccessControl: Sendable {
  /// nil: there are no users.
  package let store: AccessStore?
  package let verifier: PasswordVerifier?
  let records: RecordStore
  private let logger: Logger
  /// The experiments of runs and logged models, which never change.
  private let experiments = Mutex<[String: String]>([:])

  package init(
    _ store: AccessStore?, verifier: PasswordVerifier? = nil, records: RecordStore, logger: Logger
  ) {
    self.store = store
    self.verifier = verifier
    self.records = records
    self.logger = logger
  }

  /// What is asked for, in the words of ``AccessRule``.
  package typealias Permission = AccessRule.Permission

  /// - Throws: status 403 when not all of it is allowed.
  func require(
    _ questions: [AccessQuestion], upTo permission: Permission, _ identity: Identity
  ) throws {
    guard let store else { return }
    guard permission <= identity.scope, let name = identity.user else { throw APIError.forbidden }
    if identity.isAdmin { return }
    let book = try store.book()
    guard let user = book.users[name], book.allows(user, questions) else {
      throw APIError.forbidden
    }
  }

  /// Whether it depends on grants what somebody may do: not without users, and not for an administrator.
  func needsGrants(_ permission: Permission, _ identity: Identity) -> Bool {
    store != nil && !(identity.isAdmin && permission <= identity.scope)
  }

  /// - Throws: status 403 when that is not allowed on an experiment.
  package func require(
    _ permission: Permission, experiment id: String, _ identity: Identity
  ) throws {
    try require(
      [AccessQuestion(.experiment(id), .at(permission.granted))], upTo: permission, identity)
  }

  /// - Throws: status 403 when that is not allowed on a run, also when there is none: whether there is one is not told.
  package func require(_ permission: Permission, run id: String, _ identity: Identity) async throws
  {
    guard needsGrants(permission, identity) else { return }
    guard let experiment = try await experiment(ofRun: id) else { throw APIError.forbidden }
    try require(
      AccessControl.questions(below: experiment, .runs, permission), upTo: permission, identity)
  }

  /// - Throws: status 403 when that is not allowed on a logged model, also when there is none.
  package func require(
    _ permission: Permission, loggedModel id: String, _ identity: Identity
  ) async throws {
    guard needsGrants(permission, identity) else { return }
    guard let experiment = try await experiment(ofModel: id) else { throw APIError.forbidden }
    try require(
      AccessControl.questions(below: experiment, .loggedModels, permission), upTo: permission,
      identity)
  }

  /// - Throws: status 403 when that is not allowed on the artifacts below a path, whose first name is an experiment.
  package func require(
    _ permission: Permission, artifacts path: ArtifactPath, _ identity: Identity
  ) throws {
    // All artifacts of all experiments are nobody's but an administrator's.
    guard needsGrants(permission, identity) else { return }
    guard let first = path.names.first, ExperimentID(first)?.description == first else {
      throw APIError.forbidden
    }
    let kinds = AccessControl.kinds(below: path.names.dropFirst(), isWhole: permission == .manage)
    guard !kinds.isEmpty else { return try require(permission, experiment: first, identity) }
    try require(
      kinds.flatMap { AccessControl.questions(below: first, $0, permission) }, upTo: permission,
      identity)
  }

  /// Of which kinds the files below an experiment's folder are; none when they are the experiment's own.
  ///
  /// - Parameter isWhole: whether it goes with all that is in it.
  private static func kinds(below names: ArraySlice<String>, isWhole: Bool) -> [AccessSubject] {
    guard let first = names.first else { return isWhole ? [.runs, .traces, .loggedModels] : [] }
    switch first {
    case "models": return [.loggedModels]
    case "traces": return [.traces]
    default:
      let isRun = names.dropFirst().first == "artifacts" || RunID(first)?.hex == first
      return isRun || isWhole ? [.runs] : []
    }
  }

  /// - Throws: status 403 for all but administrators.
  package func requireAdmin(_ identity: Identity) throws {
    guard store != nil else { return }
    guard identity.isAdmin, identity.scope == .manage else { throw APIError.forbidden }
  }

  /// What is asked of a thing below an experiment: its own kind is asked first.
  static func questions(
    below experiment: String, _ kind: AccessSubject, _ permission: Permission
  ) -> [AccessQuestion] {
    [
      AccessQuestion(.experiment(experiment), .at(.read)),
      AccessQuestion(kind, .at(permission.granted), else: .experiment(experiment)),
    ]
  }

  private func experiment(ofRun id: String) async throws -> String? {
    guard let run = RunID(id) else { return nil }
    return try await remembered(id) { try $0.experiment(of: run).map { "\($0)" } }
  }

  private func experiment(ofModel id: String) async throws -> String? {
    try await remembered(id) { try $0.experiment(ofLoggedModel: id).map { "\($0)" } }
  }

  private func remembered(
    _ id: String, _ look: @escaping @Sendable (RecordStore) throws -> String?
  ) async throws -> String? {
    if let known = experiments.withLock({ $0[id] }) { return known }
    guard let found = try await records.read(look) else { return nil }
    experiments.withLock {
      if $0.count >= 100_000 { $0.removeAll() }
      $0[id] = found
    }
    return found
  }

  /// Writes down what was done, or tried.
  func audit(
    _ identity: Identity, _ address: String, _ action: String, _ subject: String, _ outcome: String
  ) {
    guard let store else { return }
    let entry = AuditEntry(
      time: Clock.milliseconds(), user: identity.user ?? "", address: address, action: action,
      subject: subject, outcome: outcome)
    do { try store.audit(entry) } catch { logger.error("the audit cannot be written: \(error)") }
  }
}

extension AccessRule.Permission {
  var granted: AccessLevel {
    switch self {
    case .read: .read
    case .use: .use
    case .edit: .edit
    case .manage: .manage
    }
  }
}
