import Formats
import Learning
import Records

/// How long the phases of a training took, in seconds.
///
/// They stand in a tag and not among the metrics, which are the same when a run is played again.
package struct TrainingTimings: Sendable, Hashable {
  package static let tag = "reprise.timings"

  /// `{"read_s": 0.12, "construct_s": 0.4, "train_s": 3.21}`, in the order of the phases.
  package let json: JSONValue

  init(_ result: TrainingResult) {
    json = .object(
      result.timings.map { phase, time in
        .init("\(phase)_s", .double((time / .seconds(1) * 10_000).rounded() / 10_000))
      })
  }

  /// Those of a run; nil when it recorded none.
  package init?(of run: Run) {
    guard let text = run.tags.first(where: { $0.key == Self.tag })?.value,
      let json = try? JSONValue(parsing: text), json.members != nil
    else { return nil }
    self.json = json
  }

  /// `read 0.12 s, train 3.21 s`.
  package var text: String {
    (json.members ?? []).map { member in
      let name = member.key.hasSuffix("_s") ? String(member.key.dropLast(2)) : member.key
      return "\(name) \(member.value.number ?? 0) s"
    }.joined(separator: ", ")
  }
}
