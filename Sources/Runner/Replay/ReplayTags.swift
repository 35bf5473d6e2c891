import Records

/// The tags by which runs and their replays are known.
package enum ReplayTags {
  /// Of a replay: the run that it played.
  package static let original = "reprise.replayOf"
  /// Of a replay: what came of it; see ``ReplayVerdict/word``.
  package static let verdict = "reprise.replay.verdict"
  /// Of a run: what came of its last replay.
  package static let replayed = "reprise.replayed"
  /// Of a run: the last replay of it.
  package static let lastReplay = "reprise.replayedBy"

  /// What a replay is called; one of a replay has the first run's name too.
  static func name(of run: Run) -> String {
    let prefix = "replay of "
    return run.name.hasPrefix(prefix) ? run.name : prefix + run.name
  }
}
