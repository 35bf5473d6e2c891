import Platform
import Records
import SystemPackage

/// A run made ready to be played again: its code, data and environment in a clean place, and what is not as it was.
package struct ReplayPlan: Sendable {
  package let origin: ReplayOrigin
  /// Nil when something blocks.
  let run: RunPlan?
  /// The project's folder in the clean place.
  let project: FilePath
  /// Everything that is not as it was; what blocks comes first.
  package let problems: [ReplayProblem]

  package var isPossible: Bool { run != nil }

  /// Everything that blocks, as one failure.
  package var failure: Failure? {
    let blocking = problems.filter(\.isBlocking)
    guard let first = blocking.first else { return nil }
    guard blocking.count > 1 else {
      return Failure(
        .invalid, "run `\(origin.run.name)` cannot be played again: \(first.text)",
        hint: first.advice)
    }
    return Failure(
      .invalid, "run `\(origin.run.name)` cannot be played again", details: blocking.map(\.failure))
  }
}
