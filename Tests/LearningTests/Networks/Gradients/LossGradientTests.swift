import Glibc
import Support
import Testing

@testable import Learning

@Suite("Losses") struct LossGradientTests {
  static let losses: [(NetworkLoss, columns: Int)] = [
    (.crossEntropy(smoothing: 0, weights: nil), 5),
    (.crossEntropy(smoothing: 0.1, weights: nil), 5),
    (.crossEntropy(smoothing: 0, weights: [1, 0.5, 3, 0, 2]), 5),
    (.crossEntropy(smoothing: 0.2, weights: [1, 0.5, 3, 0.1, 2]), 5),
    (.crossEntropy(smoothing: 0.05, weights: nil), 1),
    (.crossEntropy(smoothing: 0, weights: nil), 40),
    (.binaryCrossEntropy, 1), (.squared, 1), (.absolute, 1),
  ]

  private static let samples = 12

  private static func targets(_ loss: NetworkLoss, _ columns: Int) -> NetworkTargets {
    var random = SeededRandom(seed: 5)
    switch loss {
    case .crossEntropy, .binaryCrossEntropy:
      let count = loss == .binaryCrossEntropy ? 2 : columns
      return .classes(
        (0..<samples).map { _ in Int32(random.next() % UInt64(count)) }, count: count)
    case .squared, .absolute:
      return .numbers((0..<samples).map { _ in Float.random(in: -2...2, using: &random) })
    }
  }

  /// The mean over a batch, as PyTorch's documentation writes it.
  private static func mean(
    _ loss: NetworkLoss, _ targets: NetworkTargets, _ outputs: [Double], _ columns: Int
  ) -> Double {
    var (sum, divisor) = (0.0, 0.0)
    for sample in 0..<samples {
      let row = Array(outputs[sample * columns..<(sample + 1) * columns])
      switch (loss, targets) {
      case (.crossEntropy(let smoothing, let weights), .classes(let labels, _)):
        let label = Int(labels[sample])
        let total = log(row.reduce(0) { $0 + exp($1) })
        let own = weights.map { $0.map(Double.init) } ?? [Double](repeating: 1, count: columns)
        let smooth = (0..<columns).reduce(0) { $0 + own[$1] * (total - row[$1]) }
        sum += (1 - Double(smoothing)) * own[label] * (total - row[label])
        sum += Double(smoothing) / Double(columns) * smooth
        divisor += own[label]
      case (.binaryCrossEntropy, .classes(let labels, _)):
        let share = 1 / (1 + exp(-row[0]))
        sum -= labels[sample] == 1 ? log(share) : log(1 - share)
        divisor += 1
      case (.squared, .numbers(let numbers)):
        sum += (row[0] - Double(numbers[sample])) * (row[0] - Double(numbers[sample]))
        divisor += 1
      case (_, .numbers(let numbers)):
        sum += abs(row[0] - Double(numbers[sample]))
        divisor += 1
      default: Issue.record("a loss that does not fit")
      }
    }
    return sum / divisor
  }

  @Test("values are those of doubles, gradients their slopes", arguments: 0..<losses.count)
  func slopes(place: Int) {
    let (loss, columns) = Self.losses[place]
    var random = SeededRandom(seed: UInt64(place))
    let outputs = (0..<Self.samples * columns).map { _ in Float.random(in: -3...3, using: &random) }
    let targets = Self.targets(loss, columns)
    let divisor = loss.divisor(of: targets, Array(0..<Int32(Self.samples))[...])
    var gradient = [Float](repeating: .nan, count: outputs.count)
    var sum = 0.0
    for sample in 0..<Self.samples {
      outputs.withUnsafeBufferPointer { outputs in
        gradient.withUnsafeMutableBufferPointer { gradient in
          let start = sample * columns
          let lost = loss.lose(
            outputs.baseAddress! + start, count: columns, target: targets, sample: sample,
            share: Float(1 / divisor), gradient: gradient.baseAddress! + start)
          let again = loss.lose(
            outputs.baseAddress! + start, count: columns, target: targets, sample: sample,
            share: 1, gradient: nil)
          #expect(lost == again, "a loss whose gradient nobody wants is another one")
          sum += lost
        }
      }
    }
    let truth = Self.mean(loss, targets, outputs.map(Double.init), columns)
    #expect(abs(sum / divisor - truth) <= 1e-6 * max(1, truth))
    var differences = FiniteDifferences()
    differences.compare(gradient, named: "\(loss)") { place, by in
      var moved = outputs.map(Double.init)
      moved[place] += by
      return Self.mean(loss, targets, moved, columns)
    }
    #expect(differences.kinks == 0)
  }

  @Test("numbers that are none, or without end, are lost as none") func notANumber() {
    let targets = NetworkTargets.classes([1], count: 3)
    for bad in [Float.nan, .infinity, -.infinity] {
      for place in 0..<3 {
        var row: [Float] = [0, 1, 2]
        row[place] = bad
        let lost = NetworkLoss.crossEntropy(smoothing: 0, weights: nil).lose(
          row, count: 3, target: targets, sample: 0, share: 1, gradient: nil)
        #expect(!lost.isFinite, "\(bad) at \(place)")
      }
    }
    for loss in [NetworkLoss.squared, .absolute] {
      #expect(
        loss.lose(
          [.nan], count: 1, target: .numbers([1]), sample: 0, share: 1, gradient: nil
        ).isNaN)
    }
    #expect(
      NetworkLoss.binaryCrossEntropy.lose(
        [.nan], count: 1, target: targets, sample: 0, share: 1, gradient: nil
      ).isNaN)
  }
}
