import Compute
import Formats

/// What a model says of the rows of a table.
package struct Predictions: Sendable {
  package var target: String
  package var classes: [String]
  /// The likeliest class of each row; the first one on a tie.
  package var labels: [Int32]
  /// A row for each row, a column for each class.
  package var probabilities: Matrix
  /// The number that is predicted for each row; nil where classes are.
  package var values: [Double]?
  /// What a person should know: categories that the model has never seen, each as one sentence.
  package var notes: [String]

  package init(target: String, classes: [String], probabilities: Matrix, notes: [String] = []) {
    precondition(probabilities.columns == classes.count, "a column for each class")
    self.target = target
    self.classes = classes
    self.probabilities = probabilities
    self.notes = notes
    labels = (0..<probabilities.rows).map { row in
      var best = 0
      for k in 1..<classes.count where probabilities[row, k] > probabilities[row, best] { best = k }
      return Int32(best)
    }
  }

  package init(target: String, values: [Double], notes: [String] = []) {
    self.target = target
    classes = []
    labels = []
    probabilities = Matrix(rows: values.count, columns: 0)
    self.values = values
    self.notes = notes
  }

  package var count: Int { values?.count ?? labels.count }

  /// CSV with a line for each row: the number; or the probability of the second of two classes, or of each of several.
  ///
  /// - Parameter labels: whether the likeliest class stands first, before the probability of every class.
  package func csv(labels wantsLabels: Bool = false) -> [UInt8] {
    var writer = CSVWriter()
    if let values {
      writer.write([target])
      for value in values { writer.write(["\(value)"]) }
      return writer.bytes
    }
    let first = classes.count == 2 && !wantsLabels ? 1 : 0
    let names = classes.dropFirst(first).map { "p(\($0))" }
    writer.write((wantsLabels ? [target] : []) + names)
    for row in 0..<count {
      let label = wantsLabels ? [classes[Int(labels[row])]] : []
      writer.write(label + probabilities.row(row).dropFirst(first).map { "\($0)" })
    }
    return writer.bytes
  }

  /// `[{"species": "Adelie", "probabilities": {"Adelie": 0.99, …}}, …]`, or `[{"price": 12.5}, …]`.
  package var json: JSONValue {
    if let values { return .array(values.map { .object([.init(target, .double($0))]) }) }
    return .array(
      (0..<count).map { row in
        let members = zip(classes, probabilities.row(row)).map {
          JSONValue.Member($0, .double($1))
        }
        return .object([
          .init(target, .string(classes[Int(labels[row])])),
          .init("probabilities", .object(members)),
        ])
      })
  }
}
