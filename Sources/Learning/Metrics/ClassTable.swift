/// Weights of rows by actual and predicted class, and the measures that follow from them.
///
/// The definitions are scikit-learn's (`sklearn.metrics`, "Classification metrics"), with
/// `zero_division=0`. Classes that neither occur nor are predicted take part in nothing.
package struct ClassTable: Sendable, Hashable {
  package let classCount: Int
  /// `cells[actual * classCount + predicted]`, the sum of the rows' weights.
  package private(set) var cells: [Double]

  /// - Parameter weights: at least 0, one for each row; nil counts each row once.
  package init(actual: [Int32], predicted: [Int32], classCount: Int, weights: [Double]? = nil) {
    precondition(actual.count == predicted.count, "a prediction for each row")
    self.classCount = classCount
    cells = Array(repeating: 0, count: classCount * classCount)
    for row in actual.indices {
      cells[Int(actual[row]) * classCount + Int(predicted[row])] += weights?[row] ?? 1
    }
  }

  /// How the measures of single classes become one.
  package enum Average: Sendable, Hashable {
    /// Of one class, the positive one.
    case of(class: Int)
    /// The mean over the classes.
    case macro
    /// The mean over the classes, weighted by how often each occurs.
    case weighted
  }

  package var total: Double { cells.reduce(0, +) }

  /// The share of rows that are right; NaN without rows.
  package var accuracy: Double {
    (0..<classCount).reduce(0) { $0 + right($1) } / total
  }

  /// The mean recall of the classes that occur; NaN without rows.
  package var balancedAccuracy: Double {
    let occurring = (0..<classCount).filter { actual($0) > 0 }
    return occurring.reduce(0) { $0 + right($1) / actual($1) } / Double(occurring.count)
  }

  package func precision(_ average: Average) -> Double {
    mean(average) { ratio(right($0), predicted($0)) }
  }

  package func recall(_ average: Average) -> Double {
    mean(average) { ratio(right($0), actual($0)) }
  }

  /// The harmonic mean of precision and recall.
  package func f1(_ average: Average) -> Double {
    mean(average) { ratio(2 * right($0), actual($0) + predicted($0)) }
  }

  /// Matthews' correlation, for any number of classes (J. Gorodkin, 2004); 0 where one side knows a
  /// single class.
  package var matthewsCorrelation: Double {
    let all = total
    var (agreeing, crossed, ownActual, ownPredicted) = (0.0, 0.0, 0.0, 0.0)
    for index in 0..<classCount {
      agreeing += right(index)
      crossed += actual(index) * predicted(index)
      ownActual += actual(index) * actual(index)
      ownPredicted += predicted(index) * predicted(index)
    }
    let spread = (all * all - ownActual) * (all * all - ownPredicted)
    return ratio(agreeing * all - crossed, spread > 0 ? spread.squareRoot() : 0)
  }

  /// Cohen's kappa: agreement beyond what chance gives; NaN where chance alone agrees on all.
  package var kappa: Double {
    let all = total
    var (disagreeing, expected) = (0.0, 0.0)
    for row in 0..<classCount {
      for column in 0..<classCount where row != column {
        disagreeing += cells[row * classCount + column]
        expected += actual(row) * predicted(column) / all
      }
    }
    return 1 - disagreeing / expected
  }

  private func right(_ index: Int) -> Double { cells[index * classCount + index] }

  private func actual(_ index: Int) -> Double {
    cells[(index * classCount)..<((index + 1) * classCount)].reduce(0, +)
  }

  private func predicted(_ index: Int) -> Double {
    (0..<classCount).reduce(0) { $0 + cells[$1 * classCount + index] }
  }

  private func ratio(_ part: Double, _ whole: Double) -> Double { whole == 0 ? 0 : part / whole }

  private func mean(_ average: Average, _ measure: (Int) -> Double) -> Double {
    switch average {
    case .of(let index): return measure(index)
    case .macro:
      let taking = (0..<classCount).filter { actual($0) > 0 || predicted($0) > 0 }
      return taking.reduce(0) { $0 + measure($1) } / Double(taking.count)
    case .weighted:
      return ratio((0..<classCount).reduce(0) { $0 + measure($1) * actual($1) }, total)
    }
  }
}
