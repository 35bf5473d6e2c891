import Records

/// The logged models that a run read and made, by our ids, and those that its copy on a server knows of, by the server's.
struct RunUses {
  /// Our id of the run's experiment.
  let experiment: String
  let inputs: [String]
  let outputs: [ModelUse]
  let knownInputs: Set<String>
  let knownOutputs: Set<String>

  init(_ run: ForeignRun, known: RunCopy? = nil) {
    experiment = run.experiment
    inputs = run.copy.modelInputs
    outputs = run.copy.modelOutputs
    knownInputs = Set(known?.modelInputs ?? [])
    knownOutputs = Set(known?.modelOutputs.map(\.model) ?? [])
  }
}
