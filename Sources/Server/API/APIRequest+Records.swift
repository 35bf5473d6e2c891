import Formats
import Platform
import Records

extension APIRequest {
  /// The run that the request names; `run_uuid` is an old name of the same field.
  func run(_ name: String = "run_id") throws(APIError) -> RunID {
    let text = self.text(name) ?? (name == "run_id" ? self.text("run_uuid") : nil) ?? ""
    return try APIRequest.run(text)
  }

  static func run(_ text: String) throws(APIError) -> RunID {
    guard let id = RunID(text) else { throw .missing("Run with id=\(text) not found") }
    return id
  }

  /// The experiment that the request names.
  func experiment(_ name: String = "experiment_id") throws(APIError) -> ExperimentID {
    try APIRequest.experiment(plainText(name))
  }

  static func experiment(_ text: String) throws(APIError) -> ExperimentID {
    if let id = ExperimentID(text) { return id }
    guard JSONNumbers.pythonInt(text) != nil else {
      throw .invalid("Invalid experiment ID '\(text)'. Experiment ID must be a valid integer.")
    }
    throw .missing("No Experiment with id=\(text) exists")
  }

  /// The experiments of a list; ids that no experiment can have are left out.
  var experiments: [ExperimentID] {
    get throws(APIError) {
      var found: [ExperimentID] = []
      for text in texts("experiment_ids") {
        if let id = ExperimentID(text) {
          found.append(id)
        } else if JSONNumbers.pythonInt(text) == nil {
          throw .invalid("Invalid experiment ID '\(text)'. Experiment ID must be a valid integer.")
        }
      }
      return found
    }
  }

  func tags(_ name: String = "tags") -> [Tag] {
    list(name).map { Tag($0["key"]?.string ?? "", $0["value"]?.string ?? "") }
  }

  var params: [Param] {
    list("params").map { Param($0["key"]?.string ?? "", $0["value"]?.string ?? "") }
  }

  var view: LifecycleView {
    switch fields["run_view_type"]?.string ?? fields["view_type"]?.string {
    case "DELETED_ONLY": .deleted
    case "ALL": .all
    default: .active
    }
  }
}

extension Metric {
  /// A point as a request gives it.
  init(api json: JSONValue) {
    self.init(
      json["key"]?.string ?? "", json["value"]?.number ?? 0,
      timestamp: json["timestamp"]?.int ?? 0, step: json["step"]?.int ?? 0)
  }
}
