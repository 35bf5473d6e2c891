import Projects

/// One way to make a model, as `trainer: NAME` of an entry point names it.
///
/// A trainer reads what its ``TrainingJob`` names, tells a ``TrainingObserver`` what happens while
/// it happens, writes its model and other files below the job's folder, and returns what there is
/// to know in the end. It knows nothing of runs and records: whoever listens writes those.
///
/// To be cancelled, a trainer calls ``TrainingJob/pause()`` between rounds. It either lets the
/// `CancellationError` through, having written nothing, or writes the best model so far and returns
/// a result whose ending is ``TrainingResult/Ending/interrupted``.
package protocol Trainer: Sendable {
  var name: String { get }
  /// One line for `run --list`.
  var summary: String { get }
  /// What it takes, each with kind, default and limits. Whoever starts it checks values against
  /// these first.
  var parameters: [Parameter] { get }
  /// Keys of the entry point, beside `parameters`, whose structured values it takes, such as
  /// `layers` or `cv`.
  var settings: [String] { get }
  /// The endings of the files that its models can be written to: `json`, `onnx`, ….
  var modelEndings: [String] { get }

  /// Looks at the settings before anything is done.
  ///
  /// - Throws: ``Failure`` for what they cannot mean.
  func check(_ settings: [Setting]) throws

  /// Trains, from reading the data to writing the model.
  ///
  /// The same job gives the same files, byte by byte, whatever its number of threads.
  func train(_ job: TrainingJob, reporting observer: any TrainingObserver) async throws
    -> TrainingResult
}

extension Trainer {
  package var settings: [String] { [] }
  package var modelEndings: [String] { ["json"] }

  /// Whoever takes `cv` alone needs no more.
  package func check(_ settings: [Setting]) throws {
    for setting in settings where setting.name == CrossValidation.key {
      _ = try CrossValidation(setting)
    }
  }
}
