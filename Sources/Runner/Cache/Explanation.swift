import Formats
import Platform
import Projects
import Records

/// What `reprise run` would do for a plan, and what of its key is not as it was in an earlier run.
package struct Explanation: Sendable {
  /// Something in the key that is not the same; nil where it is not there.
  package struct Change: Sendable, Hashable {
    package var part: RunKey.Part
    package var name: String
    package var old: String?
    package var new: String?
  }

  /// What `reprise run` would do.
  package enum Verdict: Sendable {
    /// The work, and why.
    case run([String])
    /// Nothing but to bring back these outputs of a run.
    case skip(Run, restoring: [String])
  }

  package let entryPoint: String
  package let key: RunKey
  /// The run that the key is compared with; nil when none is there.
  package let reference: Run?
  /// What it depended on; nil when that is not kept.
  package let old: RunKey?
  package let changes: [Change]
  package let verdict: Verdict

  /// Parts in which nothing changed, of those that either has.
  package var same: [RunKey.Part] {
    guard let old else { return [] }
    return RunKey.Part.allCases.filter { part in
      (key.parts[part] != nil || old.parts[part] != nil) && key.parts[part] == old.parts[part]
    }
  }

  /// The verdict on one line.
  package var line: String {
    switch verdict {
    case .run(let reasons):
      return "would run" + (reasons.first.map { ": \($0)" } ?? "")
    case .skip(let maker, let outputs):
      return "would be skipped: same as \(maker.name) (\(maker.id.hex.prefix(8))); outputs to "
        + "restore: \(outputs.count)"
    }
  }
}

extension Explanation {
  /// The explanation as `explain --json` prints it.
  package var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("entry_point", .string(entryPoint)), .init("key", .string(key.digest)),
      .init("parts", Explanation.json(key)),
      .init("run_id", reference.map { .string($0.id.hex) } ?? .null),
      .init("run_parts", old.map(Explanation.json) ?? .null),
      .init("same", .array(same.map { .string($0.rawValue) })),
      .init(
        "changed",
        .array(
          changes.map { change in
            .object([
              .init("part", .string(change.part.rawValue)), .init("name", .string(change.name)),
              .init("old", change.old.map { .string($0) } ?? .null),
              .init("new", change.new.map { .string($0) } ?? .null),
            ])
          })),
    ]
    members += verdictJSON
    return .object(members)
  }

  /// `would`: `run` with the reasons, or `skip` with the run and the outputs to restore.
  package var verdictJSON: [JSONValue.Member] {
    switch verdict {
    case .run(let reasons):
      [
        .init("would", "run"), .init("reasons", .array(reasons.map { .string($0) })),
        .init("cached_from", .null), .init("restore", .array([])),
      ]
    case .skip(let maker, let outputs):
      [
        .init("would", "skip"), .init("reasons", .array([])),
        .init("cached_from", .string(maker.id.hex)),
        .init("restore", .array(outputs.map { .string($0) })),
      ]
    }
  }

  private static func json(_ key: RunKey) -> JSONValue {
    .object(
      RunKey.Part.allCases.compactMap { part in
        key.parts[part].map { values in
          let sorted = values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
          return .init(part.rawValue, .object(sorted.map { .init($0.key, .string($0.value)) }))
        }
      })
  }
}
