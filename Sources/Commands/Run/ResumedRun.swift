import Platform
import Records
import Runner
import SystemPackage

/// A run whose training is to go on: its entry point, its parameters and its last checkpoint.
struct ResumedRun {
  private let run: Run
  private let checkpoint: FilePath

  /// - Throws: ``Failure`` for a run that is not there or has no checkpoint.
  init(_ text: String, in place: Place) throws {
    let records = RecordsFolder.nearest(to: place.folder, variables: place.variables)
    let store = try RecordReader.require(records)
    run = try store.run(store.resolve(text))
    let folder = FilePath(run.artifactURI).appending("checkpoints")
    let names = FileSystem.isDirectory(folder) ? try FileSystem.components(in: folder) : []
    let last = names.max { Self.step($0) < Self.step($1) }
    guard let last, Self.step(last) >= 0 else {
      throw Failure(
        .notFound, "run `\(run.name)` has no checkpoint to go on from",
        hint: "trainings of networks write one after each epoch, and when they are interrupted")
    }
    checkpoint = folder.appending(last)
  }

  /// `step-938.safetensors`; -1 for other names.
  private static func step(_ name: FilePath.Component) -> Int {
    guard name.extension == "safetensors", name.stem.hasPrefix("step-") else { return -1 }
    return Int(name.stem.dropFirst(5)) ?? -1
  }

  /// What is asked, with what the run had where nothing else is said.
  ///
  /// - Parameter namesEntryPoint: whether the command line does.
  func completing(_ request: RunRequest, namesEntryPoint: Bool) throws -> RunRequest {
    var request = request
    if !namesEntryPoint, let entryPoint = run.entryPoint { request.entryPoint = entryPoint }
    let given = Set(request.parameters.map(\.name))
    guard !given.contains("resume") else {
      throw Failure(
        .usage, "both `--resume` and `-P resume=` say where to go on", hint: "leave one out")
    }
    request.parameters += run.params.filter { !given.contains($0.key) && $0.key != "resume" }.map {
      GivenParameter($0.key, $0.value)
    }
    request.parameters.append(GivenParameter("resume", checkpoint.string))
    return request
  }
}
