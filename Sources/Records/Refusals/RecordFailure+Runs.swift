import Formats
import Platform

extension RecordFailure {
  /// There is no run of an id; the id is as a client gave it.
  package static func noRun(_ id: String) -> RecordFailure {
    RecordFailure(
      .doesNotExist, "Run with id=\(id) not found",
      failure: Failure(
        .notFound, "run with id `\(id)` not found", hint: "list them with `reprise runs`"))
  }

  static func runDeleted(_ id: RunID) -> RecordFailure {
    RecordFailure(
      .invalidParameterValue,
      "The run \(id) must be in the 'active' state. Current state is deleted.",
      failure: Failure(
        .invalid, "run `\(id)` is deleted: it must be in the 'active' state",
        hint: "bring it back with `reprise runs restore \(id)`"))
  }

  static func runExists(_ id: RunID) -> RecordFailure {
    RecordFailure(
      .alreadyExists, "Run with id=\(id) already exists",
      failure: Failure(.conflict, "a run with id `\(id)` exists already"))
  }

  static func runNamedTwice(_ name: String, tag: String) -> RecordFailure {
    RecordFailure(
      .invalidParameterValue,
      """
      Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values \
      (run_name='\(name)', mlflow.runName='\(tag)').
      """,
      failure: Failure(
        .invalid, "the run is named `\(name)`, but its tag `\(Tag.runName)` says `\(tag)`"))
  }

  static func noTag(_ key: String, run: RunID) -> RecordFailure {
    RecordFailure(
      .doesNotExist, "No tag with name: \(key) in run with id \(run)",
      failure: Failure(.notFound, "run `\(run)` has no tag `\(key)`"))
  }

  /// A parameter or tag that a new run is given twice.
  static func givenTwice(_ key: String, _ what: String) -> RecordFailure {
    RecordFailure(
      .badRequest, "The \(what) '\(key)' has been submitted twice.",
      failure: Failure(.invalid, "the \(what) `\(key)` is given twice"))
  }

  static func paramsGivenTwice(_ keys: [String]) -> RecordFailure {
    RecordFailure(
      .invalidParameterValue,
      """
      Duplicate parameter keys have been submitted: \(list(keys)). Please ensure the \
      request contains only one param value per param key.
      """, failure: Failure(.invalid, "the parameter `\(keys.first ?? "")` is given twice"))
  }

  private static func list(_ keys: [String]) -> String {
    "[" + keys.map { PythonText.repr($0) }.joined(separator: ", ") + "]"
  }

  /// A value of a parameter that a run has, and the one that it should get.
  typealias ParamChange = (key: String, old: String, new: String)

  static func paramChanged(_ change: ParamChange, run: RunID) -> RecordFailure {
    RecordFailure(
      .invalidParameterValue,
      """
      Changing param values is not allowed. Param with key='\(change.key)' was already logged with \
      value='\(change.old)' for run ID='\(run)'. Attempted logging new value '\(change.new)'.
      """, failure: changed(change, run))
  }

  static func paramsChanged(_ changes: [ParamChange], run: RunID) -> RecordFailure {
    let list = changes.map { change in
      """
      {'key': \(PythonText.repr(change.key)), 'old_value': \(PythonText.repr(change.old)), \
      'new_value': \(PythonText.repr(change.new))}
      """
    }
    let first = changes.first ?? (key: "", old: "", new: "")
    return RecordFailure(
      .invalidParameterValue,
      """
      Changing param values is not allowed. Params were already \
      logged='[\(list.joined(separator: ", "))]' for run ID='\(run)'.
      """, failure: changed(first, run))
  }

  private static func changed(_ change: ParamChange, _ run: RunID) -> Failure {
    Failure(
      .conflict,
      """
      changing param values is not allowed: `\(change.key)` of run `\(run)` is `\(change.old)`, \
      not `\(change.new)`
      """)
  }
}
