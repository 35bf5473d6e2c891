import GRDB

extension RunFilter.Test {
  /// The test as SQL about a column or an expression.
  func sql(on value: String) -> SQLText {
    switch self {
    case .number(let test, let number): SQLText("\(value) \(test.rawValue) ?", [number])
    case .text(.ilike, let text): SQLText("lower(\(value)) LIKE lower(?)", [text])
    case .text(let test, let text): SQLText("\(value) \(test.rawValue) ?", [text])
    case .list(let contains, let texts):
      SQLText(
        "\(value) \(contains ? "" : "NOT ")IN ("
          + texts.map { _ in "?" }.joined(separator: ",") + ")", texts)
    case .isPresent(let isPresent): SQLText("\(value) IS \(isPresent ? "NOT " : "")NULL")
    }
  }
}
