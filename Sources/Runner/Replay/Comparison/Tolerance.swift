/// How far two numbers may be apart and count as equal, as `numpy.allclose` has it with the first run's number as the one
/// that is right: |new - old| <= atol + rtol * |old|.
package struct Tolerance: Sendable, Hashable {
  package var rtol: Double
  package var atol: Double

  package init(rtol: Double = 1e-9, atol: Double = 0) {
    self.rtol = rtol
    self.atol = atol
  }

  /// NaN equals NaN; an infinity equals itself alone.
  package func allows(_ old: Double, _ new: Double) -> Bool {
    if old == new || old.isNaN && new.isNaN { return true }
    guard old.isFinite, new.isFinite else { return false }
    return (new - old).magnitude <= atol + rtol * old.magnitude
  }
}
