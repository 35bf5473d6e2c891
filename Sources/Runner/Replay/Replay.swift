import Formats
import Platform
import Records
import SystemPackage

/// Plays a run again in a clean place, and says whether it came to the same.
package struct Replay: Sendable {
  package struct Outcome: Sendable {
    /// The replay as a run.
    package var run: RunOutcome
    package var verdict: ReplayVerdict
    /// Where the clean place is, when it was kept.
    package var place: FilePath?
  }

  let origin: ReplayOrigin
  let options: ReplayOptions
  let data: (any DataSupply)?
  let versions: (any DataVersions)?
  let announce: @Sendable (String) -> Void
  let progress: any RunProgress
  let passesOutput: Bool
  let service: (any TrackingService)?
  let renderer: (any ReportRenderer)?

  /// - Parameters:
  ///   - data: brings versioned data; nil when nobody does.
  ///   - versions: tells which versions the replay reads.
  ///   - service: answers the MLflow client of the entry point.
  ///   - renderer: makes the pages of the documents.
  package init(
    _ origin: ReplayOrigin, _ options: ReplayOptions, data: (any DataSupply)?,
    versions: (any DataVersions)?, announce: @escaping @Sendable (String) -> Void,
    progress: any RunProgress, passesOutput: Bool, service: (any TrackingService)?,
    renderer: (any ReportRenderer)? = nil
  ) {
    self.origin = origin
    self.options = options
    self.data = data
    self.versions = versions
    self.announce = announce
    self.progress = progress
    self.passesOutput = passesOutput
    self.service = service
    self.renderer = renderer
  }

  static let prefix = "reprise-replay-"

  /// What is not as it was. Code and data are brought to a clean place to find it out, which is removed; no environment is
  /// built and nothing is run.
  package func assess() async throws -> ReplayPlan {
    let place = try cleanPlace()
    defer { withExtendedLifetime(place) {} }
    return try await preparation.prepare(in: place.path, builds: false)
  }

  /// - Parameter starting: told of everything that is not as it was, before the run starts.
  /// - Throws: ``Failure`` when the run cannot be played again; nothing is recorded then.
  package func perform(starting: (ReplayPlan) -> Void) async throws -> Outcome {
    let place = try cleanPlace()
    let plan = try await preparation.prepare(in: place.path, builds: true)
    if let failure = plan.failure { throw failure }
    guard let run = plan.run else { throw CancellationError() }
    starting(plan)
    var outcome = try await EntryRun(
      plan: run, records: origin.records, settings: settings, passesOutput: passesOutput,
      announce: announce, progress: progress, service: service
    ).perform()
    let verdict = try ReplayComparison(
      origin: origin, replay: outcome.run, plan: run, place: place.path,
      tolerance: options.tolerance
    ).verdict()
    try store(verdict, outcome.run)
    // Both documents say what came of it.
    let writer = DocumentWriter(origin.store, renderer)
    outcome.problems += [origin.run.id, outcome.run.id].compactMap { writer.renew($0) }
    return Outcome(
      run: outcome, verdict: verdict, place: options.isKept ? place.keep() : nil)
  }

  private var preparation: ReplayPreparation {
    ReplayPreparation(
      origin: origin, options: options, data: data, versions: versions, announce: announce)
  }

  private func cleanPlace() throws -> TemporaryDirectory {
    if let parent = options.parent { try FileSystem.createDirectory(parent) }
    TemporaryDirectory.removeAbandoned(prefix: Replay.prefix, in: options.parent)
    return try TemporaryDirectory(prefix: Replay.prefix, in: options.parent)
  }

  private var settings: RunSettings {
    var settings = RunSettings(
      experimentID: origin.run.experiment, runName: ReplayTags.name(of: origin.run))
    settings.tags = [Tag(ReplayTags.original, origin.run.id.hex)]
    // A result that is known would prove nothing.
    settings.force = true
    return settings
  }

  /// With both runs: as a tag, by which runs are found, and as an artifact with everything in it.
  private func store(_ verdict: ReplayVerdict, _ run: Run) throws {
    let text = verdict.json.text(.indented) + "\n"
    for (folder, name) in [
      (FilePath(run.artifactURI), "verdict"), (origin.artifacts, run.id.hex),
    ] {
      let folder = folder.appending("replay")
      try FileSystem.createDirectory(folder)
      try FileSystem.write(text, to: folder.appending("\(name).json"))
    }
    try origin.store.set(Tag(ReplayTags.verdict, verdict.word), of: run.id)
    // A deleted run takes no tags.
    guard origin.run.lifecycle == .active else { return }
    try origin.store.set(Tag(ReplayTags.replayed, verdict.word), of: origin.run.id)
    try origin.store.set(Tag(ReplayTags.lastReplay, run.id.hex), of: origin.run.id)
  }
}
