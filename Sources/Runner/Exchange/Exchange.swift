import Platform
import Records

/// Brings what one side holds to the other: experiments, runs with all their points, logged models, their files, and the
/// registry.
///
/// Nothing says how far it got but what is there: what a run that was stopped had brought is found again, so a second one
/// goes on where the first ended, and one after that does nothing. The files of a run come before the run, so that a run
/// that is there has its files.
package final class Exchange {
  private let source: any ExchangeSource
  private let target: any ExchangeTarget
  private let options: ExchangeOptions
  private let report: ExchangeReport
  private let progress: any RunProgress
  private var summary = ExchangeSummary()
  private var row = ExchangeSummary.Row(name: "", lifecycle: .active, isNew: false)

  /// Points of a run that are written in one piece; fewer wait for those of other runs.
  static let partSize = 50_000

  package init(
    from source: any ExchangeSource, to target: any ExchangeTarget, _ options: ExchangeOptions,
    report: ExchangeReport, progress: any RunProgress
  ) {
    self.source = source
    self.target = target
    self.options = options
    self.report = report
    self.progress = progress
  }

  /// - Throws: ``Failure`` when one of the sides cannot go on; what was brought before stays.
  package func perform() throws -> ExchangeSummary {
    let experiments = try wanted(source.experiments())
    for experiment in experiments { try bring(experiment) }
    if options.experiments.isEmpty { try bringRegistry() }
    try target.flush()
    if !options.isDry { try target.finish() }
    progress.clear()
    return summary
  }

  private func wanted(_ all: [ForeignExperiment]) throws -> [ForeignExperiment] {
    for name in options.experiments where !all.contains(where: { $0.copy.name == name }) {
      let names = all.map(\.copy.name)
      let near = nearestName(to: name, among: names).map { "did you mean `\($0)`? " } ?? ""
      throw Failure(
        .notFound, "there is no experiment `\(name)` in \(source.name)",
        hint: near + "there are: \(names.prefix(20).joined(separator: ", "))")
    }
    return all.filter {
      options.experiments.isEmpty || options.experiments.contains($0.copy.name)
    }
  }

  private func bring(_ experiment: ForeignExperiment) throws {
    let isNew: Bool
    do { isNew = try target.take(experiment) } catch let failure as Failure where failure.isRefusal
    {
      return report.skip(failure)
    }
    row = ExchangeSummary.Row(
      name: experiment.copy.name, lifecycle: experiment.copy.lifecycle, isNew: isNew)
    try source.eachRun(of: experiment) { try bring($0) }
    try target.flush()
    try source.eachModel(of: experiment) { try bring($0) }
    summary.rows.append(row)
  }

  private func bring(_ run: ForeignRun) throws {
    var run = run
    for text in run.copy.removeRefused() {
      report.skip(Failure(.invalid, "run \(run.copy.id) of \(source.name): \(text)"))
    }
    switch try target.meeting(run) {
    case .conflict(let text):
      row.conflicts += 1
      return report.conflict(
        Failure(
          .conflict, "run \(run.copy.id) is there already, with other content: \(text)",
          hint: "nothing of it was changed"))
    case .absent:
      try bringFiles(try source.artifacts(of: run), to: { try target.artifacts(of: run) })
      try bringPoints(run)
      row.newRuns += 1
    case .agrees(let isComplete, let points):
      try bringFiles(try source.artifacts(of: run), to: { try target.artifacts(of: run) })
      if try !isAllThere(run, isComplete, points) { try bringPoints(run) }
      row.knownRuns += 1
    }
    tell()
  }

  private func isAllThere(_ run: ForeignRun, _ isComplete: Bool, _ points: Int?) throws -> Bool {
    guard isComplete else { return false }
    guard let points else { return true }
    if let count = try source.pointCount(of: run) { return count == points }
    return !source.readsPointsFast
  }

  private func bringPoints(_ run: ForeignRun) throws {
    var filter = PointFilter(run.copy.id, source.name, report)
    if options.isDry, !source.readsPointsFast { return }
    var points: [Metric] = []
    try source.eachBatch(of: run) { batch in
      filter.append(batch, to: &points)
      guard points.count >= Self.partSize else { return }
      row.points += points.count
      if !options.isDry { try target.take(run, points: points, isLast: false) }
      points.removeAll(keepingCapacity: true)
      tell()
    }
    row.points += points.count
    if !options.isDry { try target.take(run, points: points, isLast: true) }
  }

  private func bring(_ model: ForeignModel) throws {
    try bringFiles(try source.artifacts(of: model), to: { try target.artifacts(of: model) })
    do {
      let isNew = try target.take(model)
      if isNew { row.newModels += 1 } else { row.knownModels += 1 }
    } catch let failure as Failure where failure.isRefusal {
      report.conflict(
        Failure(
          .conflict, "model \(model.model.id) of \(source.name) was left out: \(failure.message)",
          hint: failure.hint))
    }
  }

  private func bringRegistry() throws {
    try source.eachRegisteredModel { model in
      do {
        let taken = try target.take(model)
        if taken.isNew { summary.newRegistered += 1 } else { summary.knownRegistered += 1 }
        summary.newVersions += taken.versions
        for text in taken.conflicts {
          report.conflict(Failure(.conflict, text, hint: "nothing of it was changed"))
        }
      } catch let failure as Failure where failure.isRefusal {
        report.skip(failure)
      }
    }
  }

  private func bringFiles(
    _ tree: (any ArtifactTree)?, to makePlace: () throws -> (any ArtifactPlace)?
  ) throws {
    guard options.bringsArtifacts, let tree, let place = try makePlace() else { return }
    try tree.eachFile { path, size in
      let there = try place.size(of: path)
      if let there, size == nil || there == size { return }
      do {
        if options.isDry {
          row.bytes += size ?? 0
        } else {
          row.bytes += try place.write(path, size: size) { try tree.read(path, $0) }
        }
        row.files += 1
      } catch let failure as Failure where failure.isRefusal {
        report.skip(failure)
      }
      tell()
    }
  }

  private func tell() {
    let runs = summary.total { $0.newRuns + $0.knownRuns } + row.newRuns + row.knownRuns
    let points = summary.total(\.points) + row.points
    let bytes = ByteCount(summary.bytes + row.bytes)
    progress.update("\(row.name): \(runs) runs, \(points) points, \(bytes) of files")
  }
}

extension Failure {
  /// Whether one thing was refused and the rest can go on: not a full disk, a lost server or a bug.
  fileprivate var isRefusal: Bool {
    switch code {
    case .no, .notFound, .conflict, .parse, .invalid, .unsupported, .permission: true
    case .usage, .noSpace, .io, .corrupt, .locked, .unreachable, .interrupted, .bug: false
    }
  }
}
