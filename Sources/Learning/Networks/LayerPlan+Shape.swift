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
    guard Self.fits(output.height, output.width, output.channels) else {
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
    guard Self.fits(height, width, input.channels) else {
      throw Misfit(
        message:
          "`\(name)` would make more numbers of a sample, with those around it, than fit into memory"
      )
    }
    return SampleShape(
      height: (height - size) / stride + 1, width: (width - size) / stride + 1,
      channels: input.channels)
  }

  private static func fits(_ height: Int, _ width: Int, _ channels: Int) -> Bool {
    let (row, isLong) = height.multipliedReportingOverflow(by: width)
    let (count, isLarge) = row.multipliedReportingOverflow(by: channels)
    return !isLong && !isLarge && count <= SampleShape.greatestCount
  }

  /// The numbers of a sample that all layers together hold at once.
  package static func heldCount(_ plans: [LayerPlan], _ shapes: [SampleShape]) -> Int {
    zip(plans, shapes).reduce(shapes.reduce(0) { $0 + $1.count }) { sum, entry in
      guard case .conv2d(_, _, _, let padding, _) = entry.0, padding > 0 else { return sum }
      let (height, width) = (entry.1.height + 2 * padding, entry.1.width + 2 * padding)
      return sum + height * width * entry.1.channels
    }
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
