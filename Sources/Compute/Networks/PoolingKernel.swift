import CKernels

/// Pooling of one image, height x width x channels, by squares.
package struct PoolingKernel: Sendable, Hashable {
  package var width: Int
  package var channels: Int
  /// Of a square's edge, at most ``greatestSize``.
  package var size: Int
  package var stride: Int
  package var outHeight: Int
  package var outWidth: Int

  /// The place in a square is kept in a byte.
  package static let greatestSize = 15

  package init(
    width: Int, channels: Int, size: Int, stride: Int, outHeight: Int, outWidth: Int
  ) {
    precondition(size >= 1 && size <= Self.greatestSize && stride >= 1, "a square of a known size")
    self.width = width
    self.channels = channels
    self.size = size
    self.stride = stride
    self.outHeight = outHeight
    self.outWidth = outWidth
  }

  private var pooling: ck_pooling {
    ck_pooling(
      width: width, channels: channels, size: size, stride: stride, out_height: outHeight,
      out_width: outWidth)
  }

  /// - Parameter winners: gets the place in its square of each number of `y`.
  package func greatest(
    _ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>,
    winners: UnsafeMutablePointer<UInt8>
  ) {
    var pooling = pooling
    ck_pool_greatest(&pooling, x, y, winners)
  }

  /// Adds to `result`.
  package func greatestBack(
    _ gradient: UnsafePointer<Float>, winners: UnsafePointer<UInt8>,
    to result: UnsafeMutablePointer<Float>
  ) {
    var pooling = pooling
    ck_pool_greatest_back(&pooling, gradient, winners, result)
  }

  package func mean(_ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>) {
    var pooling = pooling
    ck_pool_mean(&pooling, x, y)
  }

  /// Adds to `result`.
  package func meanBack(
    _ gradient: UnsafePointer<Float>, to result: UnsafeMutablePointer<Float>
  ) {
    var pooling = pooling
    ck_pool_mean_back(&pooling, gradient, result)
  }
}
