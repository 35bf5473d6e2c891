import Platform

/// The trainers that are built in.
package enum Trainers {
  package static let all: [any Trainer] = [
    LinearTrainer(), LogisticTrainer(), BoostingTrainer(.xgboost), BoostingTrainer(.lightgbm),
    ForestTrainer(), NetworkTrainer(.perceptron), NetworkTrainer(.convolutional),
  ]

  /// The trainer of a name.
  ///
  /// - Throws: ``Failure`` with code `.notFound` and the nearest name.
  package static func named(_ name: String) throws -> any Trainer {
    if let trainer = all.first(where: { $0.name == name }) { return trainer }
    let names = all.map(\.name)
    let list = "there is: \(names.joined(separator: ", "))"
    let hint = nearestName(to: name, among: names).map { "did you mean `\($0)`? \(list)" } ?? list
    throw Failure(.notFound, "no trainer named `\(name)`", hint: hint)
  }
}
