import Compute
import Platform

extension Answers {
  /// Classes alone, in the order of their names.
  init(classes texts: [String]) {
    let names = CellText.sorted(Set(texts))
    let places = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    self.init(
      .classes(names: names, labels: texts.map { Int32(places[$0] ?? 0) }, probabilities: nil))
  }

  /// The column of a class in a table of probabilities.
  struct ClassColumn {
    var name: String
    var column: Column
  }

  /// Columns of probabilities side by side; they are equally long, and there is one.
  static func matrix(_ columns: [ClassColumn]) throws(ParseFailure) -> Matrix {
    var matrix = Matrix(rows: columns[0].column.count, columns: columns.count)
    for (place, one) in columns.enumerated() {
      guard let values = one.column.numbers else {
        throw ParseFailure("the probabilities of `\(one.name)` are no numbers")
      }
      for row in 0..<matrix.rows { matrix[row, place] = values[row] }
    }
    return matrix
  }

  /// The same probabilities with the classes in another order.
  ///
  /// - Returns: nil when there are no probabilities, or when they are of other classes.
  func probabilities(of wanted: [String]) -> Matrix? {
    guard case .classes(let names, _, let all?) = content else { return nil }
    if names == wanted { return all }
    let known = ClassPlaces(names)
    let places = wanted.compactMap { known[$0] }
    guard wanted.count == names.count, Set(places).count == names.count else { return nil }
    var matrix = Matrix(rows: all.rows, columns: all.columns)
    for row in 0..<all.rows {
      for (column, place) in places.enumerated() { matrix[row, column] = all[row, place] }
    }
    return matrix
  }

  /// Answers one after the other; classes by their names.
  ///
  /// - Parameters:
  ///   - parts: at least one.
  ///   - name: who answered, for messages.
  /// - Throws: ``Failure``: parts are of several kinds, or their probabilities of several sets of classes.
  static func joined(_ parts: [Answers], by name: String) throws -> Answers {
    guard parts.count > 1 else { return parts[0] }
    var numbers: [Double] = []
    var texts: [String] = []
    var withProbabilities = 0
    for part in parts where part.count > 0 {
      switch part.content {
      case .numbers(let values): numbers += values
      case .classes(let names, let labels, let probabilities):
        texts += labels.map { names[Int($0)] }
        if probabilities != nil { withProbabilities += part.count }
      }
    }
    if texts.isEmpty { return Answers(.numbers(numbers)) }
    guard numbers.isEmpty else {
      throw Failure(.invalid, "\(name) answered numbers to some rows, and classes to others")
    }
    guard withProbabilities > 0 else { return Answers(classes: texts) }
    guard withProbabilities == texts.count else {
      throw Failure(.invalid, "\(name) answered probabilities to some rows, and not to others")
    }
    let all = parts.filter { $0.count > 0 }
    guard case .classes(let names, _, _) = all[0].content else { return all[0] }
    var elements: [Double] = []
    for part in all {
      guard let own = part.probabilities(of: names) else {
        throw Failure(
          .invalid, "\(name) answered probabilities of other classes to some rows than to others",
          hint: "the first rows have \(names.prefix(20).joined(separator: ", "))")
      }
      elements += own.elements
    }
    guard let matrix = Matrix(rows: texts.count, columns: names.count, elements: elements) else {
      throw Failure(.bug, "answers that do not fit together")
    }
    return Answers(
      .classes(names: names, labels: likeliest(matrix), probabilities: matrix))
  }
}
