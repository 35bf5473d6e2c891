/// A request for models or versions.
package struct RegistrySearch: Sendable, Hashable {
  /// In MLflow's search grammar; all of them when empty.
  package var filter: String
  /// Such as `name DESC`; the first counts most.
  package var order: [String]
  package var limit: Int
  package var offset: Int

  package init(filter: String = "", order: [String] = [], limit: Int = 100, offset: Int = 0) {
    self.filter = filter
    self.order = order
    self.limit = limit
    self.offset = offset
  }

  /// Throws unless the page has a size and a place.
  func check() throws(RecordFailure) {
    guard limit > 0 else {
      throw .registry(
        "Invalid value for max_results. It must be a positive integer, but got \(limit)",
        "a page of \(limit) items is none", hint: "ask for at least one")
    }
    // What MLflow takes at most.
    guard limit <= 200_000 else {
      throw .registry(
        """
        Invalid value for request parameter max_results. It must be at most 200000, but got value \(limit)
        """, "a page of \(limit) items is too large", hint: "ask for at most 200,000")
    }
    guard offset >= 0 else {
      throw .registry(
        "Invalid page token, not stringable \(offset)", "a page cannot begin at \(offset)")
    }
  }
}
