import Compute

/// How wrong a network is; the mean over a batch, as PyTorch's functions of the same names.
package enum NetworkLoss: Sendable, Hashable {
  /// Of classes, before the softmax. Smoothing gives a share of each sample to all classes alike; weights are those of the
  /// classes, and divide the sum in the end.
  case crossEntropy(smoothing: Float, weights: [Float]?)
  /// Of two classes and one number, before the sigmoid.
  case binaryCrossEntropy
  case squared
  case absolute

  /// What a batch's losses are divided by.
  func divisor(of targets: NetworkTargets, _ samples: ArraySlice<Int32>) -> Double {
    guard case .crossEntropy(_, let weights?) = self, case .classes(let labels, _) = targets else {
      return Double(samples.count)
    }
    return samples.reduce(0) { $0 + Double(weights[Int(labels[Int($1)])]) }
  }

  /// The loss of a sample.
  ///
  /// - Parameters:
  ///   - outputs: what the network says of it, `count` numbers.
  ///   - gradient: gets the derivatives of the batch's mean loss; nil when nobody wants them.
  ///   - share: 1 / ``divisor(of:_:)``.
  func lose(
    _ outputs: UnsafePointer<Float>, count: Int, target: NetworkTargets, sample: Int,
    share: Float, gradient: UnsafeMutablePointer<Float>?
  ) -> Double {
    switch (self, target) {
    case (.crossEntropy(let smoothing, let weights), .classes(let labels, _)):
      return CrossEntropy(smoothing: smoothing, weights: weights).lose(
        outputs, count: count, label: Int(labels[sample]), share: share, gradient: gradient)
    case (.binaryCrossEntropy, .classes(let labels, _)):
      let (x, y) = (outputs[0], Float(labels[sample]))
      // log(1 + e^-|x|), and from it the sigmoid, without a number that is too large.
      let small = Elementary.exponential(SIMD8(repeating: -abs(Double(x))))[0]
      let sigmoid = x < 0 ? small / (1 + small) : 1 / (1 + small)
      gradient?[0] = (Float(sigmoid) - y) * share
      return Double(max(x, 0) - x * y) + Elementary.logarithm(SIMD8(repeating: 1 + small))[0]
    case (.squared, .numbers(let numbers)):
      let difference = outputs[0] - numbers[sample]
      gradient?[0] = 2 * difference * share
      return Double(difference) * Double(difference)
    case (.absolute, .numbers(let numbers)):
      let difference = outputs[0] - numbers[sample]
      gradient?[0] = (difference > 0 ? 1 : difference < 0 ? -1 : difference) * share
      return abs(Double(difference))
    default: preconditionFailure("a loss that does not fit what is predicted")
    }
  }
}

/// - sum over classes k of q_k w_k log p_k, where q is the label, smoothed, and p the softmax of what came out.
private struct CrossEntropy {
  var smoothing: Float
  var weights: [Float]?

  func lose(
    _ outputs: UnsafePointer<Float>, count: Int, label: Int, share: Float,
    gradient: UnsafeMutablePointer<Float>?
  ) -> Double {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { shares in
      let p = shares.baseAddress!
      NetworkKernels.softmax(outputs, to: p, rows: 1, columns: count)
      var top = 0
      for k in 1..<max(1, count) where outputs[k] > outputs[top] { top = k }
      // The logarithm of the sum of exponentials: the largest share is 1 over that sum, when e^largest is taken out of it.
      let scale =
        Double(outputs[top]) - Elementary.logarithm(SIMD8(repeating: Double(p[top])))[0]
      let rest = smoothing / Float(count)
      var (loss, sum) = (0.0, Float(0))
      for k in 0..<count {
        let q = (k == label ? 1 - smoothing + rest : rest) * (weights?[k] ?? 1)
        guard q != 0 else { continue }
        loss += Double(q) * (scale - Double(outputs[k]))
        sum += q
      }
      // What is no number is nowhere larger than another one: it must not look like a good loss.
      for k in 0..<count where !outputs[k].isFinite { loss = .nan }
      guard let gradient else { return loss }
      for k in 0..<count {
        let q = (k == label ? 1 - smoothing + rest : rest) * (weights?[k] ?? 1)
        gradient[k] = (p[k] * sum - q) * share
      }
      return loss
    }
  }
}
