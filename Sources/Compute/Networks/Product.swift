import CKernels

/// A product of matrices of 32-bit floats: CKernels' `ck_product`, which says what the parts mean.
///
/// An element of the result is the same to the bit on every processor and for every way to cut the rows and columns into parts, so
/// that whoever calls it may share the work between threads as it likes.
package struct Product {
  private var parts = ck_product()

  /// - Parameters:
  ///   - left: (rows, depth), its rows `rowStep` apart and the elements of a row `step`.
  ///   - right: (depth, columns), contiguous.
  ///   - out: (rows, columns), contiguous.
  package init(
    _ left: UnsafePointer<Float>, rows: Int, rowStep: Int, step: Int = 1, depth: Int,
    _ right: UnsafePointer<Float>, columns: Int, to out: UnsafeMutablePointer<Float>
  ) {
    parts.left = left
    parts.rows = rows
    parts.row_step = rowStep
    parts.segments = 1
    parts.length = depth
    parts.step = step
    parts.right = right
    parts.right_step = columns
    parts.out = out
    parts.out_step = columns
    parts.columns = columns
  }

  /// The columns of the left are `segments` parts that begin `segmentStep` apart.
  ///
  /// - Parameter places: where the rows begin.
  package init(
    _ left: UnsafePointer<Float>, places: UnsafePointer<Int32>, rows: Int, segments: Int,
    segmentStep: Int, length: Int, step: Int, _ right: UnsafePointer<Float>, columns: Int,
    to out: UnsafeMutablePointer<Float>
  ) {
    self.init(
      left, rows: rows, rowStep: 0, step: step, depth: length, right, columns: columns, to: out)
    parts.places = places
    parts.segments = segments
    parts.segment_step = segmentStep
  }

  /// How far the rows of the right matrix and of the result are apart, when they are parts of wider ones.
  package func within(rightStep: Int? = nil, outStep: Int? = nil) -> Product {
    var result = self
    if let rightStep { result.parts.right_step = rightStep }
    if let outStep { result.parts.out_step = outStep }
    return result
  }

  /// Sums begin at these numbers, one a column, and end at zero when they are negative and `rectifies` says so.
  package func biased(_ bias: UnsafePointer<Float>?, rectifies: Bool = false) -> Product {
    var result = self
    result.parts.bias = bias
    result.parts.rectifies = rectifies ? 1 : 0
    return result
  }

  /// Sums begin at what the result holds.
  package func adding(_ adds: Bool = true) -> Product {
    var result = self
    result.parts.adds = adds ? 1 : 0
    return result
  }

  package func rectified(_ rectifies: Bool) -> Product {
    var result = self
    result.parts.rectifies = rectifies ? 1 : 0
    return result
  }

  package func run() {
    var parts = parts
    ck_multiply(&parts)
  }

  /// With the tiles of a level, for tests; `level` is at most ``highestLevel``.
  package func run(level: Int) {
    var parts = parts
    ck_multiply_at(&parts, Int32(level))
  }

  /// 2 with AVX-512, 1 with AVX2, else 0.
  package static var highestLevel: Int { Int(ck_product_level()) }
}
