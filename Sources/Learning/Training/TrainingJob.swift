import Compute
import Formats
import Platform
import Projects
import SystemPackage

/// What one training is to do.
package struct TrainingJob: Sendable {
  /// Values of the trainer's parameters as text, defaults filled in; what has neither is absent.
  /// They have been checked against ``Trainer/parameters`` when they come from the Runner; trainers
  /// check again what they rely on.
  package var values: [String: String]
  /// The structured values of ``Trainer/settings``.
  package var settings: [String: Setting]
  /// The entry point's `inputs`, in order, resolved.
  package var inputs: [FilePath]
  /// The project's folder, which relative paths in values start from.
  package var folder: FilePath
  /// An existing folder that the model and other files are written to.
  package var output: FilePath
  /// At least 1. Results do not depend on it.
  package var threads: Int

  package init(
    values: [String: String], inputs: [FilePath] = [], folder: FilePath, output: FilePath,
    settings: [String: Setting] = [:],
    threads: Int = WorkerPool.processorCount
  ) {
    self.values = values
    self.settings = settings
    self.inputs = inputs
    self.folder = folder
    self.output = output
    self.threads = max(1, threads)
  }

  /// Lets other tasks run for a moment; trainers call it between rounds.
  ///
  /// - Throws: `CancellationError` when the training is to stop.
  package func pause() async throws {
    try Task.checkCancellation()
    await Task.yield()
  }

  /// The seed, a parameter of every trainer; 0 when none is given.
  package var seed: UInt64 {
    get throws {
      guard let text = values["seed"] else { return 0 }
      if let seed = UInt64(text) { return seed }
      // Negative seeds are seeds too: their bits are taken.
      if let seed = Int64(text) { return UInt64(bitPattern: seed) }
      throw Failure(.invalid, "`seed` is no whole number of 64 bits: `\(text)`")
    }
  }

  /// The table to learn from: the value of `data`, or else the first of `inputs`.
  ///
  /// - Throws: ``Failure`` with code `.usage` when there is neither.
  package var data: FilePath {
    get throws {
      if let path = values["data"], !path.isEmpty {
        return try FileSystem.absolute(FilePath(path), in: folder)
      }
      if let first = inputs.first { return first }
      throw Failure(
        .usage, "no data to train on",
        hint: "list the file under `inputs` of the entry point, or give `-P data=FILE`")
    }
  }
}
