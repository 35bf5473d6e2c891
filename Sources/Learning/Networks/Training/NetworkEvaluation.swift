import Compute

/// What a network says of samples, batch by batch.
package struct NetworkEvaluation: Sendable {
  /// A batch's samples: as many as a network's room is made for when it has none, and fewer where a sample takes much of it, as
  /// layers out of a file may ask for.
  private static func batch(_ network: Network) -> Int {
    let held = LayerPlan.heldCount(network.plans, network.shapes)
    return max(1, min(256, (1 << 26) / max(1, held)))
  }

  /// - Parameters:
  ///   - samples: those of the source to look at.
  ///   - use: gets the place of each sample in `samples` and what the network says of it.
  package static func run(
    _ network: Network, _ source: any SampleSource, samples: ArraySlice<Int32>,
    on pool: WorkerPool, _ use: (_ place: Int, _ outputs: UnsafePointer<Float>) -> Void
  ) {
    let batch = batch(network)
    network.makeRoom(samples: min(batch, samples.count), threads: pool.threads)
    let pass = Pass(isTraining: false, seed: 0, step: 0)
    let (inputs, outputs) = (source.shape.count, network.output.count)
    for first in stride(from: samples.startIndex, to: samples.endIndex, by: batch) {
      let part = samples[first..<min(first + batch, samples.endIndex)]
      network.forward(samples: part.count, pass, on: pool) { range, place in
        for (offset, index) in range.enumerated() {
          source.write(Int(part[first + index]), to: place + offset * inputs, epoch: nil)
        }
      }
      for index in 0..<part.count {
        use(first - samples.startIndex + index, network.outputs + index * outputs)
      }
    }
  }
}
