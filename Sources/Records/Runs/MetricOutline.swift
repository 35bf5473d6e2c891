/// The course of a metric in a run, in few of its values.
package struct MetricOutline: Sendable, Hashable {
  /// How many values there are.
  package var count: Int
  /// In the order of step and time: of each stretch the lowest and the highest value and the first that is no number,
  /// so that no peak is lost; and both ends.
  package var points: [Metric]

  package init(count: Int = 0, points: [Metric] = []) {
    self.count = count
    self.points = points
  }
}
