import Records

/// Where an import or export writes to.
package protocol ExchangeTarget: AnyObject {
  /// As a person knows it.
  var name: String { get }

  /// Makes an experiment, or finds the one that is the same over there.
  ///
  /// - Returns: whether it is new.
  func take(_ experiment: ForeignExperiment) throws -> Bool

  /// How a run meets what is there already.
  func meeting(_ run: ForeignRun) throws -> RunMeeting

  /// Writes a part of a run; the last one makes it whole. Parts of small runs may wait until ``flush()``.
  func take(_ run: ForeignRun, points: [Metric], isLast: Bool) throws

  /// Writes what waits.
  func flush() throws

  /// Is called once, after everything.
  func finish() throws

  /// Makes a logged model, or finds it.
  ///
  /// - Returns: whether it is new.
  func take(_ model: ForeignModel) throws -> Bool

  /// Adds to the registry what it lacks.
  ///
  /// - Returns: whether the model is new, how many versions are new, and what differs there.
  func take(_ model: ForeignRegisteredModel) throws -> (
    isNew: Bool, versions: Int, conflicts: [String]
  )

  /// Where the files of a run go.
  func artifacts(of run: ForeignRun) throws -> any ArtifactPlace

  /// Where the files of a logged model go; nil for a model that the other side does not take.
  func artifacts(of model: ForeignModel) throws -> (any ArtifactPlace)?
}
