/// A logged model that a run made, at a step of it.
package struct ModelUse: Sendable, Hashable {
  /// `m-` and 32 hexadecimal digits.
  package var model: String
  package var step: Int64

  package init(model: String, step: Int64 = 0) {
    self.model = model
    self.step = step
  }
}
