import Platform
import Records
import RepriseKit
import Support
import SystemPackage
import Testing

@Suite("RepriseKit: recordings") struct RecordingTests {
  private func run(in folder: TemporaryFolder, _ id: String) throws -> Run {
    let store = try RecordStore(readingIn: folder.path.appending(".reprise"))
    return try store.run(try #require(RunID(id)))
  }

  @Test("a run of its own: parameters, metrics of many steps, tags, artifacts, and its end")
  func own() throws {
    let folder = try TemporaryFolder()
    try folder.write("name: x\n", to: "MLproject")
    try folder.write("weights", to: "out/w.bin")
    let recording = try Recording.start(
      name: "mine", experiment: "trials", folder: folder.path.string)
    #expect(!recording.isJoined)
    #expect(recording.name == "mine")
    try recording.parameter("k", 5)
    try recording.parameter("k", 5)
    #expect(throws: RepriseError.self) { try recording.parameter("k", 6) }
    for step in 0..<5000 { try recording.metric("loss", 1 / Double(step + 1), step: step) }
    try recording.tag("kind", "knn")
    try recording.artifact(folder.path.appending("out").string, as: "files/out")
    #expect(throws: RepriseError.self) {
      try recording.artifact(folder.path.appending("out").string, as: "../../x")
    }
    #expect(try run(in: folder, recording.id).status == .running)
    try recording.finish()
    let run = try run(in: folder, recording.id)
    #expect(run.status == .finished)
    #expect(run.params.map(\.key) == ["k"])
    #expect(run.metrics.first?.step == 4999)
    #expect(run.tags.contains { $0.key == "kind" && $0.value == "knn" })
    #expect(FileSystem.isFile(FilePath(recording.artifactFolder).appending("files/out/w.bin")))
  }

  @Test("a block that throws leaves FAILED, one that is cancelled KILLED")
  func endings() async throws {
    struct Boom: Error {}
    let folder = try TemporaryFolder()
    var ids: [String] = []
    for error in [Boom() as any Error, CancellationError()] {
      await #expect(throws: (any Error).self) {
        try await Recording.record(folder: folder.path.string) { recording in
          ids.append(recording.id)
          try recording.metric("x", 1)
          throw error
        }
      }
    }
    #expect(try run(in: folder, ids[0]).status == .failed)
    #expect(try run(in: folder, ids[1]).status == .killed)
    // What was logged before the end is there.
    #expect(try run(in: folder, ids[0]).metrics.map(\.key) == ["x"])
  }
}
