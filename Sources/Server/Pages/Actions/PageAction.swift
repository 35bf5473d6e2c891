import Formats

/// What a form of a page asks for: endpoints of the API with their fields, and where the reader goes then.
struct PageAction: Sendable {
  struct Step: Sendable {
    var endpoint: Endpoint
    var fields: JSONValue
  }

  private(set) var steps: [Step] = []
  var address: String

  /// The forms of one run or experiment, and those of a table's chosen runs: `runs/ID/edit`, `runs/delete`.
  ///
  /// - Parameter parts: the path.
  /// - Returns: nil when no form has this address.
  init?(_ parts: [String], _ form: QueryFields) {
    switch (parts.first, parts.count) {
    case ("runs", 2):
      address = PageAction.local(form["back"]) ?? "/"
      guard let endpoint = Subject.run.lifecycle[parts[1]] else { return nil }
      steps = form.all("run").unique.map {
        Step(endpoint: endpoint, fields: ["run_id": .string($0)])
      }
    case ("runs", 3):
      address = Address.path("runs", parts[1])
      guard add(parts[2], to: .run, parts[1], form) else { return nil }
    case ("experiments", 3):
      address = Address.path("experiments", parts[1])
      guard add(parts[2], to: .experiment, parts[1], form) else { return nil }
    default: return nil
    }
  }

  /// The endpoints that do the same to different things.
  private struct Subject {
    var id: String
    var rename: Endpoint
    var newName: String
    var setTag: Endpoint
    var deleteTag: Endpoint
    /// By the last name of the form's address.
    var lifecycle: [String: Endpoint]

    static let run = Subject(
      id: "run_id", rename: RunEndpoints.update, newName: "run_name",
      setTag: LoggingEndpoints.setTag, deleteTag: LoggingEndpoints.deleteTag,
      lifecycle: ["delete": RunEndpoints.delete, "restore": RunEndpoints.restore])
    static let experiment = Subject(
      id: "experiment_id", rename: ExperimentEndpoints.update, newName: "new_name",
      setTag: ExperimentEndpoints.setTag, deleteTag: ExperimentEndpoints.deleteTag,
      lifecycle: ["delete": ExperimentEndpoints.delete, "restore": ExperimentEndpoints.restore])
  }

  static let note = "mlflow.note.content"

  private mutating func add(
    _ verb: String, to subject: Subject, _ id: String, _ form: QueryFields
  ) -> Bool {
    func step(_ endpoint: Endpoint, _ fields: [(String, String)]) {
      let members = ([(subject.id, id)] + fields).map { JSONValue.Member($0, .string($1)) }
      steps.append(Step(endpoint: endpoint, fields: .object(members)))
    }
    if let endpoint = subject.lifecycle[verb] {
      step(endpoint, [])
      return true
    }
    switch verb {
    case "edit":
      // What the form shows and nobody changed is not written again.
      if let name = form["name"], name != form["name-was"] {
        step(subject.rename, [(subject.newName, name)])
      }
      let note = form["note"].map(PageAction.lines)
      if let note, note != form["note-was"].map(PageAction.lines) {
        step(subject.setTag, [("key", PageAction.note), ("value", note)])
      }
    case "tag":
      step(subject.setTag, [("key", form["key"] ?? ""), ("value", form["value"] ?? "")])
      address += "#tags"
    case "untag":
      step(subject.deleteTag, [("key", form["key"] ?? "")])
      address += "#tags"
    default: return false
    }
    return true
  }

  /// A text of several lines as a form sends it, whose line ends are those of HTTP, as it is kept.
  private static func lines(_ text: String) -> String { text.replacing("\r\n", with: "\n") }

  /// A path of this server; nil for what could lead to another.
  static func local(_ address: String?) -> String? {
    guard let address, address.hasPrefix("/"), !address.hasPrefix("//"),
      address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
    else { return nil }
    return address
  }
}
