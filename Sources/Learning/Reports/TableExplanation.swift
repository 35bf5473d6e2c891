import Compute
import Formats
import Platform

/// What each column adds to a model's margins for the rows of a table: exact SHAP values.
package struct TableExplanation: Sendable {
  package let features: [String]
  /// The classes of several margins; empty for a single one.
  package let outputs: [String]
  /// The rows of the table that are explained.
  package let rows: Range<Int>
  /// What a person should know of the data, each as one sentence.
  package let notes: [String]
  /// `outputs * (features + 1)` numbers a row; the mean margin is the last of each output.
  private let shares: [Double]

  /// - Parameters:
  ///   - rows: nil for all rows of the table.
  ///   - shares: `outputs * (features + 1)` numbers a row.
  /// - Throws: ``Failure`` for shares that are no finite numbers.
  init(
    of table: Table, rows: Range<Int>?, features: [String], outputs: [String], shares: [Double],
    notes: [String]
  ) throws {
    self.rows = rows ?? 0..<table.rowCount
    self.features = features
    self.outputs = outputs
    self.shares = shares
    self.notes = notes
    let width = max(1, outputs.count) * (features.count + 1)
    precondition(shares.count == self.rows.count * width, "shares of each row")
    if let place = shares.firstIndex(where: { !$0.isFinite }) {
      throw Failure(
        .invalid, "the shares of a row are no finite numbers",
        hint: "is a number of the table or of the model mistaken?",
        at: table.location(row: self.rows.lowerBound + place / width))
    }
  }

  package var rowCount: Int { rows.count }
  package var outputCount: Int { max(1, outputs.count) }

  /// A row's shares of one output: of each feature, and the mean margin last.
  package func shares(row: Int, output: Int = 0) -> ArraySlice<Double> {
    let width = features.count + 1
    let start = ((row - rows.lowerBound) * outputCount + output) * width
    return shares[start..<(start + width)]
  }

  /// The mean size of each feature's shares, for one output.
  package func means(output: Int = 0) -> [Double] {
    var sums = [Double](repeating: 0, count: features.count)
    for row in rows {
      for (feature, share) in shares(row: row, output: output).dropLast().enumerated() {
        sums[feature] += share.magnitude
      }
    }
    return sums.map { $0 / Double(max(1, rowCount)) }
  }

  /// The output with a row's largest margin, but for roundings; the first one on a tie.
  package func likeliest(row: Int) -> Int {
    let margins = (0..<outputCount).map { output in
      shares(row: row, output: output).reduce(0, +)
    }
    let largest = margins.max() ?? 0
    return margins.firstIndex { $0 >= largest - 1e-12 * max(1, largest.magnitude) } ?? 0
  }

  /// CSV with a column for each feature and `bias`; with several outputs a line for each row and
  /// class, which stand in columns of their own.
  package var csv: [UInt8] {
    var writer = CSVWriter()
    let head = outputs.isEmpty ? [] : ["row", "class"]
    writer.write(head + features + ["bias"])
    for row in rows {
      for output in 0..<outputCount {
        let place = outputs.isEmpty ? [] : ["\(row + 1)", outputs[output]]
        writer.write(place + shares(row: row, output: output).map { "\($0)" })
      }
    }
    return writer.bytes
  }
}
