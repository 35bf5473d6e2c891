import Formats

/// Where our answers are meant to differ from MLflow's.
enum RegistryDifferences {
  /// Why the answers may differ; nil when they must not.
  static func reason(
    _ step: RegistryStep, _ ours: JSONValue, _ theirs: JSONValue, _ status: Int
  ) -> String? {
    let message = ours["message"]?.string ?? ""
    if theirs["error_code"]?.string == "INTERNAL_ERROR" { return "MLflow blames itself" }
    if theirs["message"]?.string?.contains("sqlite3.IntegrityError") == true,
      !step.path.contains("rename")
    {
      return "MLflow lets its database refuse"
    }
    if message.contains("Invalid clause(s) in filter string"), step.isSearch, status != 200 {
      return "our words say where a filter is wrong"
    }
    return nil
  }

  /// The code and the words of a refusal, without what MLflow's database or its sets add to them.
  static func worded(_ body: JSONValue) -> String {
    var text = body["message"]?.string ?? ""
    for end in [" Error: (", "Valid keys are"] {
      if let range = text.firstRange(of: end) { text = String(text[..<range.lowerBound]) }
    }
    // MLflow names the path that it made of the source.
    if text.hasPrefix("Invalid model version source"), let range = text.firstRange(of: "'. ") {
      text = String(text[range.upperBound...])
    }
    return "\(body["error_code"]?.string ?? "") \(text)"
  }
}
