import Formats
import Platform
import Records

/// Experiments: `experiments/…`.
enum ExperimentEndpoints {
  static let all: [Endpoint] = [
    create, get, getByName, delete, restore, update, setTag, deleteTag,
    search(.get), search(.post), searchDatasets,
  ]

  static let create = Endpoint(
    .post, "experiments/create", access: .signedIn,
    shape: ["name": .text, "artifact_location": .text, "tags": .list(.message(.tag))],
    rules: [
      FieldRule("name", .required, .string), FieldRule("artifact_location", .string),
      FieldRule("tags", .array),
    ]
  ) { request, tracking in
    let location = try request.text("artifact_location").map(ArtifactLocation.checked)
    let tags = request.tags()
    let name = request.plainText("name")
    let made = try await tracking.store.write { store in
      try store.createExperiment(name, artifactLocation: location, tags: tags)
    }
    return ["experiment_id": .string("\(made.id)")]
  }

  static let get = Endpoint(
    .get, "experiments/get", access: .on(.experiment("experiment_id"), .read),
    shape: ["experiment_id": .text], rules: [FieldRule("experiment_id", .required, .string)]
  ) { request, tracking in
    let id = try request.experiment()
    let found = try await tracking.store.read { try $0.experiment(id: id) }
    return ["experiment": found.api(tracking)]
  }

  static let getByName = Endpoint(
    .get, "experiments/get-by-name", access: .on(.experimentName("experiment_name"), .read),
    shape: ["experiment_name": .text], rules: [FieldRule("experiment_name", .required, .string)]
  ) { request, tracking in
    let name = request.plainText("experiment_name")
    guard let found = try await tracking.store.read({ try $0.experiment(named: name) }) else {
      throw APIError.missing("Could not find experiment with name '\(name)'")
    }
    return ["experiment": found.api(tracking)]
  }

  static let delete = Endpoint(
    .post, "experiments/delete", access: .on(.experiment("experiment_id"), .manage),
    shape: ["experiment_id": .text], rules: [FieldRule("experiment_id", .required, .string)]
  ) { request, tracking in
    let id = try request.experiment()
    try await tracking.store.write { try $0.deleteExperiment(id) }
    return [:]
  }

  static let restore = Endpoint(
    .post, "experiments/restore", access: .on(.experiment("experiment_id"), .manage),
    shape: ["experiment_id": .text], rules: [FieldRule("experiment_id", .required, .string)]
  ) { request, tracking in
    let id = try request.experiment()
    try await tracking.store.write { try $0.restoreExperiment(id) }
    return [:]
  }

  static let update = Endpoint(
    .post, "experiments/update", access: .on(.experiment("experiment_id"), .edit),
    shape: ["experiment_id": .text, "new_name": .text],
    rules: [
      FieldRule("experiment_id", .required, .string), FieldRule("new_name", .string, .required),
    ]
  ) { request, tracking in
    let id = try request.experiment()
    let name = request.plainText("new_name")
    try await tracking.store.write { try $0.renameExperiment(id, to: name) }
    return [:]
  }

  static let setTag = Endpoint(
    .post, "experiments/set-experiment-tag", access: .on(.experiment("experiment_id"), .edit),
    shape: ["experiment_id": .text, "key": .text, "value": .text],
    rules: [
      FieldRule("experiment_id", .required, .string), FieldRule("key", .required, .string),
      FieldRule("value", .string),
    ]
  ) { request, tracking in
    let id = try request.experiment()
    let tag = Tag(request.plainText("key"), request.plainText("value"))
    try await tracking.store.write { try $0.setExperimentTag(tag, of: id) }
    return [:]
  }

  static let deleteTag = Endpoint(
    .post, "experiments/delete-experiment-tag", access: .on(.experiment("experiment_id"), .edit),
    shape: ["experiment_id": .text, "key": .text],
    rules: [
      FieldRule("experiment_id", .required, .string), FieldRule("key", .required, .string),
    ]
  ) { request, tracking in
    let id = try request.experiment()
    let key = request.plainText("key")
    try await tracking.store.write { try $0.deleteExperimentTag(key, of: id) }
    return [:]
  }
}
