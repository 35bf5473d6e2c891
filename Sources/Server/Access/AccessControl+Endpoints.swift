import Formats
import Records

extension AccessControl {
  /// Answers a request to an endpoint, when it may be answered: what is searched is filtered, and who makes something
  /// manages it.
  func answer(
    _ endpoint: Endpoint, _ request: APIRequest, _ tracking: Tracking, from address: String
  ) async throws -> JSONValue {
    guard store != nil else { return try await endpoint.answer(request, tracking) }
    let isNoted = AccessControl.isNoted(endpoint)
    do {
      try await check(endpoint, request)
      let answer = try await filtered(endpoint, request, tracking)
      try afterwards(endpoint, request, answer)
      if isNoted { note(endpoint, request, address, "done") }
      return try withholding(answer, from: request.identity)
    } catch {
      let refusal = APIError(any: error)
      if refusal.status == 403 {
        note(endpoint, request, address, "denied")
      } else if isNoted {
        note(endpoint, request, address, "failed")
      }
      throw error
    }
  }

  /// What changes who may do what, and what removes something.
  private static func isNoted(_ endpoint: Endpoint) -> Bool {
    guard endpoint.method != .get else { return false }
    let words = endpoint.path.split(separator: "/")
    return ["users", "roles"].contains(words.first) || words.contains("permissions")
      || endpoint.method == .delete || words.last == "delete" || words.last == "restore"
  }

  private func note(
    _ endpoint: Endpoint, _ request: APIRequest, _ address: String, _ outcome: String
  ) {
    let names = [
      "username", "experiment_id", "run_id", "run_uuid", "name", "version", "alias", "role_id",
      "resource_type", "resource_id", "permission", "is_admin",
    ]
    var subject = names.compactMap { name -> String? in
      guard let value = request.fields[name] else { return nil }
      return "\(name)=\(value.string ?? value.text())"
    }
    subject += request.parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    audit(
      request.identity, address, "\(endpoint.method.rawValue) \(endpoint.path)",
      subject.joined(separator: " "), outcome)
  }

  private func check(_ endpoint: Endpoint, _ request: APIRequest) async throws {
    let identity = request.identity
    switch endpoint.access {
    case .open: return
    case .signedIn:
      // A search reads; everything else that any user may do makes or changes something.
      let isReading = endpoint.method == .get || endpoint.path.hasSuffix("search")
      try require(
        AccessControl.questions(ofAnybodys: endpoint, request), upTo: isReading ? .read : .edit,
        identity)
    case .admin: try requireAdmin(identity)
    case .on(let subject, let permission):
      try await check(endpoint, request, subject, permission)
    }
    try await checkPassengers(endpoint, request)
  }

  private func check(
    _ endpoint: Endpoint, _ request: APIRequest, _ subject: AccessRule.Subject,
    _ permission: Permission
  ) async throws {
    let identity = request.identity
    switch subject {
    case .experiment(let field):
      for id in request.named(field, or: "0") {
        // What is no id is refused by the endpoint itself.
        let id = ExperimentID(id)?.description ?? id
        try require(
          endpoint.path == "experiments/delete" || endpoint.path == "experiments/restore"
            ? AccessControl.wholeExperiment(id)
            : endpoint.path == "runs/create" || endpoint.path == "logged-models"
              ? AccessControl.creation(
                in: id, endpoint.path == "runs/create" ? .runs : .loggedModels)
              : [AccessQuestion(.experiment(id), .at(permission.granted))],
          upTo: permission, identity)
      }
    case .experimentName(let field):
      try require([], upTo: permission, identity)
      for name in request.named(field) {
        if let id = try await experiment(named: name) {
          try require(permission, experiment: id, identity)
        }
      }
    case .run(let field):
      var ids = request.named(field)
      if ids.isEmpty, field == "run_id" { ids = request.named("run_uuid") }
      guard !ids.isEmpty else { throw APIError.missing("Run with id= not found") }
      for id in ids { try await require(permission, run: id, identity) }
    case .loggedModel(let field):
      for id in request.named(field, or: "") {
        try await require(permission, loggedModel: id, identity)
      }
    case .registeredModel(let field):
      for name in request.named(field, or: "") {
        try await require(permission, endpoint.path, model: name, identity)
      }
    case .artifactPath(let field):
      for path in request.named(field, or: "") {
        try require(permission, artifacts: ArtifactPath(path), identity)
      }
    }
  }

  /// An experiment is deleted and restored with all that stands in it.
  private static func wholeExperiment(_ id: String) -> [AccessQuestion] {
    [AccessQuestion(.experiment(id), .at(.manage))]
      + AccessSubject.belowExperiment.map {
        AccessQuestion($0, .at(.manage), else: .experiment(id))
      }
  }

  private static func creation(in id: String, _ kind: AccessSubject) -> [AccessQuestion] {
    [AccessQuestion(.experiment(id), .at(.edit)), AccessQuestion(kind, .noDenial)]
  }

  /// Who makes an experiment or a model manages it; what was granted on a model that is deleted or renamed goes or moves
  /// with it, because another may have its name later.
  private func afterwards(_ endpoint: Endpoint, _ request: APIRequest, _ answer: JSONValue) throws {
    guard let store else { return }
    switch endpoint.path {
    case "experiments/create":
      if let id = answer["experiment_id"]?.string, let user = request.identity.user {
        try store.give(.experiment(id), .manage, to: user)
      }
    case "registered-models/create":
      if let model = answer["registered_model"], let name = model["name"]?.string,
        let user = request.identity.user
      {
        try store.give(RegistryFamily(of: model).container(name), .manage, to: user)
      }
    case "registered-models/delete":
      // What it was is no longer known; it had grants of one family only.
      for family in RegistryFamily.allCases {
        try store.replaceGrants(on: family.container(request.text("name") ?? ""), with: nil)
      }
    case "registered-models/rename":
      guard let name = request.text("name"), let other = request.text("new_name") else { return }
      for family in RegistryFamily.allCases {
        try store.replaceGrants(on: family.container(name), with: family.container(other))
      }
    default: return
    }
  }
}

extension APIRequest {
  /// What a field or a parameter of the path names, one or several.
  fileprivate func named(_ field: String, or absent: String? = nil) -> [String] {
    if let parameter = parameters[field] { return [parameter] }
    if let values = fields[field]?.array { return values.map { $0.string ?? "" } }
    return (text(field) ?? absent).map { [$0] } ?? []
  }
}
