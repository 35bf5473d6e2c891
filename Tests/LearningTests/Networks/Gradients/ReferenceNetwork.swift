import Compute
import Glibc

@testable import Learning

/// What a network computes while it learns, in doubles and in plain loops; nothing of it is ours but the plans.
struct ReferenceNetwork {
  var plans: [LayerPlan]
  /// By PyTorch's names, in PyTorch's order.
  var weights: [String: [Double]]
  /// What dropout is told.
  var seed: UInt64
  var step: UInt64

  func callAsFunction(_ input: ReferenceImages) -> ReferenceImages {
    var images = input
    for (number, plan) in plans.enumerated() { images = run(plan, number, images) }
    return images
  }

  private func weights(_ number: Int, _ name: String) -> [Double] {
    weights["\(number).\(name)"] ?? []
  }

  private func run(
    _ plan: LayerPlan, _ number: Int, _ x: ReferenceImages
  ) -> ReferenceImages {
    switch plan {
    case .dense(let units): dense(number, units, x)
    case .conv2d(let filters, let kernel, let stride, let padding, let groups):
      convolution(number, filters, kernel, stride, padding, groups, x)
    case .maxPool(let size, let stride):
      pool(size, stride, x) { $0.max() ?? .nan }
    case .averagePool(let size, let stride):
      pool(size, stride, x) { $0.reduce(0, +) / Double($0.count) }
    case .globalAveragePool:
      ReferenceImages(
        channels: x.channels, height: 1, width: 1,
        samples: x.samples.map { sample in
          (0..<x.channels).map { channel in
            sample[channel * x.points..<(channel + 1) * x.points].reduce(0, +) / Double(x.points)
          }
        })
    case .flatten: x.flattened
    case .dropout(let rate): drop(rate, number, x)
    case .batchNorm(_, let epsilon): norm(number, Double(epsilon), x)
    case .activation(.relu): x.map { max(0, $0) }
    case .activation(.sigmoid): x.map { 1 / (1 + exp(-$0)) }
    case .activation(.tanh): x.map { tanh($0) }
    case .activation(.gelu): x.map { 0.5 * $0 * (1 + erf($0 / 2.0.squareRoot())) }
    case .softmax:
      ReferenceImages(
        channels: x.channels, height: 1, width: 1,
        samples: x.samples.map { sample in
          let sum = sample.reduce(0) { $0 + exp($1) }
          return sample.map { exp($0) / sum }
        })
    }
  }

  private func dense(_ number: Int, _ units: Int, _ x: ReferenceImages) -> ReferenceImages {
    let (weight, bias) = (weights(number, "weight"), weights(number, "bias"))
    return ReferenceImages(
      channels: units, height: 1, width: 1,
      samples: x.samples.map { sample in
        (0..<units).map { unit in
          sample.indices.reduce(bias[unit]) {
            $0 + sample[$1] * weight[unit * sample.count + $1]
          }
        }
      })
  }

  private func convolution(
    _ number: Int, _ filters: Int, _ kernel: Int, _ stride: Int, _ padding: Int, _ groups: Int,
    _ x: ReferenceImages
  ) -> ReferenceImages {
    let (weight, bias) = (weights(number, "weight"), weights(number, "bias"))
    let (inside, perGroup) = (x.channels / groups, filters / groups)
    return x.windows(
      kernel, stride, channels: filters,
      { sample, filter, top, left in
        var sum = bias[filter]
        for channel in 0..<inside {
          for row in 0..<kernel where (0..<x.height).contains(top + row) {
            for column in 0..<kernel where (0..<x.width).contains(left + column) {
              let own = filter / perGroup * inside + channel
              sum +=
                sample[(own * x.height + top + row) * x.width + left + column]
                * weight[((filter * inside + channel) * kernel + row) * kernel + column]
            }
          }
        }
        return sum
      }, padding: padding)
  }

  private func pool(
    _ size: Int, _ stride: Int, _ x: ReferenceImages, _ make: ([Double]) -> Double
  ) -> ReferenceImages {
    x.windows(
      size, stride, channels: x.channels,
      { sample, channel, top, left in
        make(
          (0..<size * size).map {
            sample[(channel * x.height + top + $0 / size) * x.width + left + $0 % size]
          })
      })
  }

  private func norm(_ number: Int, _ epsilon: Double, _ x: ReferenceImages) -> ReferenceImages {
    var result = x
    for channel in 0..<x.channels {
      let places = channel * x.points..<(channel + 1) * x.points
      let values = x.samples.flatMap { $0[places] }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      let (scale, shift) = (weights(number, "weight")[channel], weights(number, "bias")[channel])
      for sample in x.samples.indices {
        for place in places {
          result.samples[sample][place] =
            (x.samples[sample][place] - mean) / (variance + epsilon).squareRoot() * scale + shift
        }
      }
    }
    return result
  }

  private func drop(_ rate: Float, _ number: Int, _ x: ReferenceImages) -> ReferenceImages {
    // Only what is kept is of interest here; which numbers are is the kernel's own test.
    let ones = FloatBuffer([Float](repeating: 1, count: x.samples.first?.count ?? 0))
    let kept = FloatBuffer(zeros: ones.count)
    var result = x
    for sample in x.samples.indices {
      NetworkKernels.drop(
        rate, seed: seed, purpose: UInt32(number), index: step << 24 | UInt64(sample), ones.start,
        to: kept.start, count: ones.count)
      for place in x.samples[sample].indices {
        // Numbers are counted in our own order, channels of a point together.
        let isKept = kept.start[x.ownPlace(place, of: 0)] != 0
        result.samples[sample][place] *= isKept ? 1 / (1 - Double(rate)) : 0
      }
    }
    return result
  }
}
