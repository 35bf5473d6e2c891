import Formats
import Records

/// Aliases of registered models: `registered-models/alias`.
enum ModelAliasEndpoints {
  static let all: [Endpoint] = [set, delete, get]

  private static let rules: [FieldRule] =
    .modelName + [FieldRule("alias", .string, .required)]

  static let set = Endpoint(
    .post, "registered-models/alias", access: .on(.registeredModel("name"), .edit),
    shape: ["name": .text, "alias": .text, "version": .text],
    rules: rules + [FieldRule("version", .string, .required)]
  ) { request, tracking in
    let (name, alias) = (request.plainText("name"), request.plainText("alias"))
    let version = request.plainText("version")
    try await tracking.store.write { try $0.setAlias(alias, of: name, to: version) }
    return [:]
  }

  static let delete = Endpoint(
    .delete, "registered-models/alias", access: .on(.registeredModel("name"), .manage),
    shape: ["name": .text, "alias": .text], rules: rules
  ) { request, tracking in
    let (name, alias) = (request.plainText("name"), request.plainText("alias"))
    try await tracking.store.write { try $0.deleteAlias(alias, of: name) }
    return [:]
  }

  static let get = Endpoint(
    .get, "registered-models/alias", access: .on(.registeredModel("name"), .read),
    shape: ["name": .text, "alias": .text], rules: rules
  ) { request, tracking in
    let (name, alias) = (request.plainText("name"), request.plainText("alias"))
    let version = try await tracking.store.read { try $0.modelVersion(of: name, alias: alias) }
    return ["model_version": version.api]
  }
}
