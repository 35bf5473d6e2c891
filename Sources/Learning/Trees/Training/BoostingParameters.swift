import Projects

/// The libraries' parameters as those of a trainer.
enum BoostingParameters {
  /// Every name that a library knows, its aliases among them.
  static func of(_ flavour: TreeFlavour) -> [Parameter] {
    var known = Set(BoostingProblem.parameters.map(\.name))
    var all: [Parameter] = []
    for names in table(flavour) {
      for name in [names.name] + names.aliases where known.insert(name).inserted {
        all.append(
          Parameter(
            name, isRequired: false,
            description: name == names.name ? nil : "another name of `\(names.name)`"))
      }
    }
    for name in ParameterNames.ignored.sorted() where known.insert(name).inserted {
      all.append(
        Parameter(name, isRequired: false, description: "taken, and without effect on the model"))
    }
    return all
  }

  /// Those that a job gives a value.
  static func given(in job: TrainingJob, _ flavour: TreeFlavour) -> [(name: String, value: String)]
  {
    let own = Set(BoostingProblem.parameters.map(\.name)).subtracting(["seed"])
    return of(flavour).map(\.name).filter { !own.contains($0) }.compactMap { name in
      job.text(name).map { (name, $0) }
    } + (job.text("seed").map { [("seed", $0)] } ?? [])
  }

  private static func table(_ flavour: TreeFlavour) -> [ParameterNames] {
    flavour == .xgboost ? ParameterNames.xgboost : ParameterNames.lightgbm
  }
}
