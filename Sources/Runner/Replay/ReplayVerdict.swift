import Formats
import Records

/// Whether a replay came to what its original came to, and why not.
package struct ReplayVerdict: Sendable {
  package let original: RunID
  package let replay: RunID
  /// How the runs ended, when they did not end alike.
  package let ending: RunDifference.Change?
  /// The declared outputs.
  package let outputs: [OutputVerdict]
  /// The files in the runs' artifacts, such as a trainer's model.
  package let artifacts: [OutputVerdict]
  /// Series by series.
  package let metrics: [OutputVerdict]
  /// What the runs printed. It is told, and does not decide: progress bars and times stand there.
  package let logs: [OutputVerdict]
  /// What of parameters, code, data and environment is not the same.
  package let causes: [RunDifference.Change]
  package let tolerance: Double

  /// Everything that decides.
  package var deciding: [OutputVerdict] { outputs + artifacts + metrics }

  package var isSame: Bool { ending == nil && deciding.allSatisfy(\.kind.isSame) }

  /// One word, for a tag: `identical`, `equal` or `different`.
  package var word: String {
    guard isSame else { return OutputVerdict.Kind.different.rawValue }
    return OutputVerdict.Kind.combined(deciding.map(\.kind)).rawValue
  }

  package var json: JSONValue {
    let list = { (changes: [RunDifference.Change]) -> JSONValue in
      .array(
        changes.map {
          .object([
            .init("name", .string($0.name)),
            .init("original", $0.first.map { .string($0) } ?? .null),
            .init("replay", $0.second.map { .string($0) } ?? .null),
          ])
        })
    }
    return .object([
      .init("original", .string(original.hex)), .init("replay", .string(replay.hex)),
      .init("verdict", .string(word)), .init("same", .bool(isSame)),
      .init("tolerance", .double(tolerance)), .init("ending", list(ending.map { [$0] } ?? [])),
      .init("outputs", .array(outputs.map(\.json))),
      .init("artifacts", .array(artifacts.map(\.json))),
      .init("metrics", .array(metrics.map(\.json))), .init("logs", .array(logs.map(\.json))),
      .init("causes", list(causes)),
    ])
  }

  init(
    original: RunID, replay: RunID, ending: RunDifference.Change?, outputs: [OutputVerdict],
    artifacts: [OutputVerdict], metrics: [OutputVerdict], logs: [OutputVerdict],
    causes: [RunDifference.Change], tolerance: Double
  ) {
    self.original = original
    self.replay = replay
    self.ending = ending
    self.outputs = outputs
    self.artifacts = artifacts
    self.metrics = metrics
    self.logs = logs
    self.causes = causes
    self.tolerance = tolerance
  }

  /// Reads what ``json`` wrote; nil for anything else.
  package init?(_ json: JSONValue) {
    guard let original = json["original"]?.string.flatMap({ RunID($0) }),
      let replay = json["replay"]?.string.flatMap({ RunID($0) })
    else { return nil }
    let verdicts = { (key: String) in
      (json[key]?.array ?? []).compactMap { OutputVerdict($0) }
    }
    let changes = { (key: String) in
      (json[key]?.array ?? []).compactMap { item -> RunDifference.Change? in
        guard let name = item["name"]?.string else { return nil }
        return .init(name: name, first: item["original"]?.string, second: item["replay"]?.string)
      }
    }
    self.init(
      original: original, replay: replay, ending: changes("ending").first,
      outputs: verdicts("outputs"), artifacts: verdicts("artifacts"), metrics: verdicts("metrics"),
      logs: verdicts("logs"), causes: changes("causes"),
      tolerance: json["tolerance"]?.number ?? 0)
  }
}
