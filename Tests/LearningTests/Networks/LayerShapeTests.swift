import Compute
import Testing

@testable import Learning

@Suite("Shapes between layers") struct LayerShapeTests {
  private func message(_ plans: [LayerPlan], _ shape: SampleShape) -> String {
    do throws(LayerPlan.Misfit) {
      return "\(try LayerPlan.shapes(plans, from: shape).map(\.description))"
    } catch { return error.message }
  }

  private func conv(_ filters: Int, _ kernel: Int, _ padding: Int = 0) -> LayerPlan {
    .conv2d(filters: filters, kernel: kernel, stride: 1, padding: padding, groups: 1)
  }

  @Test("the two networks that people begin with") func known() {
    #expect(
      message(
        [.flatten, .dense(units: 128), .dense(units: 10)],
        SampleShape(height: 28, width: 28, channels: 1))
        == #"["28x28x1", "784", "128", "10"]"#)
    #expect(
      message(
        [
          conv(32, 3), .maxPool(size: 2, stride: 2), conv(64, 3), .maxPool(size: 2, stride: 2),
          .flatten, .dense(units: 64),
        ], SampleShape(height: 28, width: 28, channels: 1))
        == #"["28x28x1", "26x26x32", "13x13x32", "11x11x64", "5x5x64", "1600", "64"]"#)
  }

  @Test("samples that fit no memory are refused, whichever number makes them large") func large() {
    #expect(
      message([conv(1 << 20, 1)], SampleShape(height: 64, width: 64, channels: 1))
        == "layer 1: `conv2d` would make more numbers of a sample than fit into memory")
    #expect(
      message([conv(1, 63, 63)], SampleShape(1 << 26))
        == "layer 1: `conv2d` would make more numbers of a sample, with those around it, than fit into memory"
    )
  }

  @Test("what layers hold counts the zeros around images") func held() throws {
    let plans = [conv(2, 3, 1), .flatten]
    let shapes = try LayerPlan.shapes(plans, from: SampleShape(height: 4, width: 5, channels: 3))
    #expect(LayerPlan.heldCount(plans, shapes) == 60 + 40 + 40 + 6 * 7 * 3)
  }

  @Test("a network whose samples are large says the same of one and of many") func batches() throws
  {
    let plans = [conv(1 << 12, 1), .globalAveragePool]
    let shape = SampleShape(height: 80, width: 80, channels: 1)
    let network = try Network(plans, input: shape, training: false)
    network.begin(seed: 1)
    let bytes = (0..<3 * shape.count).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let source = ImageSamples(bytes, shape: shape, means: [0], deviations: [1])
    var found: [[Float]] = [[], [], []]
    NetworkEvaluation.run(network, source, samples: [0, 1, 2], on: WorkerPool(threads: 1)) {
      found[$0] = [Float](UnsafeBufferPointer(start: $1, count: 1 << 12))
    }
    for sample in 0..<3 {
      NetworkEvaluation.run(
        network, source, samples: [Int32(sample)], on: WorkerPool(threads: 1)
      ) { _, outputs in
        #expect([Float](UnsafeBufferPointer(start: outputs, count: 1 << 12)) == found[sample])
      }
    }
  }
}
