import Formats
import Platform
import Support
import SystemPackage
import Testing

/// Which runs `reprise data log` names beside the versions.
@Suite("Runs in the history of data") struct DataLogRunsTests {
  /// Three versions of a folder and a file, the third of them the first one's content again; no runs.
  private func project() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      entry_points:
        whole: {command: "true", inputs: [data]}
        part: {command: "true", inputs: [data/a]}
        other: {command: "true", inputs: [data/b]}
        make: {command: "cp data/a made", inputs: [data/a], outputs: [made]}
      """, to: "MLproject")
    try await shell(
      "git init -q -b main .; mkdir data; echo 1 > data/a; echo b > data/b; echo 1 > made; \(commit)",
      in: folder)
    return folder
  }

  private let commit = "reprise data add data made; git add -A; git commit -qm version"

  @discardableResult
  private func shell(_ text: String, in folder: TemporaryFolder) async throws -> String {
    try await Program.shell(
      "reprise() { '\(Program.path)' \"$@\" > /dev/null; }; " + text, in: folder.path)
  }

  /// The entry points' names of the runs of each version, newest first.
  private func runs(_ path: String, in folder: TemporaryFolder) async throws -> [[String]] {
    let result = try await Program.run(["data", "log", path, "--json"], in: folder.path)
    #expect(result.status == 0, "\(result)")
    return (try JSONValue(parsing: result.output).array ?? []).map { version in
      (version["runs"]?.array ?? []).map {
        "\($0["name"]?.string ?? "?") \($0["data"]?["role"]?.string ?? "?")"
      }
    }
  }

  @Test("without any records the versions are listed as ever") func none() async throws {
    let folder = try await project()
    #expect(try await runs("data", in: folder) == [[]])
    let text = try await Program.run(["data", "log", "data"], in: folder.path)
    #expect(text.status == 0 && !text.output.contains("RUNS"), "\(text)")
    #expect(!FileSystem.exists(folder.path.appending(".reprise")))
  }

  @Test("runs stand beside the version that they used, whole or in part") func used() async throws {
    let folder = try await project()
    try await shell(
      """
      reprise run --run-name w1 -e whole; reprise run --run-name p1 -e part; reprise run --run-name o1 -e other
      echo 2 > data/a; \(commit)
      reprise run --run-name w2 -e whole; reprise run --run-name m2 -e make; reprise data add made
      git commit -qam made
      echo 1 > data/a; \(commit); reprise run --run-name w3 -e whole
      """, in: folder)
    #expect(
      try await runs("data", in: folder) == [
        ["w3 input"], ["m2 input", "w2 input"], ["o1 input", "p1 input", "w1 input"],
      ])
    #expect(
      try await runs("data/a", in: folder) == [
        ["w3 input"], ["m2 input", "w2 input"], ["p1 input", "w1 input"],
      ])
    let text = try await Program.run(["data", "log", "data"], in: folder.path)
    let line = text.output.split(separator: "\n").first { $0.contains(" w2") }
    #expect(line?.contains(" m2, ") == true, "\(text)")
    // What a run wrote stands with the version that was made of it.
    #expect(try await runs("made", in: folder).first == ["m2 output"])
    let written = try await Program.run(["data", "log", "made"], in: folder.path)
    #expect(written.output.contains("m2 (written)"), "\(written)")
  }
}
