import Formats
import Records

extension AccessControl {
  /// What a search finds, without what its user may not read. What is left out is made up for from the pages behind, so
  /// that a page is as long as was asked for; its token leads on from there.
  func filtered(
    _ endpoint: Endpoint, _ request: APIRequest, _ tracking: Tracking
  ) async throws -> JSONValue {
    guard let store, !request.identity.isAdmin, let name = request.identity.user else {
      return try await endpoint.answer(request, tracking)
    }
    let book = try store.book()
    guard let user = book.users[name] else { throw APIError.forbidden }
    func mayRead(_ subject: AccessSubject, _ tier: AccessSubject?) -> Bool {
      book.allows(
        user,
        [AccessQuestion(subject, .at(.read))]
          + [tier].compactMap(\.self).map { AccessQuestion($0, .noDenial) })
    }
    switch endpoint.path {
    case "experiments/search":
      return try await refilled("experiments", endpoint, request, tracking) {
        mayRead(.experiment($0["experiment_id"]?.string ?? ""), nil)
      }
    case "registered-models/search":
      return try await refilled("registered_models", endpoint, request, tracking) {
        mayRead(RegistryFamily(of: $0).container($0["name"]?.string ?? ""), nil)
      }
    case "model-versions/search":
      return try await refilled("model_versions", endpoint, request, tracking) {
        let family = RegistryFamily(of: $0)
        return mayRead(family.container($0["name"]?.string ?? ""), family.versions)
      }
    case "runs/search", "logged-models/search":
      let tier: AccessSubject = endpoint.path == "runs/search" ? .runs : .loggedModels
      let ids = request.texts("experiment_ids").filter {
        mayRead(.experiment(ExperimentID($0)?.description ?? $0), tier)
      }
      // No experiments at all would mean another search.
      guard !ids.isEmpty else { return [:] }
      return try await endpoint.answer(
        request.with("experiment_ids", .array(ids.map { .string($0) })), tracking)
    case "experiments/search-datasets":
      for id in request.texts("experiment_ids") {
        try require(.read, experiment: ExperimentID(id)?.description ?? id, request.identity)
      }
      return try await endpoint.answer(request, tracking)
    default: return try await endpoint.answer(request, tracking)
    }
  }

  private func refilled(
    _ list: String, _ endpoint: Endpoint, _ request: APIRequest, _ tracking: Tracking,
    mayRead: (JSONValue) -> Bool
  ) async throws -> JSONValue {
    var answer = try await endpoint.answer(request, tracking)
    var found = (answer[list]?.array ?? []).filter(mayRead)
    var token = answer["next_page_token"]?.string
    // Without a length of its own the first page is as long as the endpoint makes it.
    let wanted = request.int("max_results") ?? Int64(answer[list]?.array?.count ?? 0)
    while let next = token, !next.isEmpty, Int64(found.count) < wanted {
      answer = try await endpoint.answer(
        request.with("page_token", .string(next))
          .with("max_results", .int(wanted - Int64(found.count))), tracking)
      found += (answer[list]?.array ?? []).filter(mayRead)
      token = answer["next_page_token"]?.string
    }
    var members = (answer.members ?? []).filter { $0.key != list }
    if !found.isEmpty { members.insert(.init(list, .array(found)), at: 0) }
    return .object(members)
  }

  func experiment(named name: String) async throws -> String? {
    try await records.read { try $0.experiment(named: name).map { "\($0.id)" } }
  }
}

extension APIRequest {
  /// The same request with another value of a field.
  fileprivate func with(_ name: String, _ value: JSONValue) -> APIRequest {
    var other = self
    other.fields = .object((fields.members ?? []).filter { $0.key != name } + [.init(name, value)])
    return other
  }
}
