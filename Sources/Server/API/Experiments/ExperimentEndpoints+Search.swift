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
      let view = request.view
      let all = try await tracking.store.read { try $0.experiments(view: view) }
      let found = all.sorted { ($0.created, $0.id) > ($1.created, $1.id) }.dropFirst(offset)
      var json = JSONMembers()
      json.add("experiments", found.prefix(Int(limit)).map { $0.api(tracking) })
      if found.count > limit {
        json.add("next_page_token", PageToken.text(offset: offset + Int(limit)))
      }
      return json.value
    }
  }
}
