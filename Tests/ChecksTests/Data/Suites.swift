@testable import Checks
import Platform

/// A suite of a text, which stands in `s.yml`.
func suite(_ text: String) throws(Failure) -> DataSuite {
  try DataSuite(parsing: Array(text.utf8), file: "s.yml")
}

/// A suite whose only column is `x`; flow style, as in `int, 18..90` or `[int, {test: range, min: 18}]`.
func column(_ value: String) throws(Failure) -> DataSuite {
  try suite("data: d.csv\nreference: r.csv\ncolumns:\n  x: \(value)\n")
}

/// What is wrong with a text, a line each: `LINE:COLUMN message (hint)`.
func problems(_ text: String) -> [String] {
  do throws(Failure) {
    _ = try suite(text)
    return []
  } catch {
    return (error.details.isEmpty ? [error] : error.details).map { failure in
      let place = failure.location.map { "\($0.line ?? 0):\($0.column ?? 0) " } ?? ""
      return place + failure.message + (failure.hint.map { " (\($0))" } ?? "")
    }
  }
}

extension DataTest {
  /// The test without the places where it and what it names stand.
  var unplaced: DataTest {
    var test = self
    let nowhere = SourceLocation(file: "")
    test.location = nowhere
    switch kind {
    case .foreignKey(let table, let column):
      test.kind = .foreignKey(TableReference(table.place, at: nowhere), column: column)
    case .inSet(.column(let table, let column), let isNegated):
      test.kind = .inSet(
        .column(TableReference(table.place, at: nowhere), column), isNegated: isNegated)
    case .share(.column(let table, let column), let bounds):
      test.kind = .share(.column(TableReference(table.place, at: nowhere), column), bounds)
    default: break
    }
    return test
  }
}

extension DataSuite {
  /// The suite without the places where things stand in it.
  var unplaced: DataSuite {
    let nowhere = SourceLocation(file: "")
    var suite = self
    suite.file = ""
    suite.data.location = nowhere
    suite.reference?.location = nowhere
    suite.tests = tests.map(\.unplaced)
    for place in suite.splits.indices { suite.splits[place].table.location = nowhere }
    return suite
  }

  /// The tests but for that of the declared columns.
  var own: [DataTest] {
    tests.filter { if case .schema(_, false, true) = $0.kind { false } else { true } }
      .map(\.unplaced)
  }
}
