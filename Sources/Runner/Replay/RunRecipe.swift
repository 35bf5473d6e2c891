import Formats
import Projects

/// How a run was asked for: what playing it again needs beside its code, data, packages and parameters.
///
/// It is recorded with the run's environment, under `recipe`.
package struct RunRecipe: Sendable, Hashable {
  /// Who keeps what an input held, so that it can be had again.
  package enum Keeper: String, Sendable, Hashable {
    /// The commit, or the patch of what was not committed.
    case git
    /// A version of versioned data.
    case data
    case nobody
  }

  /// The project's folder below the top of its repository; empty for the top itself.
  package var project = ""
  /// Where the command was started, from the same top; nil when that was elsewhere.
  package var workingFolder: String?
  /// The trainer of a run that no MLproject describes (`reprise train`).
  package var trainer: String?
  /// What that was told beside its parameters.
  package var settings: [Setting] = []
  /// Where it wrote its model beside the record, as it was typed.
  package var modelFile: String?
  /// How many changes of the code are not kept: files over the limit, submodules.
  package var leftOut = 0
  /// Of each declared input.
  package var keepers: [String: Keeper] = [:]
  /// The variables that nobody had set and the runner gave a value; see ``RunVariables``.
  package var drawn: [String] = []
  /// Milliseconds that the run was given.
  package var timeout: Int64?

  package init() {}

  /// ``leftOut`` for a person.
  var leftOutText: String {
    leftOut == 1
      ? "1 change that was not committed is not kept"
      : "\(leftOut) changes that were not committed are not kept"
  }
}

extension RunRecipe {
  package var json: JSONValue {
    var members: [JSONValue.Member] = [.init("project", .string(project))]
    let add = { (key: String, value: JSONValue?) in
      if let value { members.append(.init(key, value)) }
    }
    add("working_folder", workingFolder.map { .string($0) })
    add("trainer", trainer.map { .string($0) })
    if !settings.isEmpty {
      add("settings", .object(settings.map { .init($0.name, $0.value) }))
    }
    add("model_file", modelFile.map { .string($0) })
    if leftOut > 0 { add("left_out", .int(Int64(leftOut))) }
    if !keepers.isEmpty {
      let sorted = keepers.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      add("inputs", .object(sorted.map { .init($0.key, .string($0.value.rawValue)) }))
    }
    if !drawn.isEmpty { add("drawn", .array(drawn.map { .string($0) })) }
    add("timeout_ms", timeout.map { .int($0) })
    return .object(members)
  }

  /// Reads what ``json`` wrote; nil when there is none, as in runs that another program recorded.
  package init?(_ json: JSONValue?) {
    guard let json, let project = json["project"]?.string else { return nil }
    self.project = project
    workingFolder = json["working_folder"]?.string
    trainer = json["trainer"]?.string
    settings = (json["settings"]?.members ?? []).map { Setting($0.key, $0.value) }
    modelFile = json["model_file"]?.string
    leftOut = Int(clamping: json["left_out"]?.int ?? 0)
    for member in json["inputs"]?.members ?? [] {
      keepers[member.key] = member.value.string.flatMap(Keeper.init(rawValue:)) ?? .nobody
    }
    drawn = (json["drawn"]?.array ?? []).compactMap(\.string)
    timeout = json["timeout_ms"]?.int
  }
}
