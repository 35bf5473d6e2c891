import Compute

/// Where the windows of a convolution stand in an image, and the products over them, which copy nothing.
struct ConvolutionWindows: Sendable {
  let size: Int
  let stride: Int
  let padding: Int
  let groups: Int
  let groupChannels: Int
  /// Windows of an image.
  let count: Int
  /// Numbers of an image with the zeros around it.
  let paddedCount: Int
  private let input: SampleShape
  private let output: SampleShape
  /// Numbers of a row of the padded image.
  private let rowCount: Int
  /// Where each window begins.
  private let places: PlaceBuffer
  /// Where each number of a group's window stands, from the window's beginning.
  private let offsets: PlaceBuffer
  /// Where the parts of a window begin that stand together: rows of it when all channels are taken, else points.
  private let parts: PlaceBuffer
  private let partLength: Int

  init(
    input: SampleShape, output: SampleShape, size: Int, stride: Int, padding: Int, groups: Int
  ) {
    self.input = input
    self.output = output
    self.size = size
    self.stride = stride
    self.padding = padding
    self.groups = groups
    let (channels, groupChannels) = (input.channels, input.channels / groups)
    self.groupChannels = groupChannels
    count = output.height * output.width
    let rowCount = (input.width + 2 * padding) * channels
    self.rowCount = rowCount
    paddedCount = (input.height + 2 * padding) * rowCount
    places = PlaceBuffer(
      (0..<output.height).flatMap { row in
        (0..<output.width).map { Int32(row * stride * rowCount + $0 * stride * channels) }
      })
    offsets = PlaceBuffer(
      (0..<size).flatMap { row in
        (0..<size).flatMap { column in
          (0..<groupChannels).map { Int32(row * rowCount + column * channels + $0) }
        }
      })
    partLength = groups == 1 ? size * channels : groupChannels
    parts = PlaceBuffer(
      (0..<size).flatMap { row in
        (0..<(groups == 1 ? 1 : size)).map { Int32(row * rowCount + $0 * channels) }
      })
  }

  /// out = windows · right + bias.
  ///
  /// - Parameter right: (a window's numbers, columns).
  func multiply(
    _ image: UnsafePointer<Float>, group: Int, _ right: UnsafePointer<Float>,
    bias: UnsafePointer<Float>, columns: Int, rectifies: Bool, to out: UnsafeMutablePointer<Float>,
    outStep: Int
  ) {
    let start = image + group * groupChannels
    if groups == 1 {
      product(
        start, segments: size, step: rowCount, length: partLength, right, columns, out, outStep
      ).biased(bias, rectifies: rectifies).run()
      return
    }
    // A row of the window at a time, a sum that goes on.
    for row in 0..<size {
      let product = product(
        start + row * rowCount, segments: size, step: input.channels, length: groupChannels,
        right + row * size * groupChannels * columns, columns, out, outStep)
      (row == 0 ? product.biased(bias) : product.adding())
        .rectified(rectifies && row == size - 1).run()
    }
  }

  private func product(
    _ start: UnsafePointer<Float>, segments: Int, step: Int, length: Int,
    _ right: UnsafePointer<Float>, _ columns: Int, _ out: UnsafeMutablePointer<Float>,
    _ outStep: Int
  ) -> Product {
    Product(
      start, places: places.start, rows: count, segments: segments, segmentStep: step,
      length: length, step: 1, right, columns: columns, to: out
    ).within(outStep: outStep)
  }

  /// The gradient of some rows of a group's weights: their numbers in each window, times the window's gradient.
  func weigh(
    _ image: UnsafePointer<Float>, group: Int, rows: Range<Int>, _ gradient: UnsafePointer<Float>,
    step: Int, columns: Int, adds: Bool, to out: UnsafeMutablePointer<Float>
  ) {
    Product(
      image + group * groupChannels, places: offsets.start + rows.lowerBound,
      rows: rows.count, segments: output.height, segmentStep: stride * rowCount,
      length: output.width, step: stride * input.channels, gradient, columns: columns, to: out
    ).within(rightStep: step).adding(adds).run()
  }

  /// Adds windows to the image that they were taken from.
  func spread(
    _ windows: UnsafePointer<Float>, first: Int, count: Int, group: Int,
    to image: UnsafeMutablePointer<Float>
  ) {
    NetworkKernels.spread(
      windows, places: places.start + first, rows: count, segments: parts.start,
      segmentCount: parts.count, length: partLength, to: image + group * groupChannels)
  }

  /// Copies an image to where zeros stand around it already.
  func pad(_ image: UnsafePointer<Float>, to padded: UnsafeMutablePointer<Float>) {
    let length = input.width * input.channels
    for row in 0..<input.height {
      (padded + (row + padding) * rowCount + padding * input.channels)
        .update(from: image + row * length, count: length)
    }
  }

  func unpad(_ padded: UnsafePointer<Float>, to image: UnsafeMutablePointer<Float>) {
    let length = input.width * input.channels
    for row in 0..<input.height {
      (image + row * length).update(
        from: padded + (row + padding) * rowCount + padding * input.channels, count: length)
    }
  }
}
