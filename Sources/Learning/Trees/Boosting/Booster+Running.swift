extension Booster {
  /// Whether to do another round.
  package enum Decision: Sendable, Hashable {
    case goOn
    /// The model so far is the result.
    case stop
  }

  /// Boosts until the last round, or until somebody says stop.
  ///
  /// - Parameter afterRound: is told each round. What it throws comes out of here, for example a
  ///   `CancellationError`; ``model()`` still gives the best so far.
  /// - Returns: ``model()``.
  nonisolated(nonsending) package func run(
    afterRound: (RoundReport) async throws -> Decision = { _ in .goOn }
  ) async throws -> BoostedModel {
    while !isFinished {
      let report = try step()
      if try await afterRound(report) == .stop { break }
    }
    return model()
  }
}
