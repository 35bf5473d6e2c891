import Formats
import Records

/// Versions of registered models: `model-versions/…`.
enum ModelVersionEndpoints {
  static let all: [Endpoint] = [
    create, get, update, transition, delete, search, downloadURI, setTag, deleteTag,
  ]

  static let create = Endpoint(
    .post, "model-versions/create", access: .on(.registeredModel("name"), .edit),
    shape: [
      "name": .text, "source": .text, "run_id": .text, "tags": .list(.message(.tag)),
      "run_link": .text, "description": .text, "model_id": .text,
    ],
    rules: .modelName + [
      FieldRule("source", .string, .required), FieldRule("run_id", .string),
      FieldRule("tags", .array), FieldRule("run_link", .string), FieldRule("description", .string),
      FieldRule("model_id", .string),
    ]
  ) { request, tracking in
    let new = NewModelVersion(
      model: request.plainText("name"), source: request.plainText("source"),
      runID: request.fields["run_id"]?.string, runLink: request.plainText("run_link"),
      description: request.plainText("description"),
      loggedModel: request.fields["model_id"]?.string, tags: request.tags())
    let version = try await tracking.store.write { try $0.createModelVersion(new) }
    return ["model_version": version.api]
  }

  static let get = Endpoint(
    .get, "model-versions/get", access: .on(.registeredModel("name"), .read), shape: .versionName,
    rules: .versionName
  ) { request, tracking in
    let (name, version) = (request.plainText("name"), request.plainText("version"))
    let found = try await tracking.store.read { try $0.modelVersion(of: name, version) }
    return ["model_version": found.api]
  }

  static let update = Endpoint(
    .patch, "model-versions/update", access: .on(.registeredModel("name"), .edit),
    shape: ["name": .text, "version": .text, "description": .text],
    rules: .versionName + [FieldRule("description", .string)]
  ) { request, tracking in
    let (name, version) = (request.plainText("name"), request.plainText("version"))
    let text = request.fields["description"]?.string
    let found = try await tracking.store.write { store in
      try store.describeModelVersion(of: name, version, as: text)
    }
    return ["model_version": found.api]
  }

  static let transition = Endpoint(
    .post, "model-versions/transition-stage", access: .on(.registeredModel("name"), .edit),
    shape: [
      "name": .text, "version": .text, "stage": .text, "archive_existing_versions": .bool,
    ],
    rules: .versionName + [
      FieldRule("stage", .string, .required), FieldRule("archive_existing_versions", .bool),
    ]
  ) { request, tracking in
    let (name, version) = (request.plainText("name"), request.plainText("version"))
    let stage = request.plainText("stage")
    let archives = request.bool("archive_existing_versions") ?? false
    let moved = try await tracking.store.write { store in
      try store.moveModelVersion(of: name, version, to: stage, archivesOthers: archives)
    }
    return ["model_version": moved.api]
  }

  static let delete = Endpoint(
    .delete, "model-versions/delete", access: .on(.registeredModel("name"), .manage),
    shape: .versionName, rules: .versionName
  ) { request, tracking in
    let (name, version) = (request.plainText("name"), request.plainText("version"))
    try await tracking.store.write { try $0.deleteModelVersion(of: name, version) }
    return [:]
  }

  static let search = Endpoint(
    .get, "model-versions/search", access: .signedIn, shape: .registrySearch,
    rules: .registrySearch(most: 200_000)
  ) { request, tracking in
    let search = try request.registrySearch(limit: 200_000)
    let page = try await tracking.store.read { try $0.searchModelVersions(search) }
    return page.api("model_versions") { $0.api }
  }

  static let downloadURI = Endpoint(
    .get, "model-versions/get-download-uri", access: .on(.registeredModel("name"), .read),
    shape: .versionName
  ) { request, tracking in
    let (name, version) = (request.plainText("name"), request.plainText("version"))
    let found = try await tracking.store.read { try $0.modelVersion(of: name, version) }
    return ["artifact_uri": .string(found.downloadURI)]
  }

  static let setTag = Endpoint(
    .post, "model-versions/set-tag", access: .on(.registeredModel("name"), .edit),
    shape: ["name": .text, "version": .text, "key": .text, "value": .text],
    rules: .versionName + [FieldRule("key", .string, .required), FieldRule("value", .string)]
  ) { request, tracking in
    let (name, version) = (request.plainText("name"), request.plainText("version"))
    let tag = Tag(request.plainText("key"), request.plainText("value"))
    try await tracking.store.write { try $0.setTag(tag, ofVersion: version, of: name) }
    return [:]
  }

  static let deleteTag = Endpoint(
    .delete, "model-versions/delete-tag", access: .on(.registeredModel("name"), .manage),
    shape: ["name": .text, "version": .text, "key": .text],
    rules: .versionName + [FieldRule("key", .string, .required)]
  ) { request, tracking in
    let (name, version) = (request.plainText("name"), request.plainText("version"))
    let key = request.plainText("key")
    try await tracking.store.write { try $0.deleteTag(key, ofVersion: version, of: name) }
    return [:]
  }
}
