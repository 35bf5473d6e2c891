import Formats
import Records

/// What the endpoints of the registry ask for, as MLflow's basic-auth has it: of the model or the prompt that is named,
/// and of the versions below it.
extension AccessControl {
  /// - Throws: status 403 when an endpoint may not be used on a registered model. Also when there is none and the endpoint
  ///   is about its versions: whether there is one is not told.
  func require(
    _ permission: Permission, _ path: String, model name: String, _ identity: Identity
  ) async throws {
    guard needsGrants(permission, identity) else { return }
    let family = try await family(of: name)
    guard let questions = Self.questions(path, name, permission, family) else {
      throw APIError.forbidden
    }
    try require(questions, upTo: permission, identity)
  }

  /// - Throws: status 403 when the files of a version of a model may not be read.
  func requireFiles(ofModel name: String, _ identity: Identity) async throws {
    guard needsGrants(.read, identity) else { return }
    guard let family = try await family(of: name) else { throw APIError.forbidden }
    try require(
      [
        // MLflow asks for the grant on a model of that name also when it is a prompt.
        AccessQuestion(.model(name), .at(.read)),
        AccessQuestion(family.versions, .noDenial, else: family.container(name)),
      ], upTo: .read, identity)
  }

  /// What is asked of a model and its versions; nil when there must be one and is none.
  private static func questions(
    _ path: String, _ name: String, _ permission: Permission, _ family: RegistryFamily?
  ) -> [AccessQuestion]? {
    let model = (family ?? .models).container(name)
    let own = AccessQuestion(model, .at(permission.granted))
    let isOfModel =
      path.hasPrefix("registered-models/") && path != "registered-models/delete"
      && path != "registered-models/alias" && path != "registered-models/get-latest-versions"
    if isOfModel { return [own] }
    guard let versions = family?.versions else { return nil }
    switch path {
    case "registered-models/delete":
      return [own, AccessQuestion(versions, .at(.manage), else: model)]
    case "registered-models/alias" where permission > .read:
      return [own, AccessQuestion(versions, .at(.read), else: model)]
    case "model-versions/create": return [own, AccessQuestion(versions, .noDenial)]
    default:
      if permission == .read { return [own, AccessQuestion(versions, .noDenial)] }
      return [
        AccessQuestion(model, .at(.read)),
        AccessQuestion(versions, .at(permission.granted), else: model),
      ]
    }
  }

  /// What a new version is made from must be readable: the model that it is copied from, or else the run and the logged
  /// model that it is said to come from. An empty name of one is no name.
  func checkSource(_ request: APIRequest) async throws {
    let identity = request.identity
    guard needsGrants(.edit, identity) else { return }
    if let isPrompt = RegistryFamily.isPrompt(request.fields["tags"]) {
      // A mark that is not its model's makes a version of the other family.
      try require(
        [AccessQuestion(RegistryFamily(isPrompt: isPrompt).versions, .noDenial)], upTo: .edit,
        identity)
    }
    let source = ModelURI(request.plainText("source"))
    if case .logged? = source {
      // Read below, beside the run.
    } else if let name = source?.name {
      // Who may read a model may read what its versions are made of.
      guard let family = try await family(of: name) else { throw APIError.forbidden }
      return try require(
        [AccessQuestion(family.container(name), .at(.read))], upTo: .edit, identity)
    }
    if let run = request.fields["run_id"]?.string {
      try await require(.read, run: run, identity)
    }
    if let model = request.fields["model_id"]?.string {
      try await require(.read, loggedModel: model, identity)
    }
    if case .logged(let id)? = source { try await require(.read, loggedModel: id, identity) }
  }

  /// nil when there is no such model.
  private func family(of name: String) async throws -> RegistryFamily? {
    try await records.read { try $0.isPrompt(model: name) }.map(RegistryFamily.init(isPrompt:))
  }
}
