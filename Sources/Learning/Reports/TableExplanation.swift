import Compute
import Formats
import Platform

/// What each column adds to a boosted model's margins for the rows of a table: exact SHAP values.
package struct TableExplanation: Sendable {
  package let features: [String]
  /// The classes of several margins; empty for a single one.
  package let outputs: [String]
  package let rowCount: Int
  /// What a person should know of the data, each as one sentence.
  package let notes: [String]
  /// `outputs * (features + 1)` numbers a row; the mean margin is the last of each output.
  private let shares: [Double]

  /// - Throws: ``Failure`` for columns that do not fit, and for trees that do not say how many rows
  ///   they saw.
  package init(_ model: BoostedTableModel, _ table: Table, on pool: WorkerPool) throws {
    let (matrix, notes) = try model.matrix(of: table)
    shares = try TreeExplanation(model.model).shares(matrix, on: pool)
    features = model.features
    outputs = model.outputNames
    rowCount = matrix.rowCount
    self.notes = notes
  }

  package var outputCount: Int { max(1, outputs.count) }

  /// A row's shares of one output: of each feature, and the mean margin last.
  package func shares(row: Int, output: Int = 0) -> ArraySlice<Double> {
    let width = features.count + 1
    let start = (row * outputCount + output) * width
    return shares[start..<(start + width)]
  }

  /// The mean size of each feature's shares, for one output.
  package func means(output: Int = 0) -> [Double] {
    var sums = [Double](repeating: 0, count: features.count)
    for row in 0..<rowCount {
      for (feature, share) in shares(row: row, output: output).dropLast().enumerated() {
        sums[feature] += share.magnitude
      }
    }
    return sums.map { $0 / Double(max(1, rowCount)) }
  }

  /// The output with a row's largest margin.
  package func likeliest(row: Int) -> Int {
    let margins = (0..<outputCount).map { output in
      shares(row: row, output: output).reduce(0, +)
    }
    return margins.indices.max { margins[$0] < margins[$1] } ?? 0
  }

  /// CSV with a column for each feature and `bias`; with several outputs a line for each row and
  /// class, which stand in columns of their own.
  package var csv: [UInt8] {
    var writer = CSVWriter()
    let head = outputs.isEmpty ? [] : ["row", "class"]
    writer.write(head + features + ["bias"])
    for row in 0..<rowCount {
      for output in 0..<outputCount {
        let place = outputs.isEmpty ? [] : ["\(row + 1)", outputs[output]]
        writer.write(place + shares(row: row, output: output).map { "\($0)" })
      }
    }
    return writer.bytes
  }
}
