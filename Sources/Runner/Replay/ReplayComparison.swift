import Platform
import Projects
import Records
import SystemPackage

/// Compares what a replay left with what its original left.
struct ReplayComparison {
  let origin: ReplayOrigin
  /// The replay as it is recorded.
  let replay: Run
  let plan: RunPlan
  /// The clean place.
  let place: FilePath
  let tolerance: Double

  func verdict() throws -> ReplayVerdict {
    let difference = RunDifference(
      origin.run, replay,
      code: try CodeDifference(origin.run, replay, project: plan.project.folder))
    return ReplayVerdict(
      original: origin.run.id, replay: replay.id,
      ending: difference.outcome.first { $0.name == "status" || $0.name == "exit status" },
      outputs: try outputs(), artifacts: try artifacts(), metrics: try metrics(),
      logs: try logs(), causes: causes(difference), tolerance: tolerance)
  }

  private func outputs() throws -> [OutputVerdict] {
    let made = Dictionary(plan.outputs.map { ($0.declared, $0.path) }) { first, _ in first }
    let recorded = Dictionary(replay.outputs.map { ($0.path, $0) }) { first, _ in first }
    let names = origin.run.outputs.map(\.path)
    let added = replay.outputs.map(\.path).filter { !names.contains($0) }
    return try origin.run.outputs.map { old in
      try Task.checkCancellation()
      return try verdict(old, recorded[old.path], at: made[old.path])
    } + added.map { OutputVerdict(name: $0, kind: .new, reader: "bytes") }
  }

  /// The hashes say whether the bytes are the same; only when they are not the contents are needed.
  private func verdict(
    _ old: RecordedFile, _ new: RecordedFile?, at path: FilePath?
  ) throws -> OutputVerdict {
    let reader = old.kind == .folder ? "folder" : "bytes"
    guard let digest = old.digest else {
      let isThere = new?.digest != nil
      return OutputVerdict(name: old.path, kind: isThere ? .new : .identical, reader: reader)
    }
    guard let new, let path, new.digest != nil else {
      return OutputVerdict(name: old.path, kind: .missing, reader: reader)
    }
    if new.digest == digest {
      return OutputVerdict(name: old.path, kind: .identical, reader: reader)
    }
    guard let kept = try KeptOutputs(origin: origin).find(old, in: place) else {
      return OutputVerdict(
        name: old.path, kind: .different, reader: "bytes",
        detail: "other bytes, and what the run wrote is not kept any more", differences: 1)
    }
    return try comparison.compare(kept, path, name: old.path)
  }

  /// Not outputs of the run itself: its code, what it printed, copies of outputs, and other replays.
  private static let besides: Set<String> = [
    "code", DocumentFolder.name, "logs", "outputs", "replay", "reprise.json",
  ]

  /// What tests said that the entry point requires: a replay does not do them again.
  private static let ofRequired: Set<String> = ["report.json", "report.html"]

  /// The names of artifacts, those of `tests` one by one where tests wrote there before the run.
  private func names(in folder: FilePath) throws -> [String] {
    guard FileSystem.isDirectory(folder) else { return [] }
    return try FileSystem.names(in: folder).filter { !Self.besides.contains($0) }.flatMap { name in
      let own = folder.appending(name)
      guard name == "tests", !plan.entryPoint.requires.isEmpty, FileSystem.isDirectory(own) else {
        return [name]
      }
      return try FileSystem.names(in: own).filter { !Self.ofRequired.contains($0) }
        .map { "tests/\($0)" }
    }
  }

  private func artifacts() throws -> [OutputVerdict] {
    let (old, new) = (origin.artifacts, FilePath(replay.artifactURI))
    let (before, after) = (try names(in: old), try names(in: new))
    let all = Set(before).union(after).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    return try all.map { name in
      try comparison.compare(
        before.contains(name) ? old.pushing(FilePath(name)) : nil,
        after.contains(name) ? new.pushing(FilePath(name)) : nil, name: name)
    } + notebook()
  }

  /// What the cells of a notebook put out is what came of it.
  private func notebook() throws -> [OutputVerdict] {
    guard case .notebook = plan.action else { return [] }
    let files = [origin.artifacts, FilePath(replay.artifactURI)].map { folder in
      let file = folder.appending(DocumentFolder.name).appending("out.ipynb")
      return FileSystem.isFile(file) ? file : nil
    }
    return [
      try comparison.compare(files[0], files[1], name: "\(DocumentFolder.name)/out.ipynb")
    ]
  }

  private func logs() throws -> [OutputVerdict] {
    try ["logs/stdout.txt", "logs/stderr.txt"].compactMap { name in
      let (old, new) = (
        origin.artifacts.pushing(FilePath(name)),
        FilePath(replay.artifactURI).pushing(FilePath(name))
      )
      guard FileSystem.isFile(old) || FileSystem.isFile(new) else { return nil }
      return try comparison.compare(
        FileSystem.isFile(old) ? old : nil, FileSystem.isFile(new) ? new : nil, name: name)
    }
  }

  private func metrics() throws -> [OutputVerdict] {
    let histories = { (run: Run) throws -> [String: [Metric]] in
      // What the machine did meanwhile is no result.
      let keys = run.metrics.map(\.key).filter { !$0.hasPrefix("system/") }
      return try Dictionary(
        uniqueKeysWithValues: keys.map { ($0, try origin.store.history(of: $0, in: run.id)) })
    }
    return MetricComparison(rtol: tolerance).compare(
      try histories(origin.run), try histories(replay))
  }

  /// Texts may name the folders of either run.
  private var comparison: OutputComparison {
    let tops = ([origin.source].compactMap { $0 } + origin.folders).map { ($0, "<project>") }
    // A replay of a replay: both were made in temporary folders, which are left out as such.
    let isOfReplay = origin.run.tag(ReplayTags.original) != nil
    let clean = isOfReplay ? [] : [(place.appending("code"), "<project>")]
    let records = [origin.artifacts, FilePath(replay.artifactURI)].map { ($0, "<artifacts>") }
    return OutputComparison(
      rtol: tolerance,
      normaliser: TextNormaliser(
        folders: tops + clean + records))
  }

  /// What can be the reason for another result, the likeliest first.
  private func causes(_ difference: RunDifference) -> [RunDifference.Change] {
    var causes = difference.parameters.map { change in
      var change = change
      change.name = "parameter \(change.name)"
      return change
    }
    if !difference.code.isEmpty { causes.append(code(difference.code)) }
    if origin.recipe.leftOut > 0 {
      causes.append(.init(name: "code", first: origin.recipe.leftOutText, second: nil))
    }
    causes += (difference.inputs + difference.data).map { change in
      var change = change
      change.name = "input \(change.name)"
      return change
    }
    return causes
      + difference.environment.filter { !$0.name.hasPrefix("python.executable") }
  }

  private func code(_ difference: CodeDifference) -> RunDifference.Change {
    let files = difference.text.split(separator: "\n").filter { $0.hasPrefix("diff --git ") }
      .compactMap { $0.split(separator: " ").last.map { String($0.dropFirst(2)) } }
    let shown =
      files.prefix(5).joined(separator: ", ")
      + (files.count > 5 ? " and \(files.count - 5) more" : "")
    return RunDifference.Change(
      name: "code", first: origin.commit.map { String($0.prefix(12)) },
      second: (replay.tag("mlflow.source.git.commit").map { String($0.prefix(12)) } ?? "no commit")
        + (files.isEmpty ? "" : ": \(shown)"))
  }
}
