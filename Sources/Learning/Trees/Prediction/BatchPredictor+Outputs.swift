import Compute
import Platform

extension BatchPredictor {
  /// The predictions of every row: probabilities of class 1, of each class, or values.
  ///
  /// - Returns: `model.outputs` numbers a row.
  package func predictions(_ matrix: FeatureMatrix, on pool: WorkerPool) throws -> [Double] {
    predictions(ofMargins: try margins(matrix, on: pool))
  }

  /// The same where the margins are known.
  func predictions(ofMargins margins: [Double]) -> [Double] {
    var values = margins
    model.transform.apply(&values, outputs: model.outputs)
    return values
  }

  /// Scores the model on labelled rows.
  package func score(
    _ metric: TreeMetric, _ set: TrainingSet, on pool: WorkerPool
  ) throws -> Double {
    guard set.labels.count == set.matrix.rowCount else {
      throw Failure(.invalid, "\(set.labels.count) labels for \(set.matrix.rowCount) rows")
    }
    return score(metric, set, margins: try margins(set.matrix, on: pool), on: pool)
  }

  /// The same where the margins are known: `outputs` numbers a row.
  func score(
    _ metric: TreeMetric, _ set: TrainingSet, margins: [Double], on pool: WorkerPool
  ) -> Double {
    let (rows, outputs) = (set.labels.count, model.outputs)
    let byOutput = Memory<Double>(uninitialized: rows * outputs)
    for row in 0..<rows {
      for output in 0..<outputs {
        byOutput.base[output * rows + row] = margins[row * outputs + output]
      }
    }
    return MetricEvaluator(
      flavour: model.flavour, labels: set.labels, weights: set.weights, queries: set.queryStarts,
      outputs: outputs
    ).score(metric, byOutput.base, on: pool)
  }
}
