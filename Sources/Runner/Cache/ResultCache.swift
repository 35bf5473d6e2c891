import Formats
import Platform
import Projects
import Records
import SystemPackage

/// Knows the results of runs by their keys, and brings them back.
package struct ResultCache: Sendable {
  let plan: RunPlan
  /// Where runs are recorded, and what they made is kept.
  let records: RecordsFolder
  let store: OutputStore
  let reading: KeyReading
  private let watch: InputWatch

  /// The tag with the key of a run that did its work.
  static let keyTag = "reprise.key"
  /// The tag of a run that was skipped: the run whose outputs it has.
  package static let makerTag = "reprise.cachedFrom"
  /// The tag that says why nothing is concluded from a key: what it is of changed while the run lasted.
  static let problemTag = "reprise.key.problem"
  /// The tag that names a list of the files among the outputs that are programs: which a digest does not tell.
  static let programsTag = "reprise.programs"

  /// - Parameter findings: what the run is about to be recorded with.
  init(
    _ plan: RunPlan, _ records: RecordsFolder, _ findings: RunRecorder.Findings,
    standardInput: String?
  ) throws {
    self.plan = plan
    self.records = records
    store = OutputStore(in: records)
    watch = InputWatch(plan.inputs, findings.inputs)
    reading = try KeyReading(
      plan, findings, drawn: ResultCache.drawn(around: plan, records), standardInput: standardInput)
  }

  /// Why the result of a plan is never looked for; nil when it is.
  static func exemption(_ plan: RunPlan, _ settings: RunSettings) -> String? {
    let name = plan.entryPoint.name
    if plan.entryPoint.outputs.isEmpty { return "`\(name)` declares no `outputs`" }
    if !plan.entryPoint.caches { return "`\(name)` has `cache: false`" }
    if plan.source.isFetched { return "the project was fetched for this run alone" }
    if settings.runID != nil { return "it is to be recorded into a run that is there" }
    return nil
  }

  /// Variables that runs around this one have drawn, so that nobody chose their values.
  private static func drawn(around plan: RunPlan, _ records: RecordsFolder) -> Set<String> {
    var drawn: Set<String> = []
    var id = plan.variables[Recovery.mark].flatMap { RunID($0) }
    guard id != nil, let store = try? RecordStore(readingIn: records.path) else { return [] }
    for _ in 0..<16 {
      guard let run = id.flatMap({ try? store.run($0) }) else { break }
      let names = run.environment?["recipe"]?["drawn"]?.array ?? []
      drawn.formUnion(names.compactMap(\.string))
      id = run.tag("mlflow.parentRunId").flatMap { RunID($0) }
    }
    return drawn
  }
}

extension ResultCache {
  /// Writes down the key of a run that does its work.
  ///
  /// - Returns: why that could not be done: the run is none the worse for it.
  func begin(_ run: Run, in recorded: RecordStore) -> [Failure] {
    guard reading.obstacles.isEmpty else { return [] }
    return ResultCache.tolerating("the key of the run was not recorded") {
      let lock = try store.lock()
      try reading.keep(in: store)
      try recorded.set(Tag(ResultCache.keyTag, reading.key.digest), of: run.id)
      lock.release()
    }
  }

  /// Keeps what a run made.
  ///
  /// - Returns: what could not be kept, and why: the run is none the worse for it.
  func keep(_ outputs: [RecordedFile], of run: Run, in recorded: RecordStore) -> [Failure] {
    ResultCache.tolerating("the outputs were not kept for a later run") {
      let lock = try store.lock()
      var programs: [String] = []
      for (output, planned) in zip(outputs, plan.outputs) {
        let names = try store.keep(output, from: planned.path)
        programs += names.map { $0.isEmpty ? output.path : ResultCache.member($0, of: output.path) }
      }
      if !programs.isEmpty {
        let digest = try store.keep(Array(programs.sorted().joined(separator: "\n").utf8))
        try recorded.set(Tag(ResultCache.programsTag, digest), of: run.id)
      }
      if reading.obstacles.isEmpty, let problem = problem() {
        try recorded.set(Tag(ResultCache.problemTag, problem), of: run.id)
      }
      lock.release()
    }
  }

  /// Does what a run can do without; a failure is told and no more.
  private static func tolerating(_ what: String, _ body: () throws -> Void) -> [Failure] {
    do { try body() } catch let failure as Failure {
      return [Failure(failure.code, "\(what): \(failure.message)", hint: failure.hint)]
    } catch {
      return [Failure(.interrupted, "\(what): interrupted")]
    }
    return []
  }

  /// What of the key changed while the run lasted; nil when nothing did.
  private func problem() -> String? {
    var changed = watch.changed()
    if reading.key.parts[.sources] != nil {
      let now = (try? SourceFinder(plan).find())?.list
      if now != reading.sources { changed.append("the code") }
    }
    return changed.isEmpty ? nil : "changed while it ran: " + changed.joined(separator: ", ")
  }

  static func member(_ name: String, of output: String) -> String {
    output.hasSuffix("/") ? output + name : output + "/" + name
  }
}
