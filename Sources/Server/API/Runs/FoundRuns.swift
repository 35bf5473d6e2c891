import Formats
import Platform
import Records

/// One page of the runs that a search finds.
struct FoundRuns: Sendable {
  struct Entry: Sendable {
    var run: Run
    var datasets: [DatasetInput]
  }

  var runs: [Entry]
  /// Set when there are more.
  var nextToken: String?

  static func search(_ request: APIRequest, _ tracking: Tracking) async throws -> FoundRuns {
    let limit = Int(request.int("max_results") ?? 1000)
    guard limit > 0 else {
      throw APIError.invalid(
        "Invalid value for request parameter max_results. It must be at least 1, but got value \(limit)"
      )
    }
    let offset = try PageToken.offset(request.text("page_token"))
    let search = RunSearch(
      experiments: request.texts("experiment_ids").compactMap { ExperimentID($0) },
      filter: try SearchText.filter(request.plainText("filter")),
      order: try request.texts("order_by").map(SearchText.order), view: request.view,
      limit: limit + 1, offset: offset)
    return try await tracking.store.read { store in
      let found = try store.search(search)
      let entries = try found.prefix(limit).map {
        Entry(run: $0, datasets: try store.datasets(of: $0.id))
      }
      return FoundRuns(
        runs: entries,
        nextToken: found.count > limit ? PageToken.text(offset: offset + limit) : nil)
    }
  }
}
