/// Which runs are wanted, and in which order.
///
/// After the orders given come the newest first, then the smaller id, as in MLflow.
package struct RunSearch: Sendable, Hashable {
  /// Runs of these experiments only; of all active ones when nil. Unknown ids give no runs.
  package var experiments: [ExperimentID]?
  package var filter: RunFilter
  package var order: [RunOrder]
  package var view: LifecycleView
  package var limit: Int
  package var offset: Int
  /// Whether to load what ``Run/datasets``, ``Run/modelInputs`` and ``Run/modelOutputs`` hold.
  package var withInputs: Bool

  package init(
    experiments: [ExperimentID]? = nil, filter: RunFilter = .everything, order: [RunOrder] = [],
    view: LifecycleView = .active, limit: Int = 100, offset: Int = 0, withInputs: Bool = false
  ) {
    self.experiments = experiments
    self.filter = filter
    self.order = order
    self.view = view
    self.limit = limit
    self.offset = offset
    self.withInputs = withInputs
  }
}
