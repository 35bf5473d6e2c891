import Formats
import Records

/// What is granted to one user on experiments and registered models, as clients of MLflow 2 ask for it:
/// `experiments/permissions/…` and `registered-models/permissions/…`.
enum LegacyGrantEndpoints {
  static let all = experiments.endpoints + models.endpoints

  private static let experiments = LegacyGrants(
    path: "experiments", kind: "experiment", field: "experiment_id",
    answer: "experiment_permission", title: "Experiment permission")
  private static let models = LegacyGrants(
    path: "registered-models", kind: "registered_model", field: "name",
    answer: "registered_model_permission", title: "Registered model permission")
}

/// The four endpoints of one kind.
private struct LegacyGrants: Sendable {
  var path: String
  var kind: String
  /// What names the thing.
  var field: String
  var answer: String
  var title: String

  var endpoints: [Endpoint] {
    [
      endpoint(.post, "create", permission: true) { asked, subject, user in
        let level = try asked.text("permission")
        do {
          try await asked.change { try $0.grant(subject, level, to: user.name) }
        } catch let failure as RecordFailure where failure.code == .alreadyExists {
          throw APIError.exists(
            "\(title) (\(field)=\(subject.id), username=\(user.name)) already exists.")
        }
        return [answer: .string(level)]
      },
      endpoint(.get, "get", permission: false) { asked, subject, user in
        [answer: .string(try existing(asked, subject, user).level.rawValue)]
      },
      endpoint(.patch, "update", permission: true) { asked, subject, user in
        let level = try asked.text("permission")
        try AccessStore.checkLevel(level, for: subject)
        let grant = try existing(asked, subject, user)
        _ = try await asked.change { try $0.updateGrant(grant.id, level) }
        return [:]
      },
      endpoint(.delete, "delete", permission: false) { asked, subject, user in
        _ = try existing(asked, subject, user)
        try await asked.change { try $0.revoke(subject, from: user.name) }
        return [:]
      },
    ]
  }

  private func endpoint(
    _ method: Endpoint.Method, _ verb: String, permission: Bool,
    _ work:
      @escaping @Sendable (AccessRequest, AccessSubject, AccessUser) async throws ->
      [String: JSONValue]
  ) -> Endpoint {
    let shape = RequestShape(
      dictionaryLiteral: ("username", .text), ("permission", .text), (field, .text))
    return Endpoint(method, "\(path)/permissions/\(verb)", access: .signedIn, shape: shape) {
      request, tracking in
      let asked = try AccessRequest(request, tracking)
      let subject = AccessSubject(kind, try asked.text(field))
      try asked.require(
        asked.me.isAdmin || asked.book.level(of: asked.me, on: subject) >= .manage)
      let user = try asked.user()
      let result = try await work(asked, subject, user)
      guard case .string(let level)? = result[answer] else { return [:] }
      let grant: JSONValue = .object([
        .init(field, .string(subject.id)), .init("user_id", .int(user.id)),
        .init("permission", .string(level)),
      ])
      return .object([.init(answer, grant)])
    }
  }

  private func existing(_ asked: AccessRequest, _ subject: AccessSubject, _ user: AccessUser) throws
    -> AccessGrant
  {
    guard let grant = asked.book.ownGrants(of: user).first(where: { $0.subject == subject }) else {
      throw APIError.missing(
        "\(title) with \(field)=\(subject.id) and username=\(user.name) not found")
    }
    return grant
  }
}
