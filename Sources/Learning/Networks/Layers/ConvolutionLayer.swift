import Compute

/// Sums over windows of an image, and perhaps a rectifier behind them. Weights are kept as (group, row of the window, its column,
/// channel of the group, filter of the group), so that a window is multiplied where it stands.
final class ConvolutionLayer: Layer, @unchecked Sendable {
  let input: SampleShape
  let output: SampleShape
  let weights: [NetworkWeights]
  let tiles: [GradientTile]
  private let windows: ConvolutionWindows
  private let rectifies: Bool
  private let groups: Int
  /// Images with zeros around them, for the whole batch; empty without padding.
  private var padded = FloatBuffer(zeros: 0)
  /// (group, filter, place in the window): what brings gradients back.
  private var transposed = FloatBuffer(zeros: 0)
  /// What each block needs for itself: windows of gradients, and a padded image of them.
  private var scratch: [FloatBuffer] = []

  private var filters: Int { output.channels / groups }
  /// Numbers of a group's window.
  private var depth: Int { windows.size * windows.size * windows.groupChannels }
  /// So many windows of gradients are made at a time: they stay in the first cache.
  private var windowsAtOnce: Int { max(1, min(windows.count, 8192 / depth)) }

  init(
    input: SampleShape, output: SampleShape, kernel: Int, stride: Int, padding: Int, groups: Int,
    rectifies: Bool, training: Bool
  ) {
    self.input = input
    self.output = output
    self.rectifies = rectifies
    self.groups = groups
    windows = ConvolutionWindows(
      input: input, output: output, size: kernel, stride: stride, padding: padding, groups: groups)
    let (depth, filters) = (
      kernel * kernel * windows.groupChannels, output.channels / groups
    )
    let channels = windows.groupChannels
    weights = [
      NetworkWeights(
        "weight", shape: [output.channels, channels, kernel, kernel], fanIn: depth,
        training: training
      ) {
        Self.order(groups: groups, filters: filters, channels: channels, points: kernel * kernel)
      },
      NetworkWeights("bias", shape: [output.channels], fanIn: depth, training: training),
    ]
    tiles =
      (0..<groups).flatMap { group in
        GradientTile.rows(depth, of: filters, weights: 0, each: 48).map { tile in
          let start = group * depth * filters
          return GradientTile(
            weights: 0, range: tile.range.lowerBound + start..<tile.range.upperBound + start)
        }
      } + [GradientTile(weights: 1, range: 0..<output.channels)]
  }

  private static func order(groups: Int, filters: Int, channels: Int, points: Int) -> [Int] {
    (0..<groups * filters).flatMap { filter in
      (0..<channels).flatMap { channel in
        (0..<points).map { point in
          let row = filter / filters * points * channels + point * channels + channel
          return row * filters + filter % filters
        }
      }
    }
  }

  func makeRoom(samples: Int, blocks: Int, training: Bool) {
    if windows.padding > 0 { padded = FloatBuffer(zeros: samples * windows.paddedCount) }
    guard training else { return }
    let image = windows.padding > 0 ? windows.paddedCount : 0
    scratch = (0..<blocks).map { _ in FloatBuffer(zeros: windowsAtOnce * depth + image) }
  }

  func forward(
    _ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, samples: Range<Int>, _ pass: Pass
  ) {
    for sample in samples {
      let image = image(sample, of: x)
      if windows.padding > 0 {
        windows.pad(
          x + sample * input.count, to: padded.start + sample * windows.paddedCount)
      }
      for group in 0..<groups {
        windows.multiply(
          image, group: group, weights[0].values.start + group * depth * filters,
          bias: weights[1].values.start + group * filters, columns: filters, rectifies: rectifies,
          to: y + sample * output.count + group * filters, outStep: output.channels)
      }
    }
  }

  /// Where a sample's image begins, with zeros around it when it has some.
  private func image(_ sample: Int, of x: UnsafePointer<Float>) -> UnsafePointer<Float> {
    windows.padding > 0
      ? UnsafePointer(padded.start + sample * windows.paddedCount) : x + sample * input.count
  }

  func prepareBackward(needsResult: Bool) {
    guard needsResult else { return }
    if transposed.count == 0 { transposed = FloatBuffer(zeros: weights[0].count) }
    for group in 0..<groups {
      let start = group * depth * filters
      NetworkKernels.transpose(
        weights[0].values.start + start, rows: depth, columns: filters, to: transposed.start + start
      )
    }
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
    let own = scratch[block].start
    for sample in samples {
      let into = result + sample * input.count
      let target = windows.padding > 0 ? own + windowsAtOnce * depth : into
      target.update(repeating: 0, count: windows.paddedCount)
      spread(gradient + sample * output.count, through: own, to: target)
      if windows.padding > 0 { windows.unpad(target, to: into) }
    }
  }

  /// Adds what each window's gradient says of the points it was made of.
  private func spread(
    _ gradient: UnsafePointer<Float>, through scratch: UnsafeMutablePointer<Float>,
    to image: UnsafeMutablePointer<Float>
  ) {
    for group in 0..<groups {
      for first in stride(from: 0, to: windows.count, by: windowsAtOnce) {
        let count = min(windowsAtOnce, windows.count - first)
        Product(
          gradient + first * output.channels + group * filters, rows: count,
          rowStep: output.channels, depth: filters, transposed.start + group * depth * filters,
          columns: depth, to: scratch
        ).run()
        windows.spread(scratch, first: first, count: count, group: group, to: image)
      }
    }
  }

  func weigh(
    _ tile: GradientTile, _ x: UnsafePointer<Float>, gradient: UnsafePointer<Float>, samples: Int
  ) {
    let result = weights[tile.weights].gradient.start + tile.range.lowerBound
    if tile.weights == 1 {
      result.update(repeating: 0, count: output.channels)
      NetworkKernels.addRows(
        gradient, rows: samples * windows.count, columns: output.channels, to: result)
      return
    }
    let group = tile.range.lowerBound / (depth * filters)
    let row = tile.range.lowerBound / filters - group * depth
    for sample in 0..<samples {
      windows.weigh(
        image(sample, of: x), group: group, rows: row..<row + tile.range.count / filters,
        gradient + sample * output.count + group * filters, step: output.channels,
        columns: filters, adds: sample > 0, to: result)
    }
  }
}
