/// The shortest of all solutions of a least-squares problem with a square matrix.
///
/// A complete orthogonal factorisation (Golub and Van Loan, 5.5.2): QR with column pivoting says how
/// many columns are independent; a second one, of the transposed rows that are left, gives the
/// shortest solution.
enum MinimumNorm {
  /// - Parameters:
  ///   - matrix: column after column, `size * size` numbers.
  ///   - cutoff: pivots below this share of the largest count as 0.
  /// - Returns: the solution, and how many columns were found independent.
  static func solve(
    _ matrix: [Double], _ rightSide: [Double], size: Int, cutoff: Double
  ) -> (solution: [Double], rank: Int) {
    let first = HouseholderQR(matrix, rows: size, columns: size, pivots: true)
    let least = cutoff * (size > 0 ? abs(first[0, 0]) : 0)
    let rank = (0..<size).first { !(abs(first[$0, $0]) > least) } ?? size
    guard rank > 0 else { return ([Double](repeating: 0, count: size), 0) }
    let wanted = first.transposedProduct(rightSide)
    let pivoted = rank == size ? backward(first, wanted) : shortest(first, wanted, size, rank)
    var solution = [Double](repeating: 0, count: size)
    for (place, column) in first.order.enumerated() { solution[column] = pivoted[place] }
    return (solution, rank)
  }

  private static func backward(_ factor: HouseholderQR, _ rightSide: [Double]) -> [Double] {
    var solution = rightSide
    for row in solution.indices.reversed() {
      for column in (row + 1)..<max(row + 1, solution.count) {
        solution[row] -= factor[row, column] * solution[column]
      }
      solution[row] /= factor[row, row]
    }
    return solution
  }

  private static func shortest(
    _ factor: HouseholderQR, _ rightSide: [Double], _ size: Int, _ rank: Int
  ) -> [Double] {
    var transposed = [Double](repeating: 0, count: size * rank)
    for row in 0..<rank {
      for column in row..<size { transposed[row * size + column] = factor[row, column] }
    }
    let second = HouseholderQR(transposed, rows: size, columns: rank, pivots: false)
    var short = [Double](repeating: 0, count: size)
    for row in 0..<rank {
      var value = rightSide[row]
      for column in 0..<row { value -= second[column, row] * short[column] }
      short[row] = value / second[row, row]
    }
    return second.product(short)
  }
}
