import Formats
import Platform
import Records

/// One page of the runs that a search finds.
struct FoundRuns: Sendable {
  var runs: [Run]
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
      experiments: try request.experiments,
      filter: try SearchText.filter(request.plainText("filter")),
      order: try request.texts("order_by").map(SearchText.order), view: request.view,
      limit: limit, offset: offset, withInputs: true)
    let page = try await tracking.store.read { try $0.searchPage(search) }
    return FoundRuns(
      runs: page.runs, nextToken: page.hasMore ? PageToken.text(offset: offset + limit) : nil)
  }
}
