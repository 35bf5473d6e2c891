/// What to do where both sides changed the same (the words of nbmerge).
package enum MergeStrategy: String, Sendable, Hashable, CaseIterable {
  /// Keep both, with marks around them: a conflict.
  case inline
  case useBase = "use-base"
  case useLocal = "use-local"
  case useRemote = "use-remote"
  /// Ours, then theirs, without marks.
  case union
  /// Of outputs: take away those that conflict.
  case remove
  /// Of outputs: take all of the cell away.
  case clearAll = "clear-all"

  /// Those that a whole notebook or its sources can have.
  package static let ofInputs: [MergeStrategy] = [.inline, .useBase, .useLocal, .useRemote, .union]
}

/// How a merge decides.
package struct MergeOptions: Sendable {
  package var strategy = MergeStrategy.inline
  /// Of sources and attachments; as ``strategy`` when nil.
  package var inputs: MergeStrategy?
  /// Of outputs; nil takes those of cells that conflict away, which a run brings back, unless ``strategy`` says more.
  package var outputs: MergeStrategy?
  /// Whether execution counts and what editors note (`collapsed`, `scrolled`) never conflict.
  package var ignoresTransients = true
  /// What the sides are called in marks.
  package var oursLabel = "ours"
  package var theirsLabel = "theirs"

  package init() {}

  var ofInputs: MergeStrategy { inputs ?? strategy }
  var ofOutputs: MergeStrategy { outputs ?? (strategy == .inline ? .clearAll : strategy) }
}
