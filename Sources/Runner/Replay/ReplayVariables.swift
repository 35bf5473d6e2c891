import Formats
import Platform
import Records
import SystemPackage

/// The variables of a replay: those of ours that are nobody's business, and the recorded ones as they were.
struct ReplayVariables {
  let origin: ReplayOrigin
  /// The top of the person's repository, and of the clean place; paths of the one become those of the other.
  let moved: (from: FilePath?, to: FilePath)

  func values(over variables: [String: String]) -> [String: String] {
    var result = variables
    for name in EnvironmentRecord.variables { result[name] = nil }
    for name in ReplayVariables.ofRuns { result[name] = nil }
    for member in origin.run.environment?["variables"]?.members ?? [] {
      guard let value = member.value.string else { continue }
      result[member.key] = EnvironmentRecord.variables.contains(member.key) ? move(value) : value
    }
    // One that is not active here would only be a wrong word.
    if let prefix = result["VIRTUAL_ENV"], !FileSystem.isDirectory(FilePath(prefix)) {
      result["VIRTUAL_ENV"] = nil
    }
    return result
  }

  /// A replay is no part of a run that it is started from, nor recorded elsewhere than its original.
  private static let ofRuns = [
    "MLFLOW_RUN_ID", "MLFLOW_EXPERIMENT_ID", "MLFLOW_EXPERIMENT_NAME", "MLFLOW_TRACKING_URI",
    "REPRISE_RUN_ID", "REPRISE_RECORDS",
  ]

  private func move(_ value: String) -> String {
    guard let from = moved.from else { return value }
    let parts = value.split(separator: ":", omittingEmptySubsequences: false)
    return parts.map { part -> String in
      var path = FilePath(String(part))
      guard path.isAbsolute, path.removePrefix(from) else { return String(part) }
      return moved.to.pushing(path).string
    }.joined(separator: ":")
  }
}
