/// A run from elsewhere with some of its points.
package struct RunPart: Sendable {
  package var copy: RunCopy
  package var experiment: ExperimentID
  package var points: [Metric]
  /// Whether this is all, or the last of several parts; until then the run is RUNNING here, so that one that is cut off
  /// in between is known as unfinished.
  package var isLast: Bool

  package init(_ copy: RunCopy, in experiment: ExperimentID, points: [Metric], isLast: Bool) {
    self.copy = copy
    self.experiment = experiment
    self.points = points
    self.isLast = isLast
  }
}
