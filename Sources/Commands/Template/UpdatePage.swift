import Formats
import Platform
import Templates

/// What an update did, or would do.
struct UpdatePage {
  private let prepared: Updater.Prepared
  /// Nil for an update that is only shown.
  private let open: [UpdateJournal.Open]?
  private let console: Console

  init(_ prepared: Updater.Prepared, open: [UpdateJournal.Open]?, console: Console) {
    self.prepared = prepared
    self.open = open
    self.console = console
  }

  func show() {
    console.show(json) { text }
    showNotes()
  }

  /// What is to be known besides, on standard error.
  func showNotes() {
    for note in prepared.notes { console.note("note: \(note)") }
    guard !prepared.defaults.isEmpty else { return }
    let answers = prepared.defaults.map { "\($0.key)=\($0.value.string ?? $0.value.text())" }
    console.note("new questions took their defaults: \(answers.joined(separator: ", "))")
  }

  private var json: JSONValue {
    .object([
      .init("from", prepared.from.commit.map(JSONValue.string) ?? .null),
      .init("to", prepared.to.commit.map(JSONValue.string) ?? .null),
      .init("changed", .bool(!prepared.isCurrent)),
      .init("applied", .bool(open != nil)),
      .init("conflicts", .int(Int64(prepared.plan.conflicts.count))),
      .init("files", prepared.plan.json),
      .init("defaults", .object(prepared.defaults)),
      .init("notes", .array(prepared.notes.map { .string($0) })),
    ])
  }

  private var text: String {
    let isPlain = prepared.to.commit == nil
    if prepared.isCurrent {
      return "nothing to do: the project has "
        + (isPlain ? "all that the template makes" : prepared.to.shown)
    }
    var lines = prepared.plan.steps.compactMap { step -> String? in
      guard step.action != .keep, step.conflict == nil else { return nil }
      let from = step.renamedFrom.map { "\($0) -> " } ?? ""
      return "\(Self.word(step.action)) \(from)\(step.path)"
    }
    lines += conflictLines
    lines.append(
      isPlain
        ? "updated to what the template makes now"
        : "updated "
          + (prepared.from.commit == nil ? "" : "from \(prepared.from.shown) ")
          + "to \(prepared.to.shown)")
    if let open, !open.isEmpty {
      lines.append(
        "\(open.count) conflicts: solve them, then `reprise update --continue`; or take all back: `reprise update --abort`"
      )
    }
    return lines.joined(separator: "\n")
  }

  var conflictLines: [String] {
    let aside = Dictionary(
      (open ?? []).compactMap { conflict in conflict.aside.map { (conflict.path, $0) } },
      uniquingKeysWith: { first, _ in first })
    return prepared.plan.conflicts.map { step in
      let line = "\(Self.word(step.action)) \(step.path)"
      return console.styled(line, .red)
        + (aside[step.path].map { "  (the template's: \($0))" } ?? "")
    }
  }

  /// The word for an action, padded so that paths stand in a column.
  private static func word(_ action: UpdateAction) -> String {
    let word =
      switch action {
      case .keep: "kept"
      case .add: "added"
      case .change: "changed"
      case .merge: "merged"
      case .conflict: "conflict"
      case .delete: "deleted"
      case .rename: "renamed"
      case .mode: "mode"
      case .binaryConflict: "conflict (binary)"
      case .staysDeleted: "stays deleted"
      case .bothAdded: "conflict (both added)"
      case .deletedByTemplate: "conflict (template deleted)"
      case .obstructed: "conflict (in the way)"
      }
    return word + String(repeating: " ", count: max(0, 13 - word.utf8.count))
  }
}
