/// Two samples of one quantity, and how far their distributions are from each other.
///
/// All steps of the two empirical distribution functions are met once, in order; differences of
/// the functions are taken in whole numbers, and sums are exact, so that swapping the samples or
/// spreading them otherwise over values and counts changes nothing.
package struct SamplePair: Sendable {
  package let reference: OrderedSample
  package let current: OrderedSample

  package init(reference: OrderedSample, current: OrderedSample) {
    self.reference = reference
    self.current = current
  }

  /// Whether both samples have a number.
  package var isComplete: Bool { reference.count > 0 && current.count > 0 }

  /// A number that occurs in one of the samples.
  struct Step {
    let value: Double
    /// How often it occurs in the two samples.
    let counts: (reference: Int, current: Int)
    /// How many numbers are at most this.
    let ends: (reference: Int, current: Int)
  }

  /// Meets every different number of both samples in ascending order.
  @inline(__always)
  func forEachStep(_ body: (Step) -> Void) {
    let (a, b) = (reference.values, current.values)
    var (i, j) = (0, 0)
    var ends = (reference: 0, current: 0)
    while i < a.count || j < b.count {
      let value = min(i < a.count ? a[i] : .infinity, j < b.count ? b[j] : .infinity)
      while i < a.count, a[i] == value { i += 1 }
      while j < b.count, b[j] == value { j += 1 }
      let next = (reference: reference.end(i), current: current.end(j))
      body(
        Step(
          value: value,
          counts: (next.reference - ends.reference, next.current - ends.current), ends: next))
      ends = next
    }
  }

  /// |i/n1 - j/n2|·n1·n2 for the counts of numbers met.
  @inline(__always)
  func gap(_ step: Step) -> Int128 {
    let (a, overflowA) = step.ends.reference.multipliedReportingOverflow(by: current.count)
    let (b, overflowB) = step.ends.current.multipliedReportingOverflow(by: reference.count)
    if !overflowA && !overflowB { return Int128(abs(a - b)) }
    let difference =
      Int128(step.ends.reference) * Int128(current.count) - Int128(step.ends.current)
      * Int128(reference.count)
    return difference < 0 ? -difference : difference
  }

  /// n1·n2.
  var product: Double { Double(reference.count) * Double(current.count) }
}
