import Compute
import Formats
import Glibc
import Learning
import Platform
import Projects
import Records
import Synchronization
import SystemPackage

/// Runs one of the program's own trainers as the action of a run.
struct TrainerRun: Sendable {
  let trainer: any Trainer
  let values: [String: String]
  let plan: RunPlan
  let run: Run
  let store: RecordStore
  let progress: any RunProgress
  let announce: @Sendable (String) -> Void
  /// Where the summary goes; nil: nowhere.
  let passage: OutputPassage?
  /// Where the record goes, when that is not the store's folder itself.
  var server: RemoteRecords?

  func perform() async throws -> EntryRun.Result {
    let artifacts = FilePath(run.artifactURI)
    let output = artifacts.appending("model")
    try FileSystem.createDirectory(output)
    let recorder = TrainingRecorder(
      run: run.id, store: store, artifacts: artifacts, progress: progress, announce: announce,
      server: server)
    let job = TrainingJob(
      values: values, inputs: plan.inputs.map { $0.place ?? $0.path }, folder: plan.project.folder,
      output: output, settings: Dictionary(plan.entryPoint.settings.map { ($0.name, $0) }) { $1 })
    let before = Usage()
    var ending = RunEnding(status: .finished, endTime: 0, exitCode: 0)
    var exitCode: Int32 = 0
    var problems: [Failure] = []
    let isOver = Atomic(false)
    do {
      let result = try await TimeLimit.run(plan.timeout, isOver) {
        try await trainer.train(job, reporting: recorder)
      }
      try recorder.finish(result)
      if let file = plan.modelFile, let model = result.models.first {
        try ModelExport.write(model.path, to: file)
      }
      if result.ending == .interrupted { ending.status = .killed }
      tell(result)
    } catch {
      try? recorder.flush()
      if (try? FileSystem.names(in: output))?.isEmpty == true { try? FileSystem.remove(output) }
      guard error is CancellationError else { throw error }
      ending.status = .killed
    }
    progress.clear()
    if ending.status == .killed {
      exitCode = Failure.Code.interrupted.exitCode
      if isOver.load(ordering: .relaxed), let timeout = plan.timeout {
        exitCode = EntryRun.timedOut
        problems.append(EntryRun.tooLong(timeout))
      }
    }
    ending.endTime = Clock.milliseconds()
    ending.exitCode = Int(exitCode)
    ending.cpuSeconds = Usage().cpuSeconds - before.cpuSeconds
    ending.peakMemory = Usage().peakMemory
    return EntryRun.Result(
      ending: ending, exitCode: exitCode, problems: problems + recorder.problems,
      isForced: ending.status == .killed)
  }

  private func tell(_ result: TrainingResult) {
    progress.clear()
    guard let passage else { return }
    let files = plan.modelFile.map { [$0] } ?? result.models.map(\.path)
    let summary = TrainingSummary(result, written: files.map(\.string))
    Array(summary.text.utf8).withUnsafeBytes { passage.take($0, from: .output) }
  }

  /// What this process has used so far.
  private struct Usage {
    var cpuSeconds: Double
    var peakMemory: Int64

    init() {
      var usage = rusage()
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      let seconds = { (t: timeval) in Double(t.tv_sec) + Double(t.tv_usec) / 1e6 }
      cpuSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)
      peakMemory = Int64(usage.ru_maxrss) * 1024
    }
  }
}
