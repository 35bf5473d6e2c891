import Formats
import Records

extension LoggedModelEndpoints {
  /// Models of one page, whatever is asked for.
  private static let mostResults: Int64 = 5000

  static let search = Endpoint(
    .post, "logged-models/search", access: .signedIn,
    shape: [
      "experiment_ids": .list(.text), "filter": .text,
      "datasets": .list(.message(["dataset_name": .text, "dataset_digest": .text])),
      "max_results": .int32,
      "order_by": .list(
        .message([
          "field_name": .text, "ascending": .bool, "dataset_name": .text, "dataset_digest": .text,
        ])),
      "page_token": .text,
    ],
    rules: [
      FieldRule("experiment_ids", .array, .stringItems, .required), FieldRule("filter", .string),
      FieldRule("datasets", .array), FieldRule("max_results", .int), FieldRule("order_by", .array),
      FieldRule("page_token", .string),
    ]
  ) { request, tracking in
    let most = request.int("max_results") ?? 0
    let token = LoggedModelPageToken(request)
    let search = LoggedModelSearch(
      experiments: try request.texts("experiment_ids").compactMap(known),
      filter: request.plainText("filter"), datasets: try request.list("datasets").map(dataset),
      order: request.list("order_by").map(order),
      limit: Int(most == 0 ? 50 : min(most, mostResults)),
      offset: try token.offset(request.text("page_token")))
    let page = try await tracking.store.read { try $0.searchLoggedModels(search) }
    var json = JSONMembers()
    json.add("models", page.items.map(\.api))
    json.add("next_page_token", page.next.map(token.text))
    return json.value
  }

  /// An experiment; nil for one that cannot be there.
  private static func known(_ text: String) throws(APIError) -> ExperimentID? {
    if let id = ExperimentID(text) { return id }
    guard JSONNumbers.pythonInt(text) != nil else {
      throw .invalid("Invalid experiment ID '\(text)'. Experiment ID must be a valid integer.")
    }
    return nil
  }

  private static func dataset(
    _ json: JSONValue
  ) throws(APIError) -> LoggedModelSearch.Dataset {
    guard let name = json["dataset_name"]?.string, !name.isEmpty else {
      throw .invalid("`dataset_name` in the `datasets` clause must be specified.")
    }
    return LoggedModelSearch.Dataset(name: name, digest: json.given("dataset_digest"))
  }

  private static func order(_ json: JSONValue) -> LoggedModelSearch.Order {
    LoggedModelSearch.Order(
      field: json["field_name"]?.string ?? "", isAscending: json["ascending"]?.bool ?? true,
      dataset: json.given("dataset_name").map {
        LoggedModelSearch.Dataset(name: $0, digest: json.given("dataset_digest"))
      })
  }
}

extension JSONValue {
  /// A text of an object that is not empty.
  fileprivate func given(_ key: String) -> String? {
    self[key]?.string.flatMap { $0.isEmpty ? nil : $0 }
  }
}
