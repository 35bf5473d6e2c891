/// Rows to learn from and rows to be scored on; each in order, and none in both.
package struct Fold: Sendable, Hashable {
  package var train: [Int]
  package var test: [Int]

  package init(train: [Int], test: [Int]) {
    self.train = train
    self.test = test
  }

  /// The same places among other rows: `rows[0]` for 0, and so on.
  package func mapped(to rows: [Int]) -> Fold {
    Fold(train: train.map { rows[$0] }, test: test.map { rows[$0] })
  }

  /// Folds of which each scores the rows of its number and learns from all others.
  static func all(_ numbers: [Int], count: Int) -> [Fold] {
    (0..<count).map { fold in
      Fold(
        train: numbers.indices.filter { numbers[$0] != fold },
        test: numbers.indices.filter { numbers[$0] == fold })
    }
  }
}
