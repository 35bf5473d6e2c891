import Formats
import Platform
import SystemPackage

/// A file of variables as `mlflow --env-file` takes it: see ``DotenvText``.
enum VariablesFile {
  /// The variables that a file adds to an environment; what is set already stays.
  static func read(_ path: FilePath, in environment: [String: String]) throws -> [String: String] {
    let text = try FileSystem.readText(path)
    do {
      return try DotenvText(parsing: text).variables(in: environment)
    } catch {
      throw error.failure(in: path.string)
    }
  }
}
