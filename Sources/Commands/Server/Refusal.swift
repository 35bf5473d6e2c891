import Records

/// Turns what the store refuses in MLflow's words into what a person is told.
enum Refusal {
  static func told<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch let refusal as RecordFailure { throw refusal.failure }
  }
}
