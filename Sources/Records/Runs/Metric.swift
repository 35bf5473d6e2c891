/// One measured value of a run.
package struct Metric: Sendable, Hashable {
  package var key: String
  /// Any double, NaN and the infinities included.
  package var value: Double
  /// Milliseconds since 1970.
  package var timestamp: Int64
  package var step: Int64

  package init(_ key: String, _ value: Double, timestamp: Int64, step: Int64 = 0) {
    self.key = key
    self.value = value
    self.timestamp = timestamp
    self.step = step
  }
}
