/// Log loss, and its gradient, of a linear model with a softmax over the classes.
///
/// Weights are `vectorCount` rows of `columns + 1` numbers, the intercept last. With two classes
/// there is one row, that of class 1, and class 0 scores zero; with more there is a row for each
/// class.
package struct SoftmaxKernel: Sendable {
  package let features: PanelMatrix
  /// The class of each row.
  package let labels: [Int32]
  package let classCount: Int

  package var vectorCount: Int { classCount == 2 ? 1 : classCount }
  package var weightCount: Int { vectorCount * (features.columns + 1) }

  /// Panels in a block: at least 256, and at most 64 blocks in all, whatever the number of threads
  /// is.
  private let blockPanels: Int
  private var blockCount: Int { (features.panelCount + blockPanels - 1) / blockPanels }

  package init(features: PanelMatrix, labels: [Int32], classCount: Int) {
    precondition(labels.count == features.rows, "a label for each row")
    precondition(classCount >= 2, "at least two classes")
    precondition(labels.allSatisfy { $0 >= 0 && $0 < classCount }, "a label that is no class")
    self.features = features
    self.labels = labels
    self.classCount = classCount
    blockPanels = max(256, (features.panelCount + 63) / 64)
  }

  /// The sum of the rows' log losses; adds the gradient's sum to `gradient`, which is overwritten.
  package func loss(
    _ weights: [Double], gradient: inout [Double], on pool: WorkerPool
  ) -> Double {
    precondition(weights.count == weightCount && gradient.count == weightCount, "weights' shape")
    let (blocks, width) = (blockCount, weightCount)
    var losses = [Double](repeating: 0, count: blocks)
    var gradients = [Double](repeating: 0, count: blocks * width)
    losses.withUnsafeMutableBufferPointer { losses in
      gradients.withUnsafeMutableBufferPointer { gradients in
        pool.parallelFor(blocks: blocks) { block in
          let part = UnsafeMutableBufferPointer(
            rebasing: gradients[block * width..<(block + 1) * width])
          losses[block] = blockLoss(block, weights, gradient: part)
        }
      }
    }
    var total = 0.0
    for index in 0..<width { gradient[index] = 0 }
    for block in 0..<blocks {
      total += losses[block]
      for index in 0..<width { gradient[index] += gradients[block * width + index] }
    }
    return total
  }

  private func blockLoss(
    _ block: Int, _ weights: [Double], gradient: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    let (columns, vectorCount) = (features.columns, vectorCount)
    let panels = block * blockPanels..<min((block + 1) * blockPanels, features.panelCount)
    let zero = SIMD8<Double>.zero
    var scores = [SIMD8<Double>](repeating: zero, count: classCount)
    var sums = [SIMD8<Double>](repeating: zero, count: gradient.count)
    var loss = zero
    features.vectors.withUnsafeBufferPointer { vectors in
      weights.withUnsafeBufferPointer { weights in
        scores.withUnsafeMutableBufferPointer { scores in
          sums.withUnsafeMutableBufferPointer { sums in
            for panel in panels {
              let x = UnsafeBufferPointer(
                rebasing: vectors[panel * columns..<(panel + 1) * columns])
              Self.score(x, weights, into: scores)
              loss += residuals(panel, scores)
              let first = classCount - vectorCount
              for k in 0..<vectorCount {
                let residual = scores[first + k]
                let row = k * (columns + 1)
                for column in 0..<columns { sums[row + column] += residual * x[column] }
                sums[row + columns] += residual
              }
            }
          }
        }
      }
    }
    for index in 0..<gradient.count { gradient[index] = sums[index].laneSum }
    return loss.laneSum
  }

  /// Scores of eight rows, class after class.
  @inline(__always)
  static func score(
    _ x: UnsafeBufferPointer<SIMD8<Double>>, _ weights: UnsafeBufferPointer<Double>,
    into scores: UnsafeMutableBufferPointer<SIMD8<Double>>
  ) {
    let columns = x.count
    let first = scores.count == 2 ? 1 : 0
    scores[0] = .zero
    for k in first..<scores.count {
      let row = (k - first) * (columns + 1)
      var score = SIMD8(repeating: weights[row + columns])
      for column in 0..<columns { score += x[column] * weights[row + column] }
      scores[k] = score
    }
  }

  /// Makes probabilities of scores; returns the logarithm of the sum of exponentials, which is what
  /// the true class's score is subtracted from to give the log loss.
  @inline(__always)
  static func softmax(_ scores: UnsafeMutableBufferPointer<SIMD8<Double>>) -> SIMD8<Double> {
    var top = scores[0]
    for k in 1..<scores.count { top.replace(with: scores[k], where: scores[k] .> top) }
    var sum = SIMD8<Double>.zero
    for k in 0..<scores.count {
      let value = Elementary.exponential(scores[k] - top)
      scores[k] = value
      sum += value
    }
    for k in 0..<scores.count { scores[k] /= sum }
    return top + Elementary.logarithm(sum)
  }

  /// Makes scores into derivatives of the loss by them; returns the losses. Rows past the end count
  /// nothing.
  @inline(__always)
  private func residuals(
    _ panel: Int, _ scores: UnsafeMutableBufferPointer<SIMD8<Double>>
  ) -> SIMD8<Double> {
    let present = min(8, labels.count - panel * 8)
    var own = SIMD8<Double>.zero
    for lane in 0..<present { own[lane] = scores[Int(labels[panel * 8 + lane])][lane] }
    var losses = Self.softmax(scores) - own
    for lane in 0..<present { scores[Int(labels[panel * 8 + lane])][lane] -= 1 }
    for lane in present..<8 {
      losses[lane] = 0
      for k in 0..<scores.count { scores[k][lane] = 0 }
    }
    return losses
  }
}

extension SoftmaxKernel {
  /// The probability of each class for each row.
  package static func probabilities(
    _ features: PanelMatrix, weights: [Double], classCount: Int, on pool: WorkerPool
  ) -> Matrix {
    let columns = features.columns
    precondition(
      weights.count == (classCount == 2 ? 1 : classCount) * (columns + 1), "weights' shape")
    var result = Matrix(rows: features.rows, columns: classCount)
    let blockPanels = 256
    result.elements.withUnsafeMutableBufferPointer { result in
      pool.parallelFor(blocks: (features.panelCount + blockPanels - 1) / blockPanels) { block in
        var scores = [SIMD8<Double>](repeating: .zero, count: classCount)
        features.vectors.withUnsafeBufferPointer { vectors in
          weights.withUnsafeBufferPointer { weights in
            scores.withUnsafeMutableBufferPointer { scores in
              for panel in block * blockPanels..<min((block + 1) * blockPanels, features.panelCount)
              {
                let x = UnsafeBufferPointer(
                  rebasing: vectors[panel * columns..<(panel + 1) * columns])
                score(x, weights, into: scores)
                _ = softmax(scores)
                for lane in 0..<min(8, features.rows - panel * 8) {
                  for k in 0..<classCount {
                    result[(panel * 8 + lane) * classCount + k] = scores[k][lane]
                  }
                }
              }
            }
          }
        }
      }
    }
    return result
  }
}

extension SIMD8<Double> {
  /// The sum of the lanes, always added in this order.
  @inline(__always)
  fileprivate var laneSum: Double {
    ((self[0] + self[1]) + (self[2] + self[3])) + ((self[4] + self[5]) + (self[6] + self[7]))
  }
}
