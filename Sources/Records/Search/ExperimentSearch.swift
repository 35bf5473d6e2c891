/// Which experiments are wanted, and in which order.
package struct ExperimentSearch: Sendable, Hashable {
  package var filter: ExperimentFilter
  /// The newest first when empty.
  package var order: [ExperimentOrder]
  package var view: LifecycleView
  package var limit: Int
  package var offset: Int

  package init(
    filter: ExperimentFilter = .everything, order: [ExperimentOrder] = [],
    view: LifecycleView = .active, limit: Int = 1000, offset: Int = 0
  ) {
    self.filter = filter
    self.order = order
    self.view = view
    self.limit = limit
    self.offset = offset
  }
}
