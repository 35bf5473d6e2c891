import Records

extension RecordStore {
  /// The refusal that a change meets at a server's door; nil when it is made.
  func refusal(
    _ change: @escaping @Sendable (RecordStore) throws -> Void
  ) async throws -> RecordFailure? {
    do {
      try await write(change)
      return nil
    } catch let refusal as RecordFailure {
      return refusal
    }
  }
}
