import Formats
import Records

/// Names in the model registry: `registered-models/…`.
enum RegisteredModelEndpoints {
  static let all: [Endpoint] = [
    create, get, rename, update, delete, search, latestVersions(.post), latestVersions(.get),
    setTag,
    deleteTag,
  ]

  static let create = Endpoint(
    .post, "registered-models/create", access: .signedIn,
    shape: ["name": .text, "tags": .list(.message(.tag)), "description": .text],
    rules: .modelName + [FieldRule("tags", .array), FieldRule("description", .string)]
  ) { request, tracking in
    let (name, text, tags) = (
      request.plainText("name"), request.plainText("description"), request.tags()
    )
    let model = try await tracking.store.write { store in
      try store.createRegisteredModel(name, description: text, tags: tags)
    }
    return ["registered_model": model.api]
  }

  static let get = Endpoint(
    .get, "registered-models/get", access: .on(.registeredModel("name"), .read), shape: .modelName,
    rules: .modelName
  ) { request, tracking in
    let name = request.plainText("name")
    let model = try await tracking.store.read { try $0.registeredModel(name) }
    return ["registered_model": model.api]
  }

  static let rename = Endpoint(
    .post, "registered-models/rename", access: .on(.registeredModel("name"), .edit),
    shape: ["name": .text, "new_name": .text],
    rules: .modelName + [FieldRule("new_name", .string, .required)]
  ) { request, tracking in
    let (name, other) = (request.plainText("name"), request.plainText("new_name"))
    let model = try await tracking.store.write { store in
      try store.renameRegisteredModel(name, to: other)
    }
    return ["registered_model": model.api]
  }

  static let update = Endpoint(
    .patch, "registered-models/update", access: .on(.registeredModel("name"), .edit),
    shape: ["name": .text, "description": .text],
    rules: .modelName + [FieldRule("description", .string)]
  ) { request, tracking in
    let (name, text) = (request.plainText("name"), request.plainText("description"))
    let model = try await tracking.store.write { store in
      try store.describeRegisteredModel(name, as: text)
    }
    return ["registered_model": model.api]
  }

  static let delete = Endpoint(
    .delete, "registered-models/delete", access: .on(.registeredModel("name"), .manage),
    shape: .modelName, rules: .modelName
  ) { request, tracking in
    let name = request.plainText("name")
    try await tracking.store.write { try $0.deleteRegisteredModel(name) }
    return [:]
  }

  static let search = Endpoint(
    .get, "registered-models/search", access: .signedIn, shape: .registrySearch,
    rules: .registrySearch(most: 1000)
  ) { request, tracking in
    let search = try request.registrySearch(limit: 100)
    let page = try await tracking.store.read { try $0.searchRegisteredModels(search) }
    return page.api("registered_models") { $0.api }
  }

  /// Clients of MLflow 2 ask by either method.
  static func latestVersions(_ method: Endpoint.Method) -> Endpoint {
    Endpoint(
      method, "registered-models/get-latest-versions",
      access: .on(.registeredModel("name"), .read), shape: ["name": .text, "stages": .list(.text)],
      rules: .modelName + [FieldRule("stages", .array, .stringItems)]
    ) { request, tracking in
      let (name, stages) = (request.plainText("name"), request.texts("stages"))
      let versions = try await tracking.store.read { store in
        try store.latestVersions(of: name, stages: stages)
      }
      var json = JSONMembers()
      json.add("model_versions", versions.map(\.api))
      return json.value
    }
  }

  static let setTag = Endpoint(
    .post, "registered-models/set-tag", access: .on(.registeredModel("name"), .edit),
    shape: ["name": .text, "key": .text, "value": .text],
    rules: .modelName + [FieldRule("key", .string, .required), FieldRule("value", .string)]
  ) { request, tracking in
    let name = request.plainText("name")
    let tag = Tag(request.plainText("key"), request.plainText("value"))
    try await tracking.store.write { try $0.setTag(tag, ofRegisteredModel: name) }
    return [:]
  }

  static let deleteTag = Endpoint(
    .delete, "registered-models/delete-tag", access: .on(.registeredModel("name"), .edit),
    shape: ["name": .text, "key": .text],
    rules: .modelName + [FieldRule("key", .string, .required)]
  ) { request, tracking in
    let (name, key) = (request.plainText("name"), request.plainText("key"))
    try await tracking.store.write { try $0.deleteTag(key, ofRegisteredModel: name) }
    return [:]
  }
}
