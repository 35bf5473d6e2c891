import Formats
import Platform
import Records

/// What is added to a run: `runs/log-…`, `runs/set-tag`, `runs/delete-tag`.
enum LoggingEndpoints {
  static let all: [Endpoint] = [
    logMetric, logParameter, logBatch, setTag, deleteTag, logInputs, logOutputs,
    logModel,
  ]

  static let logMetric = Endpoint(
    .post, "runs/log-metric", access: .on(.run("run_id"), .edit),
    shape: [
      "run_id": .text, "run_uuid": .text, "key": .text, "value": .double, "timestamp": .int64,
      "step": .int64, "model_id": .text, "dataset_name": .text, "dataset_digest": .text,
    ],
    rules: [
      FieldRule("run_id", .required, .string), FieldRule("key", .required, .string),
      FieldRule("value", .required, .float), FieldRule("timestamp", .int, .required),
      FieldRule("step", .int), FieldRule("model_id", .string), FieldRule("dataset_name", .string),
      FieldRule("dataset_digest", .string),
    ]
  ) { request, tracking in
    let id = try request.run()
    let metric = Metric(api: request.fields)
    let link = MetricLink(api: request.fields)
    try await tracking.store.write { try $0.log(metric, link: link, to: id) }
    return [:]
  }

  static let logParameter = Endpoint(
    .post, "runs/log-parameter", access: .on(.run("run_id"), .edit),
    shape: ["run_id": .text, "run_uuid": .text, "key": .text, "value": .text],
    rules: [
      FieldRule("run_id", .required, .string), FieldRule("key", .required, .string),
      FieldRule("value", .string),
    ]
  ) { request, tracking in
    let id = try request.run()
    let param = Param(request.plainText("key"), request.plainText("value"))
    try await tracking.store.write { try $0.log(param, to: id) }
    return [:]
  }

  static let logBatch = Endpoint(
    .post, "runs/log-batch", access: .on(.run("run_id"), .edit),
    shape: [
      "run_id": .text, "metrics": .list(.message(.metric)), "params": .list(.message(.tag)),
      "tags": .list(.message(.tag)),
    ],
    rules: [
      FieldRule("run_id", .string, .required),
      FieldRule("metrics", .array, .itemsRequire(["key", "value", "timestamp"])),
      FieldRule("params", .array, .itemsRequire(["key"])),
      FieldRule("tags", .array, .itemsRequire(["key"])),
    ]
  ) { request, tracking in
    let id = try request.run()
    let points = request.list("metrics")
    let metrics = points.map(Metric.init(api:))
    let links = MetricLink.links(of: points)
    let (params, tags) = (request.params, request.tags())
    try BatchLimits.check(metrics: metrics.count, params: params.count, tags: tags.count)
    try await tracking.store.write {
      try $0.log(metrics: metrics, params: params, tags: tags, links: links, to: id)
    }
    return [:]
  }

  static let setTag = Endpoint(
    .post, "runs/set-tag", access: .on(.run("run_id"), .edit),
    shape: ["run_id": .text, "run_uuid": .text, "key": .text, "value": .text],
    rules: [
      FieldRule("run_id", .required, .string), FieldRule("key", .required, .string),
      FieldRule("value", .string),
    ]
  ) { request, tracking in
    let id = try request.run()
    let tag = Tag(request.plainText("key"), request.plainText("value"))
    try await tracking.store.write { try $0.set(tag, of: id) }
    return [:]
  }

  static let deleteTag = Endpoint(
    .post, "runs/delete-tag", access: .on(.run("run_id"), .edit),
    shape: ["run_id": .text, "key": .text],
    rules: [FieldRule("run_id", .required, .string), FieldRule("key", .required, .string)]
  ) { request, tracking in
    let id = try request.run()
    let key = request.plainText("key")
    try await tracking.store.write { try $0.deleteTag(key, of: id) }
    return [:]
  }
}
