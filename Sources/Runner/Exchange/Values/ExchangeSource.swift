import Records

/// Where an import or export reads from: what an MLflow installation holds, free of how it is kept.
///
/// Things come one after the other, in an order that is always the same, and are not kept: the points of a run come in
/// batches. What cannot be read is told to the ``ExchangeReport`` that the source was made with, and left out.
package protocol ExchangeSource: AnyObject {
  /// As a person knows it.
  var name: String { get }

  /// Whether reading all points of a run costs no more than a file does.
  var readsPointsFast: Bool { get }

  /// All experiments, deleted ones too.
  func experiments() throws -> [ForeignExperiment]

  /// The runs of an experiment, deleted ones too.
  func eachRun(of experiment: ForeignExperiment, _ body: (ForeignRun) throws -> Void) throws

  /// How many points a run has; nil when only reading them would tell.
  func pointCount(of run: ForeignRun) throws -> Int?

  /// The points of all metrics of a run, in batches of a size that fits into memory.
  func eachBatch(of run: ForeignRun, _ body: ([Metric]) throws -> Void) throws

  /// The logged models of an experiment, deleted ones too where they are known.
  func eachModel(of experiment: ForeignExperiment, _ body: (ForeignModel) throws -> Void) throws

  func eachRegisteredModel(_ body: (ForeignRegisteredModel) throws -> Void) throws

  /// The files of a run; nil when they are somewhere that a client reaches by itself, such as `s3://…`, or cannot be read
  /// here, which is told.
  func artifacts(of run: ForeignRun) throws -> (any ArtifactTree)?

  /// The files of a logged model; see ``artifacts(of:)-(ForeignRun)``.
  func artifacts(of model: ForeignModel) throws -> (any ArtifactTree)?
}
