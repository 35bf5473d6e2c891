import Glibc
import Testing

@testable import Learning

/// PyTorch's closed forms: `StepLR`, `CosineAnnealingLR` and `OneCycleLR` of torch.optim.lr_scheduler.
@Suite("Learning rates") struct LearningRateTests {
  private func close(_ ours: Double, _ theirs: Double) -> Bool {
    abs(ours - theirs) <= 1e-12 * max(1e-4, abs(theirs))
  }

  @Test("a step after every so many epochs", arguments: [1, 2, 5], [1, 7])
  func steps(epochs: Int, perEpoch: Int) {
    let rate = LearningRate(base: 0.3, schedule: .step(epochs: epochs, factor: 0.25))
    for step in 0..<100 {
      let theirs = 0.3 * pow(0.25, Double(step / perEpoch / epochs))
      #expect(close(rate.rate(step: step, of: 100, perEpoch: perEpoch), theirs))
    }
  }

  @Test("half a cosine", arguments: [1, 2, 10, 937]) func cosine(total: Int) {
    let rate = LearningRate(base: 0.1, schedule: .cosine)
    for step in 0...total {
      let theirs = 0.1 * (1 + cos(.pi * Double(step) / Double(total))) / 2
      #expect(abs(rate.rate(step: step, of: total, perEpoch: 1) - theirs) <= 1e-15)
    }
  }

  @Test("one cycle", arguments: [5, 10, 33, 4690]) func oneCycle(total: Int) {
    let rate = LearningRate(base: 0.01, schedule: .oneCycle)
    let (first, last) = (0.01 / 25, 0.01 / 25 / 1e4)
    let (top, end) = (0.3 * Double(total) - 1, Double(total - 1))
    func between(_ start: Double, _ end: Double, _ share: Double) -> Double {
      end + (start - end) / 2 * (1 + cos(.pi * share))
    }
    for step in 0..<total {
      let at = Double(step)
      let theirs =
        at <= top
        ? between(first, 0.01, at / top) : between(0.01, last, (at - top) / (end - top))
      #expect(
        abs(rate.rate(step: step, of: total, perEpoch: 10) - theirs) <= 1e-16, "\(step) of \(total)"
      )
    }
  }

  @Test("it grows in a line while it warms up") func warmUp() {
    let rate = LearningRate(base: 1, schedule: .constant, warmUp: 4)
    #expect(
      (0..<6).map { rate.rate(step: $0, of: 6, perEpoch: 3) } == [0.25, 0.5, 0.75, 1, 1, 1])
    let cosine = LearningRate(base: 2, schedule: .cosine, warmUp: 10)
    let plain = LearningRate(base: 2, schedule: .cosine)
    for step in 0..<20 {
      let share = min(1, Double(step + 1) / 10)
      #expect(
        close(
          cosine.rate(step: step, of: 20, perEpoch: 5),
          plain.rate(step: step, of: 20, perEpoch: 5) * share))
    }
  }
}
