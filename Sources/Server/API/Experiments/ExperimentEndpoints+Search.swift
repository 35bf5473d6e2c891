import Formats
import Records

extension ExperimentEndpoints {
  /// `experiments/search`: clients send POST, MLflow's pages GET.
  static func search(_ method: Endpoint.Method) -> Endpoint {
    Endpoint(
      method, "experiments/search", access: .signedIn,
      shape: [
        "max_results": .int64, "page_token": .text, "filter": .text, "order_by": .list(.text),
        "view_type": .choice(RequestShape.viewTypes),
      ],
      rules: [
        FieldRule("view_type", .int), FieldRule("max_results", .int),
        FieldRule("order_by", .array), FieldRule("filter", .string),
        FieldRule("page_token", .string),
      ]
    ) { request, tracking in
      let limit = request.int("max_results") ?? 0
      guard limit > 0 else {
        throw APIError.invalid(
          "Invalid value \(limit) for parameter 'max_results' supplied. It must be a positive integer"
        )
      }
      guard limit <= 50_000 else {
        throw APIError.invalid(
          "Invalid value \(limit) for parameter 'max_results' supplied. It must be at most 50000")
      }
      let offset = try PageToken.offset(request.text("page_token"))
      let search = ExperimentSearch(
        filter: try SearchText.experimentFilter(request.plainText("filter")),
        order: try request.texts("order_by").map(SearchText.experimentOrder), view: request.view,
        limit: Int(limit) + 1, offset: offset)
      let found = try await tracking.store.read { try $0.search(search) }
      var json = JSONMembers()
      json.add("experiments", found.prefix(Int(limit)).map { $0.api(tracking) })
      if found.count > limit {
        json.add("next_page_token", PageToken.text(offset: offset + Int(limit)))
      }
      return json.value
    }
  }

  /// `experiments/search-datasets`: what runs of some experiments read, and what for.
  static let searchDatasets = Endpoint(
    .post, "experiments/search-datasets", access: .signedIn, shape: ["experiment_ids": .list(.text)]
  ) { request, tracking in
    let ids = request.texts("experiment_ids")
    guard !ids.isEmpty else {
      throw APIError.invalid("SearchDatasets request must specify at least one experiment_id.")
    }
    guard ids.count <= 20 else {
      throw APIError.invalid(
        "SearchDatasets request cannot specify more than 20 experiment_ids. "
          + "Received \(ids.count) experiment_ids.")
    }
    let experiments = ids.compactMap { ExperimentID($0) }
    let found = try await tracking.store.read { try $0.datasetSummaries(of: experiments) }
    var json = JSONMembers()
    json.add(
      "dataset_summaries",
      found.map { summary in
        var json = JSONMembers()
        json.add("experiment_id", "\(summary.experiment)")
        json.add("name", summary.name)
        json.add("digest", summary.digest)
        json.add("context", summary.context)
        return json.value
      })
    return json.value
  }
}
