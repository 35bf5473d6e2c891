import Formats
import Platform
import Records
import Runner

/// Runs as wholes: `runs/create`, `get`, `update`, `delete`, `restore`, `search`.
enum RunEndpoints {
  static let all: [Endpoint] = [create, get, update, delete, restore, search]

  private static let runID: RequestShape = ["run_id": .text, "run_uuid": .text]

  static let create = Endpoint(
    .post, "runs/create", access: .on(.experiment("experiment_id"), .edit),
    shape: [
      "experiment_id": .text, "user_id": .text, "run_name": .text, "start_time": .int64,
      "tags": .list(.message(.tag)),
    ],
    rules: [
      FieldRule("experiment_id", .string), FieldRule("start_time", .int),
      FieldRule("run_name", .string),
    ]
  ) { request, tracking in
    let new = NewRun(
      experiment: try request.text("experiment_id").map(APIRequest.experiment)
        ?? .defaultExperiment,
      name: request.text("run_name"),
      user: request.plainText("user_id"), host: tracking.door == nil ? "" : Machine.name(),
      startTime: request.int("start_time") ?? 0, tags: request.tags(), owner: tracking.door?.owner)
    let run = try await tracking.store.write { try $0.start(new) }
    tracking.door?.remember(run.id)
    return ["run": run.api(tracking, isNew: true)]
  }

  static let get = Endpoint(
    .get, "runs/get", access: .on(.run("run_id"), .read), shape: runID,
    rules: [FieldRule("run_id", .required, .string)]
  ) { request, tracking in
    let id = try request.run()
    let run = try await tracking.store.read { try $0.run(id) }
    return ["run": run.api(tracking)]
  }

  static let update = Endpoint(
    .post, "runs/update", access: .on(.run("run_id"), .edit),
    shape: [
      "run_id": .text, "run_uuid": .text, "status": .choice(RunStatus.names), "end_time": .int64,
      "run_name": .text,
    ],
    rules: [
      FieldRule("run_id", .required, .string), FieldRule("end_time", .int),
      FieldRule("status", .string), FieldRule("run_name", .string),
    ]
  ) { request, tracking in
    let id = try request.run()
    let status = request.text("status").flatMap(RunStatus.init(rawValue:))
    let (end, name) = (request.int("end_time"), request.text("run_name"))
    let run = try await tracking.store.write {
      try $0.update(id, status: status, endTime: end, name: name)
    }
    return ["run_info": run.info(tracking)]
  }

  static let delete = Endpoint(
    .post, "runs/delete", access: .on(.run("run_id"), .manage), shape: ["run_id": .text],
    rules: [FieldRule("run_id", .required, .string)]
  ) { request, tracking in
    let id = try request.run()
    try await tracking.store.write { try $0.delete([id]) }
    return [:]
  }

  static let restore = Endpoint(
    .post, "runs/restore", access: .on(.run("run_id"), .manage), shape: ["run_id": .text],
    rules: [FieldRule("run_id", .required, .string)]
  ) { request, tracking in
    let id = try request.run()
    try await tracking.store.write { try $0.restore([id]) }
    return [:]
  }

  static let search = Endpoint(
    .post, "runs/search", access: .signedIn,
    shape: [
      "experiment_ids": .list(.text), "filter": .text,
      "run_view_type": .choice(RequestShape.viewTypes), "max_results": .int32,
      "order_by": .list(.text), "page_token": .text,
    ],
    rules: [
      FieldRule("experiment_ids", .array), FieldRule("filter", .string),
      FieldRule("max_results", .int, .atMost(50_000)),
      FieldRule("order_by", .array, .stringItems),
    ]
  ) { request, tracking in
    let page = try await FoundRuns.search(request, tracking)
    var json = JSONMembers()
    json.add("runs", page.runs.map { $0.api(tracking) })
    json.add("next_page_token", page.nextToken)
    return json.value
  }
}

extension RunStatus {
  /// In the order of MLflow's numbers, from 1.
  static let names = [running, scheduled, finished, failed, killed].map(\.rawValue)
}
