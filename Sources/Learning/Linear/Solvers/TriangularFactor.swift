/// The R of a QR factorisation that grows by blocks of rows, with what it makes of a right side.
///
/// Householder reflections (Golub and Van Loan, "Matrix Computations", 5.2) of a triangle and a
/// block below it, so that a table of any length needs the memory of one block.
struct TriangularFactor {
  let columns: Int
  /// Column after column; the right side is the last one.
  private(set) var elements: [Double]

  init(columns: Int) {
    self.columns = columns
    elements = Array(repeating: 0, count: columns * (columns + 1))
  }

  /// The right side, as reflections have left it.
  var rightSide: [Double] { Array(elements[(columns * columns)...]) }

  /// Column after column, without the right side.
  var triangle: [Double] { Array(elements[..<(columns * columns)]) }

  /// Takes rows in.
  ///
  /// - Parameters:
  ///   - block: `columns + 1` columns of `count` numbers, the right side last. Its contents are lost.
  mutating func absorb(_ block: inout [Double], count: Int) {
    precondition(block.count == count * (columns + 1), "a number for each row of each column")
    let columns = columns
    elements.withUnsafeMutableBufferPointer { triangle in
      block.withUnsafeMutableBufferPointer { block in
        guard let r = triangle.baseAddress, let rows = block.baseAddress else { return }
        for k in 0..<columns {
          let x = rows + k * count
          let squares = VectorArithmetic.dot(x, x, count)
          if squares == 0 { continue }
          let old = r[k * columns + k]
          let norm = (old * old + squares).squareRoot()
          let new = old > 0 ? -norm : norm
          let factor = (new - old) / new
          let scale = 1 / (old - new)
          for row in 0..<count { x[row] *= scale }
          r[k * columns + k] = new
          for j in (k + 1)...columns {
            let y = rows + j * count
            let top = r + j * columns + k
            let change = factor * (top.pointee + VectorArithmetic.dot(x, y, count))
            top.pointee -= change
            VectorArithmetic.add(-change, x, to: y, count)
          }
        }
      }
    }
  }

  /// Takes another one in.
  mutating func absorb(_ other: TriangularFactor) {
    var block = other.elements
    absorb(&block, count: columns)
  }

  /// Takes in the rows `weight`·I with the right side 0: a penalty on the squared length.
  mutating func absorb(diagonal weight: Double) {
    var block = [Double](repeating: 0, count: columns * (columns + 1))
    for k in 0..<columns { block[k * columns + k] = weight }
    absorb(&block, count: columns)
  }
}
