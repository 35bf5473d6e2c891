import Learning
import Platform
import Support
import SystemPackage
import Synchronization
import Testing

/// Keeps what is handed to the record, and stops a training when it is told to.
private final class KeepingObserver: TrainingObserver {
  private let folder: FilePath
  private let stopAt: Int64?
  private let stop = Mutex<(@Sendable () -> Void)?>(nil)
  private let state = Mutex([String]())

  init(_ folder: FilePath, stopAt: Int64? = nil) {
    self.folder = folder
    self.stopAt = stopAt
  }

  var names: [String] { state.withLock { $0 } }
  func onStop(_ action: @escaping @Sendable () -> Void) { stop.withLock { $0 = action } }

  func metric(_ name: String, _ value: Double, step: Int64) {}
  func note(_ text: String) {}
  func progress(_ progress: TrainingProgress) {
    if progress.phase == "training", progress.completed == stopAt { stop.withLock { $0?() } }
  }
  func artifact(_ file: FilePath, as name: String) {
    guard name.hasPrefix("checkpoints/") else { return }
    let short = FilePath(name).lastComponent?.string ?? ""
    do {
      try FileSystem.write(FileSystem.read(file), to: folder.appending(short))
      state.withLock { $0.append(short) }
    } catch { Issue.record("\(error)") }
  }
}

@Suite("Networks that go on from a checkpoint") struct NetworkResumeTests {
  private static let values = [
    "epochs": "3", "batch_size": "16", "learning_rate": "0.01", "schedule": "cosine",
    "weight_decay": "0.01", "optimizer": "adamw", "shift": "1", "clip": "5",
  ]

  @Test("after an epoch: the same bytes as without an interruption") func epochs() async throws {
    let folder = try TemporaryFolder()
    let kept = folder.path.appending("kept")
    try FileSystem.createDirectory(kept)
    let observer = KeepingObserver(kept)
    let whole = try await folder.trainNetwork(Self.values, output: "whole", observer: observer)
    #expect(observer.names == ["step-13.safetensors", "step-26.safetensors"])
    for name in observer.names {
      var values = Self.values
      values["resume"] = kept.appending(name).string
      let again = try await folder.trainNetwork(values, threads: 2, output: name)
      #expect(
        try FileSystem.read(again.models[0].path) == FileSystem.read(whole.models[0].path),
        "\(name)")
      #expect(again.metrics.map(\.value) == whole.metrics.map(\.value))
    }
  }

  @Test("within an epoch, when it was stopped there", arguments: [Int64(1), 7, 20, 38])
  func interrupted(step: Int64) async throws {
    let folder = try TemporaryFolder()
    let whole = try await folder.trainNetwork(Self.values, output: "whole")
    let kept = folder.path.appending("kept")
    try FileSystem.createDirectory(kept)
    let observer = KeepingObserver(kept, stopAt: step)
    let task = Task {
      try await folder.trainNetwork(Self.values, output: "part", observer: observer)
    }
    observer.onStop { task.cancel() }
    let part = try await task.value
    #expect(part.ending == .interrupted)
    let last = try #require(observer.names.last)
    #expect(last == "step-\(step).safetensors")
    var values = Self.values
    values["resume"] = kept.appending(last).string
    let again = try await folder.trainNetwork(values, output: "again")
    #expect(
      try FileSystem.read(again.models[0].path) == FileSystem.read(whole.models[0].path))
  }

  @Test("a checkpoint of another training, and what is none, are refused") func refused()
    async throws
  {
    let folder = try TemporaryFolder()
    let kept = folder.path.appending("kept")
    try FileSystem.createDirectory(kept)
    let observer = KeepingObserver(kept)
    _ = try await folder.trainNetwork(Self.values, observer: observer)
    let checkpoint = kept.appending("step-13.safetensors")
    func message(_ file: FilePath, _ change: [String: String]) async throws -> String {
      var values = Self.values.merging(change) { $1 }
      values["resume"] = file.string
      do {
        _ = try await folder.trainNetwork(values)
        return "it went on"
      } catch let failure as Failure { return failure.message }
    }
    #expect(
      try await message(checkpoint, ["seed": "9"]).contains(
        "its `seed` is \"0\", and here it is \"9\""))
    #expect(try await message(checkpoint, ["batch_size": "8"]).contains("its `batch_size` is 16"))
    let model = folder.path.appending("out/model.safetensors")
    #expect(try await message(model, [:]).contains("is no checkpoint of a training"))
    let bytes = try FileSystem.read(checkpoint)
    for count in [0, 7, 8, 100, bytes.count - 1] {
      let cut = kept.appending("cut.safetensors")
      try FileSystem.write(Array(bytes.prefix(count)), to: cut)
      #expect(try await message(cut, [:]) != "it went on", "\(count)")
    }
    let other = try folder.write("not a checkpoint", to: "other.safetensors")
    #expect(try await message(other, [:]) != "it went on")
  }
}
