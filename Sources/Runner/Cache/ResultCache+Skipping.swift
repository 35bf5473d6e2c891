import Platform
import Projects
import Records
import SystemPackage

extension ResultCache {
  /// What a run was spared.
  package struct Skip: Sendable {
    /// The run that did the work.
    package var maker: Run
    /// How many outputs had to be brought back.
    package var restored: Int
  }

  /// A run whose result can be had again, with the places of the outputs that must be brought back; nil when there is work
  /// to do. What cannot be read to find it out is no reason not to work.
  func find(in home: RecordStore?) throws -> (maker: Run, places: [Int])? {
    do {
      guard case .skip(let maker, let places) = try decide(in: home) else { return nil }
      return (maker, places)
    } catch is Failure {
      return nil
    }
  }

  /// Does in place of the work what ``find(in:)`` found.
  ///
  /// - Returns: nil when that turned out not to be possible: there is work to do.
  func carryOut(
    _ known: (maker: Run, places: [Int])?, as run: Run, in recorded: RecordStore,
    from home: RecordStore?, _ announce: (String) -> Void
  ) throws -> Skip? {
    guard let known else { return nil }
    do { try restore(known.places, of: known.maker) } catch let failure as Failure {
      announce("note: \(failure.message); it is made again")
      return nil
    }
    try copy(known.maker, from: home, to: run, in: recorded)
    return Skip(maker: known.maker, restored: known.places.count)
  }

  /// Brings back outputs of a run.
  ///
  /// - Parameter places: which, by their place among the plan's outputs.
  private func restore(_ places: [Int], of maker: Run) throws {
    let lock = try store.lock()
    let programs = try programs(of: maker) ?? []
    for place in places {
      let planned = plan.outputs[place]
      guard let recorded = maker.outputs.first(where: { $0.path == planned.declared }) else {
        continue
      }
      try store.restore(
        recorded, to: planned.path, within: plan.project.folder,
        programs: ResultCache.programs(programs, of: recorded))
    }
    lock.release()
  }

  /// What the run that made the outputs has logged belongs to the one that has them now.
  private func copy(
    _ maker: Run, from home: RecordStore?, to run: Run, in recorded: RecordStore
  ) throws {
    let own = try home ?? RecordStore(readingIn: records.path)
    for metric in maker.metrics {
      var offset = 0
      while true {
        let page = try own.history(
          of: metric.key, in: maker.id, limit: ResultCache.page, offset: offset)
        if page.isEmpty { break }
        try recorded.log(metrics: page, to: run.id)
        offset += page.count
        if page.count < ResultCache.page { break }
      }
    }
    let params = maker.params.filter { run.param($0.key) == nil }
    let tags = maker.tags.filter {
      run.tag($0.key) == nil && !$0.key.hasPrefix("mlflow.") && !$0.key.hasPrefix("reprise.")
    }
    try recorded.log(
      params: params, tags: tags + [Tag(ResultCache.makerTag, maker.id.hex)], to: run.id)
  }

  /// Values that are copied in one transaction.
  private static let page = 20_000
}
