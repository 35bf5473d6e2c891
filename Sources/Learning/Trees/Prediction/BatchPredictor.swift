import Compute
import Platform

/// Predicts many rows with a model.
package final class BatchPredictor {
  package let model: BoostedModel
  private let trees: CompiledTrees
  private let perfect: PerfectTrees?

  /// - Throws: ``Failure`` when a tree is broken.
  package init(_ model: BoostedModel) throws {
    for tree in model.trees { try tree.check(featureCount: model.features.count) }
    let nodes = model.trees.reduce(0) { $0 + $1.nodeCount }
    guard nodes < 1 << 30 else { throw Failure(.unsupported, "a model of \(nodes) nodes") }
    guard model.treeOutput.count == model.trees.count,
      model.treeOutput.allSatisfy({ (0..<model.outputs).contains($0) }),
      model.baseMargins.count == model.outputs
    else { throw Failure(.corrupt, "the model's trees and classes do not fit together") }
    self.model = model
    trees = CompiledTrees(model)
    perfect = PerfectTrees(model)
  }

  /// The margins of every row: `outputs` numbers a row.
  ///
  /// - Throws: ``Failure`` when the features are not as many as the model's.
  package func margins(_ matrix: FeatureMatrix, on pool: WorkerPool) throws -> [Double] {
    let width = model.features.count
    guard matrix.featureCount == width else {
      throw Failure(
        .invalid, "the data has \(matrix.featureCount) features, the model needs \(width)",
        hint: "it learnt from: \(model.features.prefix(20).map(\.name).joined(separator: ", "))")
    }
    if let perfect, model.flavour == .xgboost || matrix.isFloat {
      return floatMargins(matrix, perfect, on: pool)
    }
    let outputs = model.outputs
    let rowCount = matrix.rowCount
    // As many rows as have their cells in the first cache beside a tree.
    let block = max(8, min(256, 2048 / width / 8 * 8))
    let walk = TreeWalk(trees)
    let result = Memory<Double>(count: rowCount * outputs, filledWith: 0)
    // Several blocks at a time, so that a thread's own memory is made once for all of them.
    let share = block * 32
    pool.parallelFor(blocks: (rowCount + share - 1) / share) { index in
      let cells = Memory<Double>(uninitialized: block * width)
      for start in stride(from: index * share, to: min(rowCount, (index + 1) * share), by: block) {
        let count = min(block, rowCount - start)
        let hasMissing = gather(matrix, from: start, count: count, to: cells.base)
        let sums = result.base + start * outputs
        for tree in trees.roots.indices {
          walk.add(
            root: trees.roots[tree], isSpecial: trees.isSpecial[tree], hasMissing: hasMissing,
            cells: cells.base, width: width, count: count,
            sums: sums + model.treeOutput[tree], step: outputs)
        }
        finish(sums, count: count)
      }
    }
    return Array(UnsafeBufferPointer(start: result.base, count: rowCount * outputs))
  }

  /// The same with trees of few levels and cells that are floats.
  private func floatMargins(
    _ matrix: FeatureMatrix, _ perfect: PerfectTrees, on pool: WorkerPool
  ) -> [Double] {
    let width = model.features.count
    let outputs = model.outputs
    let rowCount = matrix.rowCount
    let block = max(8, min(256, 4096 / width / 8 * 8))
    let result = Memory<Double>(count: rowCount * outputs, filledWith: 0)
    let share = block * 32
    let treeOutput = model.treeOutput
    pool.parallelFor(blocks: (rowCount + share - 1) / share) { index in
      let cells = Memory<Float>(uninitialized: block * width)
      for start in stride(from: index * share, to: min(rowCount, (index + 1) * share), by: block) {
        let count = min(block, rowCount - start)
        let hasMissing = gather(matrix, from: start, count: count, to: cells.base)
        let sums = result.base + start * outputs
        for tree in 0..<perfect.places.count {
          perfect.add(
            tree: tree, hasMissing: hasMissing, cells: cells.base, width: width, count: count,
            sums: sums + treeOutput[tree], step: outputs)
        }
        finish(sums, count: count)
      }
    }
    return Array(UnsafeBufferPointer(start: result.base, count: rowCount * outputs))
  }

  private func finish(_ sums: UnsafeMutablePointer<Double>, count: Int) {
    let outputs = model.outputs
    let divisor = model.averagesRounds ? Double(max(1, model.roundCount)) : 1
    for row in 0..<count {
      for output in 0..<outputs {
        sums[row * outputs + output] =
          sums[row * outputs + output] / divisor + model.baseMargins[output]
      }
    }
  }

  /// Copies rows and says whether there is a NaN among them.
  private func gather(
    _ matrix: FeatureMatrix, from start: Int, count: Int, to cells: UnsafeMutablePointer<Double>
  ) -> Bool {
    let width = matrix.featureCount
    var missing = 0
    switch matrix.storage {
    case .rows(let source):
      source.withUnsafeBufferPointer { source in
        guard let base = source.baseAddress else { return }
        let first = base + start * width
        for i in 0..<(count * width) {
          let x = Double(first[i])
          cells[i] = x
          missing |= x == x ? 0 : 1
        }
      }
    case .columns(let columns):
      for feature in 0..<width {
        columns[feature].withUnsafeBufferPointer { column in
          guard let base = column.baseAddress else { return }
          for row in 0..<count {
            let cell = base[start + row]
            let x = trees.roundsToFloat ? Double(Float(cell)) : cell
            cells[row * width + feature] = x
            missing |= x == x ? 0 : 1
          }
        }
      }
    }
    return missing != 0
  }

  private func gather(
    _ matrix: FeatureMatrix, from start: Int, count: Int, to cells: UnsafeMutablePointer<Float>
  ) -> Bool {
    let width = matrix.featureCount
    var missing = 0
    switch matrix.storage {
    case .rows(let source):
      source.withUnsafeBufferPointer { source in
        guard let base = source.baseAddress else { return }
        let first = base + start * width
        for i in 0..<(count * width) {
          let x = first[i]
          cells[i] = x
          missing |= x == x ? 0 : 1
        }
      }
    case .columns(let columns):
      for feature in 0..<width {
        columns[feature].withUnsafeBufferPointer { column in
          guard let base = column.baseAddress else { return }
          for row in 0..<count {
            let x = Float(base[start + row])
            cells[row * width + feature] = x
            missing |= x == x ? 0 : 1
          }
        }
      }
    }
    return missing != 0
  }
}
