import CKernels

/// What networks do to 32-bit floats one by one: the same bits on every processor.
package enum NetworkKernels {
  /// A function of one number.
  package enum Activation: String, Sendable, Hashable, CaseIterable {
    case relu, sigmoid, tanh, gelu

    fileprivate var kind: ck_activation {
      switch self {
      case .relu: ck_rectified
      case .sigmoid: ck_sigmoid
      case .tanh: ck_tangent
      case .gelu: ck_gaussian
      }
    }
  }

  package static func activate(
    _ function: Activation, _ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, count: Int
  ) {
    ck_activate(function.kind, x, y, count)
  }

  /// The gradient before a function out of the one behind it; `result` may be `gradient`.
  package static func activateBack(
    _ function: Activation, x: UnsafePointer<Float>, y: UnsafePointer<Float>,
    gradient: UnsafePointer<Float>, to result: UnsafeMutablePointer<Float>, count: Int
  ) {
    ck_activate_back(function.kind, x, y, gradient, result, count)
  }

  /// Softmax of every row; `y` may be `x`.
  package static func softmax(
    _ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, rows: Int, columns: Int
  ) {
    ck_soften(x, y, rows, columns)
  }

  /// out = byte * scale + shift.
  package static func scale(
    _ bytes: UnsafePointer<UInt8>, by scale: Float, shift: Float,
    to out: UnsafeMutablePointer<Float>, count: Int
  ) {
    ck_scale_bytes(bytes, scale, shift, out, count)
  }

  package static func transpose(
    _ x: UnsafePointer<Float>, rows: Int, columns: Int, to y: UnsafeMutablePointer<Float>
  ) {
    ck_transpose(x, rows, columns, y)
  }

  /// Adds each row to `sums`, in order.
  package static func addRows(
    _ x: UnsafePointer<Float>, rows: Int, columns: Int, to sums: UnsafeMutablePointer<Float>
  ) {
    ck_column_sums(x, rows, columns, columns, sums)
  }

  package static func squareSum(_ x: UnsafePointer<Float>, count: Int) -> Double {
    ck_square_sum(x, count)
  }

  /// Sets numbers to zero with a probability, and scales the others; the same names give the same zeros.
  ///
  /// - Parameters:
  ///   - purpose: tells what draws under one seed apart.
  ///   - index: tells the rows of one purpose apart.
  package static func drop(
    _ probability: Float, seed: UInt64, purpose: UInt32, index: UInt64, _ x: UnsafePointer<Float>,
    to y: UnsafeMutablePointer<Float>, count: Int
  ) {
    // A probability below 1 times 2^32 is below 2^32 in doubles.
    let threshold = UInt32(Double(probability) * 0x1p32)
    ck_drop(seed, purpose, index, threshold, 1 / (1 - probability), x, y, count)
  }

  /// Adds windows to where they were taken from: part s of row i at out[places[i] + segments[s]].
  package static func spread(
    _ windows: UnsafePointer<Float>, places: UnsafePointer<Int32>, rows: Int,
    segments: UnsafePointer<Int32>, segmentCount: Int, length: Int,
    to out: UnsafeMutablePointer<Float>
  ) {
    ck_spread(windows, places, rows, segments, segmentCount, length, out)
  }
}

extension NetworkKernels {
  /// y = x * scale + shift, column by column.
  package static func scaleColumns(
    _ x: UnsafePointer<Float>, rows: Int, columns: Int, scale: UnsafePointer<Float>,
    shift: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>
  ) {
    ck_scale_columns(x, rows, columns, scale, shift, y)
  }

  /// Adds each column's sum of x, and of x times `other`.
  package static func addMoments(
    _ x: UnsafePointer<Float>, _ other: UnsafePointer<Float>, rows: Int, columns: Int,
    sums: UnsafeMutablePointer<Double>, products: UnsafeMutablePointer<Double>
  ) {
    ck_column_moments(x, other, rows, columns, sums, products)
  }

  /// result = a * gradient + b * x + c, column by column; `result` may be `gradient`.
  package static func combineColumns(
    _ gradient: UnsafePointer<Float>, _ x: UnsafePointer<Float>, rows: Int, columns: Int,
    a: UnsafePointer<Float>, b: UnsafePointer<Float>, c: UnsafePointer<Float>,
    to result: UnsafeMutablePointer<Float>
  ) {
    ck_combine_columns(gradient, x, rows, columns, a, b, c, result)
  }
}
