/// A request for logged models.
package struct LoggedModelSearch: Sendable, Hashable {
  /// A dataset that metrics were measured on.
  package struct Dataset: Sendable, Hashable {
    package var name: String
    /// Any, when nil.
    package var digest: String?

    package init(name: String, digest: String? = nil) {
      self.name = name
      self.digest = digest
    }
  }

  package struct Order: Sendable, Hashable {
    /// An attribute, or `metrics.` and a key.
    package var field: String
    package var isAscending: Bool
    /// Only values that were measured on this dataset.
    package var dataset: Dataset?

    package init(field: String, isAscending: Bool = true, dataset: Dataset? = nil) {
      self.field = field
      self.isAscending = isAscending
      self.dataset = dataset
    }
  }

  package var experiments: [ExperimentID]
  /// In MLflow's search grammar; all of them when empty.
  package var filter: String
  /// Clauses about metrics look only at values measured on one of these; without such a clause, models without such
  /// values are left out.
  package var datasets: [Dataset]
  package var order: [Order]
  package var limit: Int
  package var offset: Int

  package init(
    experiments: [ExperimentID], filter: String = "", datasets: [Dataset] = [],
    order: [Order] = [], limit: Int = 50, offset: Int = 0
  ) {
    self.experiments = experiments
    self.filter = filter
    self.datasets = datasets
    self.order = order
    self.limit = limit
    self.offset = offset
  }
}
