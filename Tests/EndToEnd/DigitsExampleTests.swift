import Formats
import Platform
import Support
import SystemPackage
import Testing

/// `project-examples/digits`, on pictures of its form that are quickly learnt; the interop suite has those of Debian.
@Suite("The example of digits") struct DigitsExampleTests {
  /// MNIST's four files: 28x28 points, the classes are bright bars at ten heights.
  private static func write(to folder: FilePath) throws {
    try FileSystem.createDirectory(folder)
    for (name, count) in [("train", 640), ("t10k", 100)] {
      var images: [UInt8] = [0, 0, 8, 3] + size(count) + size(28) + size(28)
      var labels: [UInt8] = [0, 0, 8, 1] + size(count)
      var state: UInt32 = 7
      for index in 0..<count {
        labels.append(UInt8(index % 10))
        for point in 0..<784 {
          state = state &* 1_664_525 &+ 1_013_904_223
          let isInk = (point / 28 - 4) / 2 == index % 10 && point / 28 >= 4
          images.append(UInt8((isInk ? 140 : 0) + state >> 26))
        }
      }
      try FileSystem.write(images, to: folder.appending("\(name)-images-idx3-ubyte"))
      try FileSystem.write(labels, to: folder.appending("\(name)-labels-idx1-ubyte"))
    }
  }

  private static func size(_ number: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  private func project() throws -> (TemporaryFolder, FilePath) {
    let folder = try TemporaryFolder()
    let project = folder.path.appending("digits")
    try FileSystem.copyTree(Program.repository.appending("project-examples/digits"), to: project)
    try Self.write(to: folder.path.appending("data"))
    return (folder, project)
  }

  private func model(_ run: String, _ project: FilePath) async throws -> [UInt8] {
    let shown = try await Program.run(["runs", "show", run, "--json"], in: project)
    let json = try JSONValue(parsing: shown.output)
    let place = try #require(json["artifact_uri"]?.string, "\(shown.output.prefix(400))")
    return try FileSystem.read(FilePath(place).appending("model/model.safetensors"))
  }

  @Test("both networks learn, and their record has pictures") func learns() async throws {
    let (folder, project) = try project()
    for entry in ["main", "cnn"] {
      let run = try await Program.run(
        [
          "run", "-e", entry, "-P", "data=\(folder.path)/data", "-P", "epochs=3", "-P",
          "learning_rate=0.005",
        ],
        in: project)
      #expect(run.status == 0, "\(run.error)")
      let shown = try await Program.run(["runs", "show", "latest", "--json"], in: project)
      let json = try JSONValue(parsing: shown.output)
      let metrics = json["metrics"]
      let accuracy =
        metrics?["test_accuracy"]?.number
        ?? metrics?.array?.first { $0["key"]?.string == "test_accuracy" }?["value"]?.number
      #expect((accuracy ?? 0) > 0.9, "\(entry): \(run.output)")
      let place = FilePath(try #require(json["artifact_uri"]?.string))
      for name in [
        "plots/confusion.svg", "plots/loss.svg", "checkpoints/step-10.safetensors",
        "model/model.safetensors",
      ] { #expect(FileSystem.isFile(place.appending(name)), "\(entry): \(name)") }
    }
  }

  @Test("a training that is made longer comes to the same bytes as a long one")
  func resumes() async throws {
    let (folder, project) = try project()
    let words = ["-P", "data=\(folder.path)/data", "-P", "schedule=constant"]
    let long = try await Program.run(["run", "-P", "epochs=4"] + words, in: project)
    #expect(long.status == 0, "\(long.error)")
    let expected = try await model("latest", project)
    let short = try await Program.run(["run", "-P", "epochs=3"] + words, in: project)
    #expect(short.status == 0, "\(short.error)")
    let again = try await Program.run(["run", "--resume", "latest", "-P", "epochs=4"], in: project)
    #expect(again.status == 0, "\(again.error)")
    #expect(try await model("latest", project) == expected)
    let none = try await Program.run(["run", "--resume", "nobody"], in: project)
    #expect(none.status == 2)
  }
}
