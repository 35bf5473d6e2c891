import Formats
import Platform
import Support
import SystemPackage
import Testing

/// `project-examples/heating`, run as its README says.
@Suite("The example of versioned data") struct HeatingExampleTests {
  private struct Version: Equatable {
    var path: String
    var md5: String
    var commit: String?
    var earlier: String?
  }

  /// The commands of the README, in order.
  private func commands(_ example: FilePath) throws -> [String] {
    try FileSystem.readText(example.appending("README.md")).split(separator: "\n")
      .filter { $0.hasPrefix("    ") }.map { String($0.dropFirst(4)) }
  }

  private func versions(_ folder: FilePath) async throws -> [Version] {
    let shown = try await Program.run(["runs", "show", "latest", "--json"], in: folder)
    return (try JSONValue(parsing: shown.output)["data"]?.array ?? []).map {
      Version(
        path: $0["path"]?.string ?? "", md5: $0["md5"]?.string ?? "", commit: $0["commit"]?.string,
        earlier: $0["earlier_commit"]?.string)
    }
  }

  private func pointer(_ folder: TemporaryFolder) throws -> String? {
    let text = try folder.read("heating/data/readings.dvc")
    return text.split(separator: "\n").first { $0.contains("md5: ") && $0.hasSuffix(".dir") }
      .map { String($0.split(separator: " ").last ?? "") }
  }

  @Test("every command of its README works, and each run names the version that it read")
  func readme() async throws {
    let folder = try TemporaryFolder()
    let place = folder.path.appending("heating")
    try FileSystem.copyTree(
      Program.repository.appending("project-examples/heating"), to: place)
    try await Program.shell("mkdir bin; ln -s '\(Program.path)' bin/reprise", in: folder.path)
    var read: [Version] = []
    var named: [String?] = []
    var outputs: [String: String] = [:]
    for command in try commands(place) {
      let text = try await Program.shell(
        "export PATH=\"$PWD/../bin:$PATH\"\n\(command) 2>&1 || [ $? = 1 ]", in: place)
      outputs[command, default: ""] += text
      guard command.hasPrefix("reprise run -e") else { continue }
      read += try await versions(place)
      named.append(try pointer(folder))
    }
    let commits = try await Program.shell("git log --reverse --format=%H", in: place)
      .split(separator: "\n").map(String.init)
    try #require(commits.count == 2 && read.count == 4 && named.count == 4)
    let (old, new) = (named[0] ?? "", named[1] ?? "")
    #expect(old != new)
    #expect(read[0] == Version(path: "data/readings", md5: old, commit: commits[0]))
    #expect(read[1] == Version(path: "data/readings", md5: new, commit: commits[1]))
    // The first version again, under the pointer of the second.
    #expect(
      read[2]
        == Version(path: "data/readings", md5: old, commit: commits[1], earlier: commits[0]))
    #expect(read[3].path == "data/readings/2024-01.csv")
    #expect(read[3].commit == commits[1] && read[3].earlier == nil)
    // What is told of it.
    let difference = outputs["reprise runs diff latest~1 latest"] ?? ""
    #expect(
      difference.contains(
        "\(old.prefix(12)).dir, commit \(commits[0].prefix(8))  "
          + "\(new.prefix(12)).dir, commit \(commits[1].prefix(8))"), "\(difference)")
    let shown = outputs["reprise runs show latest"] ?? ""
    #expect(
      shown.contains(
        "read  md5 \(old.prefix(12)).dir, commit \(commits[0].prefix(8)); the pointer names another"
      ), "\(shown)")
    #expect(
      outputs["reprise run -e fit"]?.contains("60 days: ") == true
        && outputs["reprise run -e fit"]?.contains("91 days: ") == true, "\(outputs)")
    let status = try await Program.run(["data", "status"], in: place)
    #expect(status.status == 0, "\(status)")
  }
}
