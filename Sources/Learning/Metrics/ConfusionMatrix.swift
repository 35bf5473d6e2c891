import Formats

/// How often each class was taken for each other.
package struct ConfusionMatrix: Sendable, Hashable {
  package let classes: [String]
  /// `counts[actual][predicted]`.
  package private(set) var counts: [[Int]]

  package init(classes: [String], actual: [Int32], predicted: [Int32]) {
    precondition(actual.count == predicted.count, "a prediction for each row")
    self.classes = classes
    counts = Array(repeating: Array(repeating: 0, count: classes.count), count: classes.count)
    for (a, p) in zip(actual, predicted) { counts[Int(a)][Int(p)] += 1 }
  }

  /// The share of rows that are right; NaN without rows.
  package var accuracy: Double {
    let total = counts.reduce(0) { $0 + $1.reduce(0, +) }
    let right = classes.indices.reduce(0) { $0 + counts[$1][$1] }
    return Double(right) / Double(total)
  }

  /// `{"classes": […], "counts": [[…], …]}`, a row for each actual class.
  package var json: JSONValue {
    .object([
      .init("classes", .array(classes.map { .string($0) })),
      .init("counts", .array(counts.map { .array($0.map { .int(Int64($0)) }) })),
    ])
  }
}
