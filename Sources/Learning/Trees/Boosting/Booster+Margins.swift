import Compute

extension Booster {
  /// Whether the margins of all rounds are those of the model, whatever happens until then.
  var keepsMargins: Bool { options.dropout == nil && options.stopping == nil }

  /// The margins that the rounds have left behind, which spares predicting the rows again.
  ///
  /// - Parameters:
  ///   - model: what ``model()`` gave.
  ///   - set: the place of an evaluation set; nil for the rows that are learnt from.
  /// - Returns: `outputs` numbers a row; nil when the model is another sum than that of all rounds.
  func margins(of model: BoostedModel, set: Int?) -> [Double]? {
    guard options.dropout == nil, !model.averagesRounds, model.roundCount == built.roundCount
    else { return nil }
    let board = set.map { evaluationBoards[$0] } ?? board
    let (rows, outputs) = (board.matrix.rowCount, board.outputs)
    return Array(unsafeUninitializedCapacity: rows * outputs) { margins, count in
      for output in 0..<outputs {
        let source = board.margins.base + output * rows
        for row in 0..<rows { margins[row * outputs + output] = source[row] }
      }
      count = rows * outputs
    }
  }
}
