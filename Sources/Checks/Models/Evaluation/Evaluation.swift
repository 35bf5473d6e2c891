import Compute
import Platform

/// What a model answered to the rows of a table, beside what is true.
struct Evaluation: Sendable {
  let table: Table
  let answers: Answers
  let label: Column
  /// The class that the suite names.
  let positiveName: String?
  private let classView: Result<ClassView, Failure>
  private let numberView: Result<NumberView, Failure>

  /// True and predicted numbers; NaN where the true one is missing.
  struct NumberView: Sendable {
    var actual: [Double]
    var predicted: [Double]
  }

  init(_ table: Table, _ answers: Answers, label: Column, positive: String?) {
    self.table = table
    self.answers = answers
    self.label = label
    positiveName = positive
    classView = Self.result { try Self.classes(answers, label, positive) }
    numberView = Self.result { try Self.numbers(answers, label) }
  }

  private static func result<Value>(_ body: () throws -> Value) -> Result<Value, Failure> {
    do { return .success(try body()) } catch let failure as Failure {
      return .failure(failure)
    } catch {
      return .failure(Failure(.bug, "\(error)"))
    }
  }

  /// - Throws: ``Failure``: numbers are predicted.
  var classes: ClassView { get throws { try classView.get() } }
  /// - Throws: ``Failure``: classes are predicted.
  var numbers: NumberView { get throws { try numberView.get() } }

  /// Whether the answers are classes, or can only be taken for them.
  var isOfClasses: Bool {
    if case .classes = answers.content { return true }
    guard case .numbers(let values) = answers.content, case .numbers(let truth) = label.values
    else { return true }
    // Whole numbers that are all among few labels, or probabilities of one of two.
    let labels = Set(truth.filter { !$0.isNaN })
    if values.allSatisfy(labels.contains) { return labels.count <= 20 }
    return labels.isSubset(of: [0, 1]) && values.allSatisfy { $0 >= 0 && $0 <= 1 }
  }

  /// Rows whose true value is known.
  var labelledRows: [Int] { (0..<table.rowCount).filter { !label.isMissing($0) } }

  /// Numbers are classes where all are whole, and probabilities where there are two classes and all are from 0 to 1.
  private static func classes(
    _ answers: Answers, _ label: Column, _ positive: String?
  ) throws -> ClassView {
    switch answers.content {
    case .classes(let names, let labels, let probabilities):
      return try ClassView(
        names: names, labels: labels, probabilities: probabilities, truth: label,
        positive: positive)
    case .numbers(let values):
      let spelling = ClassSpelling(label)
      let isShare = values.allSatisfy { $0 >= 0 && $0 <= 1 }
      let areWhole = values.allSatisfy { $0 == $0.rounded() }
      if isShare, !areWhole, spelling.names.count <= 2 {
        var names = CellText.sorted(spelling.names)
        if names.count == 1 {
          names = names == ["0"] ? ["0", "1"] : ["not \(names[0])", names[0]]
        }
        guard names.count == 2 else { throw Failure(.invalid, "no row has a label") }
        // What is predicted is the probability of the positive class.
        if names[0] == positive { names.reverse() }
        let own = AnswerText.binary(values, names: names)
        guard case .classes(_, let labels, let probabilities) = own.content else { break }
        return try ClassView(
          names: names, labels: labels, probabilities: probabilities, truth: label,
          positive: positive ?? names[1])
      }
      guard areWhole, label.numbers != nil else { break }
      let texts = values.map { PlainValue.text($0) }
      guard case .classes(let names, let labels, _) = Answers(classes: texts).content else { break }
      return try ClassView(
        names: names, labels: labels, probabilities: nil, truth: label, positive: positive)
    }
    throw Failure(
      .invalid, "the model predicts numbers, and this is of classes",
      hint: "for numbers there are rmse, mae, r2, mape, smape")
  }

  private static func numbers(_ answers: Answers, _ label: Column) throws -> NumberView {
    guard case .numbers(let values) = answers.content else {
      throw Failure(
        .invalid, "the model predicts classes, and this is of numbers",
        hint: "for classes there are accuracy, f1, roc-auc, log-loss, …")
    }
    guard case .numbers(let actual) = label.values else {
      throw Failure(
        .invalid, "the label `\(label.name)` holds text, and this is of numbers")
    }
    return NumberView(actual: actual, predicted: values)
  }
}
