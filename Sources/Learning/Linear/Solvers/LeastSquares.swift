import Compute

/// Least squares with a penalty on the squared length of the coefficients, or none.
///
/// Minimises |target - X·w|² + `ridge`·|w|². Without a penalty and with dependent columns, the
/// shortest w of all that do: what `numpy.linalg.lstsq` gives. Everything is done by orthogonal
/// factorisations, which lose half as many digits as the normal equations.
struct LeastSquares {
  let design: DesignMatrix
  /// At least 0.
  let ridge: Double

  /// Rows that are factorised at a time, and rows whose factors one thread makes one after the other.
  private static let block = 1024
  private static let group = 64 * 1024

  /// - Returns: the coefficients, and how many of them were found independent.
  func solve(on pool: WorkerPool) -> (coefficients: [Double], rank: Int) {
    // A pivot below this is what rounding leaves of 0; ten times NumPy's, since pivots of a QR are
    // only near to the singular values that it looks at.
    let cutoff = 10 * Double(max(design.rows, design.columns)) * .ulpOfOne
    if design.columns > design.rows { return solveWide(cutoff) }
    var factor = reduce(on: pool)
    if ridge > 0 { factor.absorb(diagonal: ridge.squareRoot()) }
    let (solution, rank) = MinimumNorm.solve(
      factor.triangle, factor.rightSide, size: design.columns, cutoff: cutoff)
    return (solution, rank)
  }

  /// The triangle of all rows: of groups of them first, then of these in their order.
  private func reduce(on pool: WorkerPool) -> TriangularFactor {
    let groups = max(1, (design.rows + Self.group - 1) / Self.group)
    let factors = pool.map(groups) { index in
      factor(of: (index * Self.group)..<min(design.rows, (index + 1) * Self.group))
    }
    return factors.dropFirst().reduce(into: factors[0]) { $0.absorb($1) }
  }

  private func factor(of rows: Range<Int>) -> TriangularFactor {
    var factor = TriangularFactor(columns: design.columns)
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.block) {
      let count = min(Self.block, rows.upperBound - start)
      var block: [Double] = []
      block.reserveCapacity(count * (design.columns + 1))
      for column in 0..<design.columns {
        block += design.elements[(column * design.rows + start)...].prefix(count)
      }
      block += design.target[start...].prefix(count)
      factor.absorb(&block, count: count)
    }
    return factor
  }

  /// With more columns than rows, w lies in the space of the rows: with Xᵀ = Q·R, w = Q·u, and u is
  /// the solution of a problem of as many unknowns as there are rows.
  private func solveWide(_ cutoff: Double) -> (coefficients: [Double], rank: Int) {
    let (rows, columns) = (design.rows, design.columns)
    var transposed = [Double](repeating: 0, count: rows * columns)
    for row in 0..<rows {
      for column in 0..<columns {
        transposed[row * columns + column] = design.elements[column * rows + row]
      }
    }
    let outer = HouseholderQR(transposed, rows: columns, columns: rows, pivots: false)
    // Rᵀ and the target, as rows to be met.
    var block = [Double](repeating: 0, count: rows * (rows + 1))
    for row in 0..<rows {
      for column in 0...row { block[column * rows + row] = outer[column, row] }
      block[rows * rows + row] = design.target[row]
    }
    var factor = TriangularFactor(columns: rows)
    factor.absorb(&block, count: rows)
    if ridge > 0 { factor.absorb(diagonal: ridge.squareRoot()) }
    let (short, rank) = MinimumNorm.solve(
      factor.triangle, factor.rightSide, size: rows, cutoff: cutoff)
    return (
      outer.product(short + [Double](repeating: 0, count: columns - rows)), rank
    )
  }
}
