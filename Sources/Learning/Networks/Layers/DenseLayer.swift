import Compute

/// y = x W + b, and perhaps a rectifier behind it. W is kept as (in, out).
final class DenseLayer: Layer, @unchecked Sendable {
  let input: SampleShape
  let output: SampleShape
  let weights: [NetworkWeights]
  let tiles: [GradientTile]
  private let rectifies: Bool
  /// (out, in): what brings gradients back.
  private var transposed = FloatBuffer(zeros: 0)

  /// - Parameter image: what the row was before it was flattened: others keep each channel's points together.
  init(input: SampleShape, image: SampleShape, units: Int, rectifies: Bool, training: Bool) {
    self.input = input
    output = SampleShape(units)
    self.rectifies = rectifies
    weights = [
      NetworkWeights(
        "weight", shape: [units, input.count], fanIn: input.count, training: training
      ) { Self.order(image, units) },
      NetworkWeights("bias", shape: [units], fanIn: input.count, training: training),
    ]
    // Some 50 kB of gradients in a part; parts in fours, so that threads have equal shares.
    let parts = max(1, (input.count * units / 12_288 + 3) / 4 * 4)
    let rows = max(8, (input.count + parts - 1) / parts)
    tiles =
      GradientTile.rows(input.count, of: units, weights: 0, each: rows)
      + [GradientTile(weights: 1, range: 0..<units)]
  }

  private static func order(_ image: SampleShape, _ units: Int) -> [Int] {
    let points = image.height * image.width
    return (0..<units).flatMap { unit in
      (0..<image.channels).flatMap { channel in
        (0..<points).map { ($0 * image.channels + channel) * units + unit }
      }
    }
  }

  func forward(
    _ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, samples: Range<Int>, _ pass: Pass
  ) {
    Product(
      x + samples.lowerBound * input.count, rows: samples.count, rowStep: input.count,
      depth: input.count, weights[0].values.start, columns: output.count,
      to: y + samples.lowerBound * output.count
    ).biased(weights[1].values.start, rectifies: rectifies).run()
  }

  func prepareBackward(needsResult: Bool) {
    guard needsResult else { return }
    if transposed.count == 0 { transposed = FloatBuffer(zeros: weights[0].count) }
    NetworkKernels.transpose(
      weights[0].values.start, rows: input.count, columns: output.count, to: transposed.start)
  }

  func backward(
    _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>,
    to result: UnsafeMutablePointer<Float>?, samples: Range<Int>, block: Int, _ pass: Pass
  ) {
    let place = samples.lowerBound * output.count
    if rectifies {
      NetworkKernels.activateBack(
        .relu, x: y + place, y: y + place, gradient: gradient + place, to: gradient + place,
        count: samples.count * output.count)
    }
    guard let result else { return }
    Product(
      gradient + place, rows: samples.count, rowStep: output.count, depth: output.count,
      transposed.start, columns: input.count, to: result + samples.lowerBound * input.count
    ).run()
  }

  func weigh(
    _ tile: GradientTile, _ x: UnsafePointer<Float>, gradient: UnsafePointer<Float>, samples: Int
  ) {
    let result = weights[tile.weights].gradient.start + tile.range.lowerBound
    if tile.weights == 1 {
      result.update(repeating: 0, count: output.count)
      NetworkKernels.addRows(gradient, rows: samples, columns: output.count, to: result)
      return
    }
    Product(
      x + tile.range.lowerBound / output.count, rows: tile.range.count / output.count, rowStep: 1,
      step: input.count, depth: samples, gradient, columns: output.count, to: result
    ).run()
  }
}
