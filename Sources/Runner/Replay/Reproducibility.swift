import Formats
import Records

/// What of a run is kept, so that it can be played again: known from its record alone, as soon as it is made.
package struct Reproducibility: Sendable, Hashable {
  package enum State: String, Sendable, Hashable {
    case kept, partly, lost
  }

  /// One part of what a run is made of.
  package struct Item: Sendable, Hashable {
    package var part: Part
    package var state: State
    /// What is so, for a person.
    package var text: String
    /// What to do for the next run; nil when nothing is to be done.
    package var advice: String?
    /// Of ``Part/weight``.
    package var points: Int
  }

  package enum Part: String, Sendable, Hashable, CaseIterable {
    case code, data, environment, chance, outputs

    /// Its share of a score of 100.
    package var weight: Int {
      switch self {
      case .code: 30
      case .data, .environment: 25
      case .chance, .outputs: 10
      }
    }
  }

  /// One a part, in the order of the parts.
  package let items: [Item]

  /// 0 to 100.
  package var score: Int { items.reduce(0) { $0 + $1.points } }

  /// Nil for a run that this program did not start: nobody knows how it was asked for.
  ///
  /// - Parameter run: with its environment.
  package init?(_ run: Run) {
    guard let recipe = RunRecipe(run.environment?["recipe"]) else { return nil }
    let assessment = Assessment(run: run, recipe: recipe)
    items = Part.allCases.map(assessment.item)
  }

  package var json: JSONValue {
    .object([
      .init("score", .int(Int64(score))),
      .init(
        "parts",
        .array(
          items.map { item in
            .object([
              .init("part", .string(item.part.rawValue)),
              .init("state", .string(item.state.rawValue)), .init("text", .string(item.text)),
              .init("advice", item.advice.map { .string($0) } ?? .null),
              .init("points", .int(Int64(item.points))),
              .init("of", .int(Int64(item.part.weight))),
            ])
          })),
    ])
  }
}

private struct Assessment {
  let run: Run
  let recipe: RunRecipe

  func item(_ part: Reproducibility.Part) -> Reproducibility.Item {
    let (share, text, advice): (Double, String, String?) =
      switch part {
      case .code: code
      case .data: data
      case .environment: environment
      case .chance: chance
      case .outputs: outputs
      }
    let state: Reproducibility.State = share >= 1 ? .kept : share > 0 ? .partly : .lost
    return .init(
      part: part, state: state, text: text, advice: advice,
      points: Int((Double(part.weight) * share).rounded()))
  }

  private var code: (Double, String, String?) {
    if let problem = run.tag("reprise.code.problem") {
      return (0, "the changes could not be read: \(problem)", "correct that and run again")
    }
    guard let commit = run.tag("mlflow.source.git.commit") else {
      return (0, "in no commit of a git repository", "`git init`, and commit the project")
    }
    let short = commit.prefix(12)
    if recipe.leftOut > 0 {
      return (
        0.5, "commit \(short), but \(recipe.leftOut) changes are not in the patch",
        "commit what `code/left-out.txt` of the run names"
      )
    }
    let isDirty = run.tag("mlflow.source.git.dirty") == "true"
    return (1, isDirty ? "commit \(short) and a patch" : "commit \(short)", nil)
  }

  private var data: (Double, String, String?) {
    let missing = run.inputs.filter { $0.kind == .missing || $0.digest == nil }
    if let first = missing.first {
      return (0, "`\(first.path)` has no content hash", "name files and folders as `inputs`")
    }
    guard !run.inputs.isEmpty else {
      return (
        0.6, "no inputs are declared: what it read is not known",
        "name what it reads under `inputs` of the entry point"
      )
    }
    let lost = run.inputs.filter { (recipe.keepers[$0.path] ?? .nobody) == .nobody }
    guard let first = lost.first else {
      return (1, run.inputs.count == 1 ? "1 input" : "\(run.inputs.count) inputs", nil)
    }
    let kept = Double(run.inputs.count - lost.count) / Double(run.inputs.count)
    let more = lost.count > 1 ? " and \(lost.count - 1) more are" : " is"
    return (
      kept * 0.8, "`\(first.path)`\(more) kept by nobody: only its hash is known",
      "reprise data add \(first.path)"
    )
  }

  private var environment: (Double, String, String?) {
    if run.command?.hasPrefix("trainer: ") == true {
      return (1, "a native trainer: this program", nil)
    }
    let python = run.environment?["python"]
    let count = python?["packages"]?.array?.count ?? 0
    let version = python?["version"]?.string ?? ""
    guard run.environment?["manager"]?.string == "local" else {
      return (1, "Python \(version), \(count) packages by version", nil)
    }
    let advice = "name the packages in a `python_env.yaml`, so that it can be built again"
    guard python != nil else { return (0.6, "what is installed on this machine", advice) }
    return (0.6, "Python \(version) of this machine, \(count) packages by version", advice)
  }

  private var chance: (Double, String, String?) {
    if run.command?.hasPrefix("trainer: ") == true {
      return (1, "the seed is a parameter", nil)
    }
    guard let seed = run.tag("reprise.seed") else {
      return (0, "no seed", "run it with this version of reprise")
    }
    let isDrawn = recipe.drawn.contains(RunVariables.seed)
    return (1, "seed \(seed)" + (isDrawn ? ", drawn" : ""), nil)
  }

  private var outputs: (Double, String, String?) {
    let advice = "name what it writes under `outputs` of the entry point"
    if !run.outputs.isEmpty {
      let missing = run.outputs.filter { $0.digest == nil }
      guard let first = missing.first else {
        return (1, run.outputs.count == 1 ? "1 output" : "\(run.outputs.count) outputs", nil)
      }
      return (0.5, "`\(first.path)` was not there when it ended", nil)
    }
    if run.command?.hasPrefix("trainer: ") == true { return (1, "the model of the trainer", nil) }
    if !run.metrics.isEmpty { return (0.5, "metrics only", advice) }
    return (0, "nothing to compare but how it ended", advice)
  }
}
