import Compute

/// Columns to learn from and the numbers to be met, each shifted and each row scaled by the root of
/// its weight, so that solvers know of neither intercepts nor weights.
struct DesignMatrix {
  let rows: Int
  let columns: Int
  /// Column after column.
  private(set) var elements: [Double]
  private(set) var target: [Double]
  /// What was taken from each column and from the target.
  let shifts: [Double]
  let targetShift: Double

  /// - Parameters:
  ///   - weights: at least 0 and not all 0, one for each row; nil counts each row once.
  ///   - offsets: what each column lacks of the numbers that it stands for, which count as they are
  ///     when there is no intercept; nil shifts all columns to a weighted mean of 0, which is what
  ///     an intercept does.
  init(_ matrix: PanelMatrix, target: [Double], weights: [Double]?, offsets: [Double]?) {
    precondition(matrix.rows == target.count, "a number for each row")
    rows = matrix.rows
    columns = matrix.columns
    let count = matrix.rows
    let total = weights?.reduce(0, +) ?? Double(count)
    func mean(_ values: UnsafePointer<Double>) -> Double {
      guard let weights else {
        var sum = 0.0
        for row in 0..<count { sum += values[row] }
        return sum / total
      }
      return VectorArithmetic.dot(values, weights, count) / total
    }
    let roots = weights?.map { $0.squareRoot() }
    func shifted(_ values: inout [Double], _ start: Int, by shift: Double) {
      for row in 0..<count {
        values[start + row] = (values[start + row] - shift) * (roots?[row] ?? 1)
      }
    }
    var elements = [Double](repeating: 0, count: count * matrix.columns)
    for column in 0..<matrix.columns {
      for row in 0..<count {
        elements[column * count + row] = matrix.vectors[row / 8 * matrix.columns + column][row % 8]
      }
    }
    var shifts: [Double] = []
    for column in 0..<matrix.columns {
      let own = elements.withUnsafeBufferPointer { elements in
        elements.baseAddress.map { mean($0 + column * count) } ?? 0
      }
      shifts.append(offsets.map { -$0[column] } ?? own)
      shifted(&elements, column * count, by: shifts[column])
    }
    targetShift = offsets == nil ? mean(target) : 0
    self.target = target
    shifted(&self.target, 0, by: targetShift)
    self.elements = elements
    self.shifts = shifts
  }

  /// What is added to the product of the unshifted columns and their coefficients.
  func intercept(_ coefficients: [Double]) -> Double {
    zip(coefficients, shifts).reduce(targetShift) { $0 - $1.0 * $1.1 }
  }
}
