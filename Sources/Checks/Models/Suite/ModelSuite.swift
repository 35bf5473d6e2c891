import Formats

/// What a file of `tests/model` says about a model: where it is, what it is tested with, and how good it must be.
package struct ModelSuite: Sendable, Hashable {
  /// The file, as messages show it.
  package var file: String
  /// `name:` and `description:`, for people.
  package var name: String?
  package var description: String?
  package var model: PredictorReference
  /// The rows it is tested on; nil when a table of predictions has all that is needed, or only cases are tested.
  package var data: TableReference?
  /// What it was trained on, for tests that compare with it.
  package var train: TableReference?
  /// The column of `data` that is to be predicted.
  package var label: String?
  /// The class that precision, recall and fairness are of; nil: the second of two.
  package var positive: String?
  package var champion: PredictorReference?
  /// What was answered to rows where the model serves.
  package var served: ServedLog?
  /// What trains models like this one, for tests that train.
  package var trainer: TestTrainer?
  package var seed: UInt64
  /// In the order of the file.
  package var tests: [ModelTest]

  package init(file: String, model: PredictorReference) {
    self.file = file
    self.model = model
    seed = 0
    tests = []
  }
}

/// A native trainer with the values of its parameters, as text.
package struct TestTrainer: Sendable, Hashable {
  package var name: String
  package var values: [String: String]

  package init(_ name: String, values: [String: String] = [:]) {
    self.name = name
    self.values = values
  }

  /// The seed, under any of the libraries' names; nil when the suite's decides.
  var seed: String? {
    ["seed", "random_state", "random_seed"].lazy.compactMap { values[$0] }.first
  }
}
