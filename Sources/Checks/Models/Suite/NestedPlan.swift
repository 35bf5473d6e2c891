/// `kind: nested` of `cv:`: in each fold the parameters are chosen by folds of its own rows.
package struct NestedPlan: Sendable, Hashable {
  /// A parameter of the trainer, and what is tried of it.
  package struct Axis: Sendable, Hashable {
    package var name: String
    package var values: [String]

    package init(_ name: String, _ values: [String]) {
      self.name = name
      self.values = values
    }
  }

  /// How many folds choose.
  package var inner: Int
  package var grid: [Axis]

  /// More points are no grid that anybody waits for.
  static let most = 1000

  package init(inner: Int, grid: [Axis]) {
    self.inner = inner
    self.grid = grid
  }

  /// All combinations, the last parameter's values changing first.
  var points: [[String: String]] {
    grid.reduce([[:]]) { points, axis in
      points.flatMap { point in
        axis.values.map { point.merging([axis.name: $0]) { $1 } }
      }
    }
  }

  /// `max_depth=3, eta=0.1`.
  func text(_ point: [String: String]) -> String {
    grid.map { "\($0.name)=\(point[$0.name] ?? "")" }.joined(separator: ", ")
  }
}
