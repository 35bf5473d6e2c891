import Compute
import Formats
import Platform

extension NetworkModel {
  package var features: [String] {
    switch input {
    case .rows(let encoder): encoder.features.map(\.name)
    case .images(let shape, _, _): (0..<shape.count).map(String.init)
    }
  }

  package var textColumns: Set<String> {
    if case .rows(let encoder) = input { return encoder.textColumns }
    return []
  }

  /// Each layer's name, what comes out of it, and how many weights it has.
  package var layers: [(name: String, output: String, weights: Int)] {
    guard let shapes = try? LayerPlan.shapes(plans, from: input.shape) else { return [] }
    return plans.enumerated().map { index, plan in
      let weights = plan.tensorShapes(input: shapes[index]).reduce(0) {
        $0 + $1.shape.reduce(1, *)
      }
      return (plan.name, shapes[index + 1].description, weights)
    }
  }

  /// A network that predicts.
  ///
  /// - Throws: ``Failure`` with code `.corrupt` when weights and layers do not fit each other.
  package func network() throws -> Network {
    do throws(LayerPlan.Misfit) {
      let network = try Network(plans, input: input.shape, training: false)
      try network.take(tensors)
      return network
    } catch {
      throw Failure(.corrupt, "the network's parts do not fit: \(error.message)", hint: error.hint)
    }
  }

  /// Images of a table are its columns in their order, the target left out.
  package func predict(_ table: Table, on pool: WorkerPool) throws -> Predictions {
    switch input {
    case .rows(let encoder):
      let encoded = try encoder.encode(table)
      return try predict(RowSamples(encoded.matrix), notes: encoded.notes, on: pool)
    case .images(let shape, let means, let deviations):
      let columns = table.columns.filter { $0.name != target }
      let bytes = try TableImages.bytes(columns, shape, table)
      return try predict(
        ImageSamples(bytes, shape: shape, means: means, deviations: deviations), on: pool)
    }
  }

  package func predict(
    _ source: any SampleSource, notes: [String] = [], on pool: WorkerPool
  ) throws -> Predictions {
    let network = try network()
    let count = network.output.count
    let samples = (0..<source.count).map { Int32($0) }
    guard !classes.isEmpty else {
      var values = [Double](repeating: 0, count: samples.count)
      NetworkEvaluation.run(network, source, samples: samples[...], on: pool) { place, row in
        values[place] = Double(row[0]) * scale + shift
      }
      try check(values)
      return Predictions(target: target, values: values, notes: notes)
    }
    var probabilities = Matrix(rows: samples.count, columns: classes.count)
    probabilities.elements.withUnsafeMutableBufferPointer { elements in
      NetworkEvaluation.run(network, source, samples: samples[...], on: pool) { place, row in
        let start = place * classes.count
        if count == 1 {
          (elements[start], elements[start + 1]) = (1 - Double(row[0]), Double(row[0]))
        } else {
          for k in 0..<count { elements[start + k] = Double(row[k]) }
        }
      }
    }
    try check(probabilities.elements)
    return Predictions(
      target: target, classes: classes, probabilities: probabilities, notes: notes)
  }

  private func check(_ numbers: [Double]) throws {
    guard let place = numbers.firstIndex(where: { !$0.isFinite }) else { return }
    throw Failure(
      .invalid, "the network gives no finite number for row \(place / max(1, classes.count) + 1)",
      hint: "is a number of this row mistaken?")
  }

  package func explain(
    _ table: Table, rows: Range<Int>?, on pool: WorkerPool
  ) throws -> TableExplanation {
    throw Failure(
      .unsupported, "networks are not explained column by column",
      hint: "trees and linear models are")
  }
}
