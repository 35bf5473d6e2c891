import Platform

/// What predicts, as a suite names it.
package struct PredictorReference: Sendable, Hashable {
  package enum Place: Sendable, Hashable {
    /// A model file of a known format, or a folder of MLflow's, from the project's folder.
    case file(String)
    /// `run:ID/model`: what a run logged.
    case run(String, path: String)
    /// Predictions that were made already.
    case predictions(TableReference, PredictionColumns)
    /// A shell command that reads the table on its standard input and writes predictions.
    case command(String, format: RowFormat)
    /// A server that takes MLflow's `/invocations`.
    case http(String)
  }

  /// How a command gets its rows.
  package enum RowFormat: String, Sendable, Hashable, CaseIterable {
    case csv
    /// An object in each line.
    case jsonl
  }

  package var place: Place
  /// Seconds that a command or a server has for one answer.
  package var timeout: Double
  package var location: SourceLocation

  /// The column of true values that a table of predictions is said to have.
  var label: String? {
    if case .predictions(_, let columns) = place { columns.label } else { nil }
  }

  package static let usualTimeout = 60.0

  package init(
    _ place: Place, timeout: Double = usualTimeout, at location: SourceLocation
  ) {
    self.place = place
    self.timeout = timeout
    self.location = location
  }
}

/// Which columns of a table of predictions hold what.
package struct PredictionColumns: Sendable, Hashable {
  /// The true value; nil: the suite's label.
  package var label: String?
  /// The predicted class or number; nil: `prediction` if it is there, else the likeliest class.
  package var prediction: String?
  package var probabilities: Probabilities?

  package enum Probabilities: Sendable, Hashable {
    /// Of the positive class of two.
    case positive(String)
    /// One for each class, in the order of the classes: by number where all are numbers, else by text.
    case each([String])
    /// By class.
    case named([ClassColumn])
  }

  package struct ClassColumn: Sendable, Hashable {
    package var name: String
    package var column: String

    package init(_ name: String, column: String) {
      self.name = name
      self.column = column
    }
  }

  package init(
    label: String? = nil, prediction: String? = nil, probabilities: Probabilities? = nil
  ) {
    self.label = label
    self.prediction = prediction
    self.probabilities = probabilities
  }
}
