import Compute

extension LayerPlan {
  /// What a layer cannot take, in one sentence.
  package struct Misfit: Error, Hashable {
    package var message: String
    package var hint: String?
  }

  /// The shape behind the layer.
  ///
  /// - Throws: ``Misfit`` for samples that it cannot take.
  package func output(of input: SampleShape) throws(Misfit) -> SampleShape {
    var output = input
    switch self {
    case .dense(let units):
      guard input.isRow else {
        throw Misfit(
          message: "`dense` takes a row of numbers, and gets images of \(input)",
          hint: "put `flatten` or `globalaveragepool` before it")
      }
      output = SampleShape(units)
    case .conv2d(let filters, let kernel, let stride, let padding, let groups):
      guard input.channels.isMultiple(of: groups), filters.isMultiple(of: groups) else {
        throw Misfit(
          message:
            "\(groups) groups do not divide both the \(input.channels) channels that come and the \(filters) filters"
        )
      }
      output = try windows(of: input, kernel, stride, padding)
      output.channels = filters
    case .maxPool(let size, let stride), .averagePool(let size, let stride):
      output = try windows(of: input, size, stride, 0)
    case .globalAveragePool: output = SampleShape(input.channels)
    case .flatten: output = SampleShape(input.count)
    case .dropout, .batchNorm, .activation: break
    case .softmax:
      guard input.isRow else {
        throw Misfit(message: "`softmax` takes a row of numbers, and gets images of \(input)")
      }
    }
    let (row, first) = output.height.multipliedReportingOverflow(by: output.width)
    let (count, second) = row.multipliedReportingOverflow(by: output.channels)
    guard !first, !second, count <= SampleShape.greatestCount else {
      throw Misfit(message: "`\(name)` would make more numbers of a sample than fit into memory")
    }
    return output
  }

  private func windows(
    of input: SampleShape, _ size: Int, _ stride: Int, _ padding: Int
  ) throws(Misfit) -> SampleShape {
    let (height, width) = (input.height + 2 * padding, input.width + 2 * padding)
    guard size <= height, size <= width else {
      throw Misfit(
        message:
          "windows of \(size)x\(size) do not fit into images of \(input)\(padding > 0 ? " with \(padding) points around" : "")",
        hint: input.isRow ? "does a `flatten` stand too early?" : nil)
    }
    return SampleShape(
      height: (height - size) / stride + 1, width: (width - size) / stride + 1,
      channels: input.channels)
  }

  /// The shape before each layer, and behind the last one.
  ///
  /// - Throws: ``Misfit`` of the first layer that cannot take what it gets, with its number.
  package static func shapes(
    _ plans: [LayerPlan], from input: SampleShape
  ) throws(Misfit) -> [SampleShape] {
    var shapes = [input]
    for (index, plan) in plans.enumerated() {
      do throws(Misfit) {
        shapes.append(try plan.output(of: shapes[index]))
      } catch {
        throw Misfit(
          message: "layer \(index + 1): \(error.message)", hint: error.hint)
      }
    }
    return shapes
  }
}
