import Platform

/// Hears what an exchange leaves out, and counts it.
package final class ExchangeReport {
  /// Why something was left out: what, where, and what to do.
  package private(set) var skipped: [Failure] = []
  /// How many things were left out, also those that are not in ``skipped``.
  package private(set) var skippedCount = 0
  /// What is there already and says something else.
  package private(set) var conflicts: [Failure] = []
  package private(set) var conflictCount = 0

  private var seen: Set<Failure> = []
  /// Hears of each as it comes.
  private let tell: (Failure) -> Void

  /// More than this are only counted.
  package static let kept = 1000

  package init(tell: @escaping (Failure) -> Void = { _ in }) { self.tell = tell }

  /// Something cannot be read or may not stand there.
  package func skip(_ failure: Failure, count: Int = 1) {
    // A file may be read twice, to be counted and to be brought.
    guard !seen.contains(failure) else { return }
    skippedCount += count
    guard skipped.count < Self.kept else { return }
    seen.insert(failure)
    skipped.append(failure)
    tell(failure)
  }

  /// One more of what was told already.
  package func count() { skippedCount += 1 }

  /// Something is there already with other content.
  package func conflict(_ failure: Failure) {
    conflictCount += 1
    guard conflicts.count < Self.kept else { return }
    conflicts.append(failure)
    tell(failure)
  }

  package var isClean: Bool { skippedCount == 0 && conflictCount == 0 }
}
