import BigInt

/// The places that a slice picks, as Python's `slice.indices` gives them.
struct SliceIndices: Sequence {
  let start: Int
  let stop: Int
  let step: Int

  /// - Throws: `TypeError` for a bound that is no integer, `ValueError` for a step of 0.
  init(_ start: Value, _ stop: Value, _ step: Value, count: Int) throws(TemplateError) {
    let step = try Self.bound(step) ?? 1
    guard step != 0 else { throw .value("slice step cannot be zero") }
    let isForward = step > 0
    func clamp(_ value: Int?, _ missing: Int) -> Int {
      guard var value else { return missing }
      if value < 0 {
        value = value &+ count
        if value < 0 { return isForward ? 0 : -1 }
        return value
      }
      return value >= count ? (isForward ? count : count - 1) : value
    }
    self.step = step
    self.start = clamp(try Self.bound(start), isForward ? 0 : count - 1)
    self.stop = clamp(try Self.bound(stop), isForward ? count : -1)
  }

  private static func bound(_ value: Value) throws(TemplateError) -> Int? {
    switch value {
    case .none: return nil
    case .bigInt(let box): return box.value < 0 ? Int.min + 1 : Int.max
    default:
      guard let index = value.index else {
        throw .type("slice indices must be integers or None or have an __index__ method")
      }
      return index == .min ? .min + 1 : index
    }
  }

  func makeIterator() -> AnyIterator<Int> {
    var next: Int? = start
    return AnyIterator {
      guard let current = next, step > 0 ? current < stop : current > stop else { return nil }
      let (following, overflow) = current.addingReportingOverflow(step)
      next = overflow ? nil : following
      return current
    }
  }
}
