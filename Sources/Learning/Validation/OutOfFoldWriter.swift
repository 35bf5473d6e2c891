import Compute
import Formats

/// CSV of the predictions of rows by models that had not seen them: `row`, counted from 0 as pandas
/// does, `fold`, `truth`, `prediction`, and for classes a column `p(CLASS)` each.
struct OutOfFoldWriter {
  private let truth: FoldTraining.Truth
  private var writer = CSVWriter()

  init(_ truth: FoldTraining.Truth) {
    self.truth = truth
    var header = ["row", "fold", "truth", "prediction"]
    if case .classes(_, let names) = truth { header += names.map { "p(\($0))" } }
    writer.write(header)
  }

  var bytes: [UInt8] { writer.bytes }

  mutating func write(_ predictions: FoldAnswer.Predictions, rows: [Int], fold: Int) {
    switch (predictions, truth) {
    case (.numbers(let numbers), .numbers(let actual)):
      for (row, number) in zip(rows, numbers) {
        writer.write(["\(row)", "\(fold)", "\(actual[row])", "\(number)"])
      }
    case (.probabilities(let matrix), .classes(let labels, let names)):
      let likeliest = ModelScores.likeliest(matrix)
      for (place, row) in rows.enumerated() {
        let texts = [names[Int(labels[row])], names[Int(likeliest[place])]]
        writer.write(["\(row)", "\(fold)"] + texts + matrix.row(place).map { "\($0)" })
      }
    case (.probabilities, .numbers), (.numbers, .classes): break
    }
  }
}
