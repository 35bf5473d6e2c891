import Platform
import SystemPackage

extension ModelPlaces {
  /// Nothing is known of runs.
  package func ended(run: String) throws -> Double? { nil }

  /// When a model was made: when its run ended, or else when its file was written last.
  ///
  /// - Returns: seconds since 1970; nil for what is no file.
  func trainingTime(_ reference: PredictorReference) throws -> Double? {
    switch reference.place {
    case .run(let run, let path):
      if let end = try ended(run: run) { return end }
      return try Self.modified(model(run: run, path: path))
    case .file(let text):
      return try Self.modified(FileSystem.absolute(FilePath(text), in: root))
    case .predictions, .command, .http: return nil
    }
  }

  /// Of a file, or of the newest file of a folder.
  private static func modified(_ path: FilePath) throws -> Double? {
    guard let status = try FileSystem.status(path) else { return nil }
    guard status.kind == .directory else { return Double(status.modified) / 1e9 }
    return try FileSystem.components(in: path).compactMap { try modified(path.appending($0)) }.max()
  }
}
