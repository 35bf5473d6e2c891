/// Sums of many mantissas or products of two, one sum for each position that they stand at: the
/// quick half of adding a long array, before a ``Superaccumulator`` takes what came together.
///
/// An addition is one of 128 bits to memory, without a shift: 2 ns against 5 ns for digits.
struct SumsByPosition: ~Copyable {
  private let sums: UnsafeMutablePointer<Int128>
  private let count: Int

  /// So many products of 106 bits fit into 127.
  static let additions = 1 << 20
  /// Arrays that are shorter are added one by one: emptying a table costs as much.
  static let worthwhile = 2000

  /// All zero.
  init(positions count: Int) {
    self.count = count
    sums = .allocate(capacity: count)
    sums.initialize(repeating: 0, count: count)
  }

  deinit { sums.deallocate() }

  /// Adds ±mantissa at its position, even when it is not finite.
  @inline(__always)
  func add(_ parts: BinaryParts) {
    sums[parts.position] &+= Int128(truncatingIfNeeded: parts.signed)
  }

  /// Adds the product of two mantissas at the sum of their positions.
  @inline(__always)
  func add(_ a: BinaryParts, _ b: BinaryParts) {
    let (high, low) = a.signed.multipliedFullWidth(by: b.signed)
    sums[a.position &+ b.position] &+= Int128(high) &<< 64 | Int128(low)
  }

  /// Adds the square of a mantissa at its position, half of the square's own.
  @inline(__always)
  func addSquare(_ parts: BinaryParts) {
    let (high, low) = parts.mantissa.multipliedFullWidth(by: parts.mantissa)
    sums[parts.position] &+= Int128(truncatingIfNeeded: high) &<< 64 | Int128(low)
  }

  /// Moves all sums of finite numbers, which are at positions below `limit`, to a wide one.
  ///
  /// - Parameter scale: what a place's position is multiplied by.
  func empty(below limit: Int, scale: Int = 1, into sum: inout Superaccumulator) {
    for position in 0..<limit where sums[position] != 0 {
      sum.add(sums[position], position: position * scale)
    }
    sums.update(repeating: 0, count: count)
  }
}
