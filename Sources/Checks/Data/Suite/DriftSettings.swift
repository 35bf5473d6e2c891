/// `drift:` of a suite.
package struct DriftSettings: Sendable, Hashable {
  package var method: DriftMethod
  package var correction: Correction

  package init(method: DriftMethod = .auto, correction: Correction = .bh) {
    self.method = method
    self.correction = correction
  }
}
