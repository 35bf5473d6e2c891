import Records

/// The logged models that a run read and made, by our ids, and those that its copy on a server knows of, by the server's.
struct RunUses {
  let inputs: [String]
  let outputs: [ModelUse]
  let knownInputs: Set<String>
  let knownOutputs: Set<String>

  init(_ run: RunCopy, known: RunCopy? = nil) {
    inputs = run.modelInputs
    outputs = run.modelOutputs
    knownInputs = Set(known?.modelInputs ?? [])
    knownOutputs = Set(known?.modelOutputs.map(\.model) ?? [])
  }
}
