import Compute
import Glibc
import Testing

@Suite("Softmax kernel") struct SoftmaxKernelTests {
  struct Shape: CustomTestStringConvertible {
    var rows: Int
    var columns: Int
    var classes: Int
    var testDescription: String { "\(rows) x \(columns), \(classes) classes" }
  }

  static let shapes = [
    Shape(rows: 1, columns: 1, classes: 2), Shape(rows: 7, columns: 3, classes: 2),
    Shape(rows: 8, columns: 2, classes: 3), Shape(rows: 9, columns: 5, classes: 4),
    Shape(rows: 100, columns: 1, classes: 7), Shape(rows: 2500, columns: 4, classes: 3),
    Shape(rows: 0, columns: 3, classes: 2), Shape(rows: 5, columns: 0, classes: 3),
  ]

  @Test("agrees with a scalar loop", arguments: shapes)
  func scalar(shape: Shape) {
    let (kernel, weights) = problem(shape)
    var gradient = [Double](repeating: .nan, count: kernel.weightCount)
    let loss = kernel.loss(weights, gradient: &gradient, on: WorkerPool(threads: 1))
    let expected = reference(kernel, weights)
    #expect(abs(loss - expected.loss) <= 1e-11 * max(1, expected.loss))
    for (ours, theirs) in zip(gradient, expected.gradient) {
      #expect(abs(ours - theirs) <= 1e-10 * max(1, abs(theirs)))
    }
    let probabilities = SoftmaxKernel.probabilities(
      kernel.features, weights: weights, classCount: shape.classes, on: WorkerPool(threads: 2))
    for row in 0..<shape.rows {
      for k in 0..<shape.classes {
        #expect(abs(probabilities[row, k] - expected.probabilities[row][k]) < 1e-13)
      }
    }
  }

  @Test("its gradient is the loss's", arguments: shapes.filter { $0.rows > 0 && $0.rows < 200 })
  func finiteDifferences(shape: Shape) {
    let (kernel, weights) = problem(shape)
    let pool = WorkerPool(threads: 1)
    var gradient = [Double](repeating: 0, count: kernel.weightCount)
    var scratch = gradient
    _ = kernel.loss(weights, gradient: &gradient, on: pool)
    for index in weights.indices {
      var (up, down) = (weights, weights)
      up[index] += 1e-5
      down[index] -= 1e-5
      let slope =
        (kernel.loss(up, gradient: &scratch, on: pool)
          - kernel.loss(down, gradient: &scratch, on: pool)) / 2e-5
      #expect(abs(slope - gradient[index]) < 1e-6 * max(1, abs(slope)))
    }
  }

  @Test("the same bits for any number of threads", arguments: [2, 3, 5])
  func threads(count: Int) {
    let (kernel, weights) = problem(Shape(rows: 20_000, columns: 3, classes: 3))
    var one = [Double](repeating: 0, count: kernel.weightCount)
    var many = one
    let loss = kernel.loss(weights, gradient: &one, on: WorkerPool(threads: 1))
    let pool = WorkerPool(threads: count)
    for _ in 0..<5 {
      #expect(kernel.loss(weights, gradient: &many, on: pool) == loss)
      #expect(many == one)
    }
  }

  @Test("huge scores neither overflow nor lose the loss") func huge() {
    var features = PanelMatrix(rows: 2, columns: 1)
    features[0, 0] = 1
    features[1, 0] = -1
    let kernel = SoftmaxKernel(features: features, labels: [1, 1], classCount: 2)
    var gradient = [0.0, 0.0]
    let loss = kernel.loss([5000, 0], gradient: &gradient, on: WorkerPool(threads: 1))
    #expect(loss == 5000)
    #expect(gradient == [1, -1])
  }

  private func problem(_ shape: Shape) -> (SoftmaxKernel, [Double]) {
    var stream = RandomStream(seed: 4, purpose: "softmax", index: UInt64(shape.rows))
    var features = PanelMatrix(rows: shape.rows, columns: shape.columns)
    for row in 0..<shape.rows {
      for column in 0..<shape.columns { features[row, column] = stream.unit() * 6 - 3 }
    }
    let labels = (0..<shape.rows).map { _ in Int32(stream.integer(below: shape.classes)) }
    let kernel = SoftmaxKernel(features: features, labels: labels, classCount: shape.classes)
    return (kernel, (0..<kernel.weightCount).map { _ in stream.unit() * 4 - 2 })
  }

  private func reference(
    _ kernel: SoftmaxKernel, _ weights: [Double]
  ) -> (loss: Double, gradient: [Double], probabilities: [[Double]]) {
    let (columns, classes) = (kernel.features.columns, kernel.classCount)
    let first = classes == 2 ? 1 : 0
    var loss = 0.0
    var gradient = [Double](repeating: 0, count: weights.count)
    var probabilities: [[Double]] = []
    for row in 0..<kernel.features.rows {
      var scores = [Double](repeating: 0, count: classes)
      for k in first..<classes {
        let start = (k - first) * (columns + 1)
        scores[k] = weights[start + columns]
        for column in 0..<columns {
          scores[k] += weights[start + column] * kernel.features[row, column]
        }
      }
      let sum = scores.reduce(0) { $0 + exp($1) }
      probabilities.append(scores.map { exp($0) / sum })
      let label = Int(kernel.labels[row])
      loss += log(sum) - scores[label]
      for k in first..<classes {
        let start = (k - first) * (columns + 1)
        let residual = exp(scores[k]) / sum - (k == label ? 1 : 0)
        for column in 0..<columns {
          gradient[start + column] += residual * kernel.features[row, column]
        }
        gradient[start + columns] += residual
      }
    }
    return (loss, gradient, probabilities)
  }
}
