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

  /// What boosting works with and nobody gave, under whichever name.
  static func defaults(
    of options: BoostingOptions, given: [(name: String, value: String)]
  ) -> [(name: String, value: String)] {
    let names = Set(given.map(\.name))
    let told = Set(
      table(options.flavour).filter { entry in
        names.contains(entry.name) || entry.aliases.contains(where: names.contains)
      }.map(\.name))
    return options.effective.filter { !told.contains($0.name) }
  }

  private static func table(_ flavour: TreeFlavour) -> [ParameterNames] {
    flavour == .xgboost ? ParameterNames.xgboost : ParameterNames.lightgbm
  }
}
