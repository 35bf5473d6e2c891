/// Where a version of a model stands, in MLflow's older way; aliases have taken its place.
package enum ModelStage: String, Sendable, Hashable, CaseIterable {
  case none = "None"
  case staging = "Staging"
  case production = "Production"
  case archived = "Archived"

  /// Whether versions that are used stand there.
  package var isActive: Bool { self == .staging || self == .production }

  /// The stage that a text names, in upper or lower case.
  ///
  /// - Throws: ``RecordFailure`` for anything else.
  package init(named text: String) throws(RecordFailure) {
    let lower = text.lowercased()
    guard let stage = Self.allCases.first(where: { $0.rawValue.lowercased() == lower }) else {
      throw .unknownStage(text)
    }
    self = stage
  }
}
