import Compute
import Learning
import Platform
import SystemPackage

/// Finds what a suite of model tests names.
package protocol ModelPlaces: Sendable {
  /// Where relative paths begin and commands run.
  var root: FilePath { get }
  /// Of commands.
  var variables: [String: String] { get }

  /// The file of a table; its name may end with `#TABLE`.
  func path(of table: TableReference) throws -> FilePath

  /// The model that a run logged.
  func model(run: String, path: String) throws -> FilePath

  /// When a run ended, or began when it has not ended, in seconds since 1970; nil: that is not known.
  func ended(run: String) throws -> Double?
}

extension ModelPlaces {
  /// Reads a whole table.
  func table(_ reference: TableReference, asText: Set<String>, threads: Int) throws -> Table {
    do {
      return try TableFile.read(path(of: reference), asText: asText, threads: threads)
    } catch var failure as Failure {
      if failure.location == nil || failure.code == .notFound {
        failure.location = reference.location
      }
      throw failure
    }
  }

  /// What predicts; nil for a table of predictions, which cannot be asked.
  func predictor(_ reference: PredictorReference) throws -> (any Predictor)? {
    switch reference.place {
    case .file(let text):
      let path = try FileSystem.absolute(FilePath(text), in: root)
      guard FileSystem.exists(path) else {
        throw Failure(
          .notFound, "there is no model `\(text)`",
          hint: "name a model file, or a run: `model: run:latest/model`", at: reference.location)
      }
      return try FilePredictor(path, shownAs: text)
    case .run(let run, let path):
      do {
        return try FilePredictor(model(run: run, path: path), shownAs: "run:\(run)/\(path)")
      } catch var failure as Failure {
        if failure.location == nil { failure.location = reference.location }
        throw failure
      }
    case .command(let text, let format):
      return CommandPredictor(
        text, format: format, timeout: reference.timeout, folder: root, variables: variables)
    case .http(let address): return EndpointPredictor(address, timeout: reference.timeout)
    case .predictions: return nil
    }
  }
}
