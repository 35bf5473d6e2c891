/// A dense QR factorisation, with or without column pivoting (Golub and Van Loan, 5.2 and 5.4).
struct HouseholderQR {
  let rows: Int
  let columns: Int
  /// Column after column: R on and above the diagonal, the reflections' vectors below it, whose
  /// first element, 1, is not kept.
  private(set) var elements: [Double]
  private var factors: [Double] = []
  /// The column of the matrix that each column of R comes from.
  private(set) var order: [Int]

  private var steps: Int { min(rows, columns) }

  /// - Parameter elements: column after column.
  init(_ elements: [Double], rows: Int, columns: Int, pivots: Bool) {
    precondition(elements.count == rows * columns, "a number for each row of each column")
    self.rows = rows
    self.columns = columns
    self.elements = elements
    order = Array(0..<columns)
    for k in 0..<steps {
      if pivots { bringForward(k) }
      reflect(k)
    }
  }

  /// The element of R in a row and a column.
  subscript(row: Int, column: Int) -> Double { elements[column * rows + row] }

  /// The longest of the remaining columns comes next; the first one on a tie. Lengths are taken
  /// anew each time: to update them is quicker and loses them to cancellation.
  private mutating func bringForward(_ k: Int) {
    var (best, longest) = (k, -1.0)
    elements.withUnsafeBufferPointer { elements in
      guard let base = elements.baseAddress else { return }
      for column in k..<columns {
        let start = base + column * rows + k
        let squares = VectorArithmetic.dot(start, start, rows - k)
        if squares > longest { (best, longest) = (column, squares) }
      }
    }
    guard best != k else { return }
    order.swapAt(k, best)
    for row in 0..<rows { elements.swapAt(k * rows + row, best * rows + row) }
  }

  private mutating func reflect(_ k: Int) {
    let (rows, columns) = (rows, columns)
    let factor = elements.withUnsafeMutableBufferPointer { elements -> Double in
      guard let base = elements.baseAddress else { return 0 }
      let head = base + k * rows + k
      let below = rows - k - 1
      let squares = VectorArithmetic.dot(head + 1, head + 1, below)
      guard squares > 0 else { return 0 }
      let old = head.pointee
      let norm = (old * old + squares).squareRoot()
      let new = old > 0 ? -norm : norm
      let factor = (new - old) / new
      let scale = 1 / (old - new)
      for row in 1...below { head[row] *= scale }
      head.pointee = new
      for column in (k + 1)..<max(k + 1, columns) {
        let other = base + column * rows + k
        let change = factor * (other.pointee + VectorArithmetic.dot(head + 1, other + 1, below))
        other.pointee -= change
        VectorArithmetic.add(-change, head + 1, to: other + 1, below)
      }
      return factor
    }
    factors.append(factor)
  }

  /// Qᵀ·vector.
  func transposedProduct(_ vector: [Double]) -> [Double] { product(vector, steps: 0..<steps) }

  /// Q·vector.
  func product(_ vector: [Double]) -> [Double] { product(vector, steps: (0..<steps).reversed()) }

  private func product(_ vector: [Double], steps: some Sequence<Int>) -> [Double] {
    precondition(vector.count == rows, "a number for each row")
    var result = vector
    result.withUnsafeMutableBufferPointer { result in
      elements.withUnsafeBufferPointer { elements in
        guard let y = result.baseAddress, let base = elements.baseAddress else { return }
        for k in steps where factors[k] != 0 {
          let below = base + k * rows + k + 1
          let count = rows - k - 1
          let change = factors[k] * (y[k] + VectorArithmetic.dot(below, y + k + 1, count))
          y[k] -= change
          VectorArithmetic.add(-change, below, to: y + k + 1, count)
        }
      }
    }
    return result
  }
}
