import Formats
import Records

/// Models that runs logged: `logged-models…`.
enum LoggedModelEndpoints {
  static let all: [Endpoint] = [
    create, search, get, finish, delete, setTags, deleteTag, logParams, artifacts,
  ]

  private static func access(_ permission: AccessRule.Permission) -> AccessRule {
    .on(.loggedModel("model_id"), permission)
  }

  static let create = Endpoint(
    .post, "logged-models", access: .on(.experiment("experiment_id"), .edit),
    shape: [
      "experiment_id": .text, "name": .text, "model_type": .text, "source_run_id": .text,
      "params": .list(.message(.tag)), "tags": .list(.message(.tag)),
    ],
    rules: [
      FieldRule("experiment_id", .string, .required), FieldRule("name", .string),
      FieldRule("model_type", .string), FieldRule("source_run_id", .string),
      FieldRule("params", .array), FieldRule("tags", .array),
    ]
  ) { request, tracking in
    let new = NewLoggedModel(
      experiment: try request.experiment(), name: request.text("name"),
      modelType: request.plainText("model_type"), sourceRun: request.plainText("source_run_id"),
      params: request.params, tags: request.tags())
    let model = try await tracking.store.write { try $0.createLoggedModel(new) }
    return ["model": model.api]
  }

  static let get = Endpoint(
    .get, "logged-models/{model_id}", access: access(.read), shape: ["allow_deleted": .text]
  ) { request, tracking in
    let id = request.model
    let deleted = request.plainText("allow_deleted").lowercased() == "true"
    let model = try await tracking.store.read { store in
      try store.loggedModel(id, includingDeleted: deleted)
    }
    return ["model": model.api]
  }

  static let finish = Endpoint(
    .patch, "logged-models/{model_id}", access: access(.edit),
    shape: ["status": .choice(LoggedModelStatus.names)],
    rules: [FieldRule("status", .int, .required)]
  ) { request, tracking in
    let id = request.model
    let name = request.plainText("status")
    guard let status = LoggedModelStatus.allCases.first(where: { $0.apiName == name }) else {
      throw APIError.invalid(
        "Invalid value for parameter 'status' supplied: it must be one of "
          + LoggedModelStatus.names.joined(separator: ", ") + ".")
    }
    let model = try await tracking.store.write { try $0.finishLoggedModel(id, as: status) }
    return ["model": model.api]
  }

  static let delete = Endpoint(
    .delete, "logged-models/{model_id}", access: access(.manage)
  ) { request, tracking in
    let id = request.model
    try await tracking.store.write { try $0.deleteLoggedModel(id) }
    return [:]
  }

  static let setTags = Endpoint(
    .patch, "logged-models/{model_id}/tags", access: access(.edit),
    shape: ["tags": .list(.message(.tag))], rules: [FieldRule("tags", .array)]
  ) { request, tracking in
    let (id, tags) = (request.model, request.tags())
    try await tracking.store.write { try $0.setTags(tags, ofLoggedModel: id) }
    return [:]
  }

  static let deleteTag = Endpoint(
    .delete, "logged-models/{model_id}/tags/{tag_key}", access: access(.manage)
  ) { request, tracking in
    let (id, key) = (request.model, request.parameters["tag_key"] ?? "")
    try await tracking.store.write { try $0.deleteTag(key, ofLoggedModel: id) }
    return [:]
  }

  static let logParams = Endpoint(
    .post, "logged-models/{model_id}/params", access: access(.edit),
    shape: ["params": .list(.message(.tag))], rules: [FieldRule("params", .array)]
  ) { request, tracking in
    let (id, params) = (request.model, request.params)
    try await tracking.store.write { try $0.log(params: params, toLoggedModel: id) }
    return [:]
  }

  static let artifacts = Endpoint(
    .get, "logged-models/{model_id}/artifacts/directories", access: access(.read),
    shape: ["artifact_directory_path": .text, "page_token": .text],
    rules: [FieldRule("artifact_directory_path", .string)]
  ) { request, tracking in
    let id = request.model
    let path = try ArtifactPath(request.plainText("artifact_directory_path"))
    let model = try await tracking.store.read { try $0.loggedModel(id) }
    let root = try ArtifactRoot.path(model.artifactURI)
    let entries = try await tracking.artifacts.list(try root.appending(path))
    var json = JSONMembers()
    json.add("files", entries.map { $0.api(below: path) })
    json.add("root_uri", model.artifactURI)
    return json.value
  }
}

extension LoggedModelStatus {
  /// In the order of MLflow's numbers, from 1.
  static let names: [String] = [pending, ready, failed].map(\.apiName)
}

extension APIRequest {
  /// The logged model that the path names.
  fileprivate var model: String { parameters["model_id"] ?? "" }
}
