/// All users, roles and tokens as they stood at one moment, and what they allow. Decides by the rules of MLflow's
/// basic-auth; pure, so that the rules are tested without a server.
package struct AccessBook: Sendable {
  package internal(set) var users: [String: AccessUser] = [:]
  package internal(set) var roles: [Int64: AccessRole] = [:]
  /// By their digests.
  var tokens: [String: AccessToken] = [:]
  /// What everybody may who has no grant.
  package var defaultLevel = AccessLevel.read

  package init() {}

  package func user(_ id: Int64) -> AccessUser? { users.values.first { $0.id == id } }

  /// The token of a word, and its user; nil when there is none, or not any more.
  ///
  /// - Parameter now: milliseconds since 1970.
  package func token(_ word: String, now: Int64) -> (AccessToken, AccessUser)? {
    guard let token = tokens[AccessToken.digest(word)], token.expires > now,
      let user = user(token.user)
    else { return nil }
    return (token, user)
  }

  /// The grants of a user in the workspace that there is.
  private func grants(of user: AccessUser) -> [AccessGrant] {
    user.roles.flatMap { id -> [AccessGrant] in
      guard let role = roles[id], role.workspace == AccessRole.defaultWorkspace else { return [] }
      return role.grants
    }
  }

  /// Whether a user may do all that is asked: an administrator always; else each question is decided by the grants on its
  /// own subject, and only when there are none by those on the next.
  package func allows(_ user: AccessUser, _ questions: [AccessQuestion]) -> Bool {
    if user.isAdmin { return true }
    let grants = grants(of: user)
    if AccessBook.managesWorkspace(grants) { return true }
    return questions.allSatisfy { question in
      let level = level(grants, [question.subject] + question.heirs)
      return switch question.need {
      case .at(let needed): level >= needed
      case .noDenial: level != .deny
      }
    }
  }

  /// What a user may do with something in the end.
  package func level(of user: AccessUser, on subject: AccessSubject) -> AccessLevel {
    let grants = grants(of: user)
    return AccessBook.managesWorkspace(grants) ? .manage : level(grants, [subject])
  }

  /// Whether a user looks after all things and roles without being an administrator.
  package func managesWorkspace(_ user: AccessUser) -> Bool {
    AccessBook.managesWorkspace(grants(of: user))
  }

  /// Whether a user may read everything there is and will be.
  package func readsAll(_ user: AccessUser) -> Bool {
    let grants = grants(of: user)
    return user.isAdmin || AccessBook.managesWorkspace(grants)
      || (defaultLevel >= .read && !grants.contains { $0.level < .read })
  }

  private static func managesWorkspace(_ grants: [AccessGrant]) -> Bool {
    grants.contains { $0.subject == .workspace && $0.level == .manage }
  }

  private func level(_ grants: [AccessGrant], _ subjects: [AccessSubject]) -> AccessLevel {
    for subject in subjects {
      let levels = grants.filter { $0.subject.covers(subject) }.map(\.level)
      if levels.contains(.deny) { return .deny }
      guard let best = levels.max() else { continue }
      // A grant never gives less than having none.
      return best == .none ? .none : max(best, defaultLevel)
    }
    return defaultLevel
  }
}
