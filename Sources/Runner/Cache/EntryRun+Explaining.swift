import Platform
import Projects
import Records
import SystemPackage

extension EntryRun {
  /// Says what ``perform()`` would do, and what of the key is not as it was in an earlier run. Runs nothing, builds nothing,
  /// records nothing.
  ///
  /// - Parameter reference: the run to compare with: an id, a prefix, a name; nil for the newest of the entry point that
  ///   has a key.
  package func explain(against reference: String? = nil) async throws -> Explanation {
    var reasons: [String] = []
    if settings.force { reasons.append("`--force` is given") }
    if let reason = ResultCache.exemption(plan, settings) { reasons.append(reason) }
    var variables: [String: String]
    do { variables = try await environment(building: false) } catch let failure as Failure
      where failure.code == .notFound && plan.environment != nil
    {
      reasons.append(failure.message)
      variables = plan.variables
    }
    let findings = try RunRecorder.look(plan, variables)
    let cache = try ResultCache(
      plan, records, findings, standardInput: StandardInput.content())
    let run = try self.reference(reference)
    let old = try run?.tag(ResultCache.keyTag).flatMap(cache.store.bytes(of:))
      .flatMap { RunKey(parsing: $0) }
    let changes = try old.map {
      try KeyComparison(store: cache.store, reading: cache.reading, old: $0).changes()
    }
    return Explanation(
      entryPoint: plan.entryPoint.name, key: cache.reading.key, reference: run, old: old,
      changes: changes ?? [], verdict: try verdict(cache, run, reasons))
  }

  private func verdict(
    _ cache: ResultCache, _ reference: Run?, _ reasons: [String]
  ) throws -> Explanation.Verdict {
    guard reasons.isEmpty else { return .run(reasons) }
    switch try cache.decide(isThorough: true) {
    case .skip(let maker, let places):
      return .skip(maker, restoring: places.map { plan.outputs[$0].declared })
    case .run(var reasons):
      if let problem = reference?.tag(ResultCache.problemTag),
        reference?.tag(ResultCache.keyTag) == cache.reading.key.digest
      {
        reasons.append(problem)
      }
      return .run(reasons)
    }
  }

  /// The run to compare with. One that was skipped stands for the run that did its work.
  private func reference(_ reference: String?) throws -> Run? {
    guard FileSystem.exists(records.path.appending("records.db")) else {
      guard let reference else { return nil }
      throw Failure(.notFound, "no run is called `\(reference)`: nothing is recorded here yet")
    }
    let store = try RecordStore(readingIn: records.path)
    let runs: [Run]
    if let reference {
      runs = [try store.run(store.resolve(reference))]
    } else {
      let tags = [
        Tag("mlflow.project.entryPoint", plan.entryPoint.name),
        Tag("mlflow.source.name", plan.source.name),
      ]
      runs = try store.search(RunSearch(filter: RunFilter(tags: tags), limit: 32))
    }
    for run in runs {
      if run.tag(ResultCache.keyTag) != nil { return run }
      if let id = run.tag(ResultCache.makerTag).flatMap({ RunID($0) }),
        let maker = try? store.run(id)
      {
        return maker
      }
    }
    return runs.first
  }
}
