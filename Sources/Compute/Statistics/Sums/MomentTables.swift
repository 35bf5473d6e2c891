/// Sums and sums of squares of many numbers by position, see ``SumsByPosition``.
struct MomentTables: ~Copyable {
  let sums = SumsByPosition(positions: BinaryParts.positions)
  /// A square stands at the position of its root.
  let squares = SumsByPosition(positions: BinaryParts.positions)

  /// Adds a number, even when it is not finite; such sums are dropped later.
  @inline(__always)
  func add(_ parts: BinaryParts) {
    sums.add(parts)
    squares.addSquare(parts)
  }
}
