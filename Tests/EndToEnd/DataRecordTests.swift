import Formats
import Platform
import Support
import SystemPackage
import Testing

/// Which versions of data a run says that it read and wrote.
@Suite("Versioned data in the record") struct DataRecordTests {
  /// A project with a versioned folder and a versioned file, committed.
  private func project(_ entries: String, git: Bool = true) async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("entry_points:\n" + entries, to: "MLproject")
    for name in ["raw/a.csv", "raw/b.csv", "c.csv"] { try folder.write("1\n", to: "data/" + name) }
    if git { try await Program.shell("git init -q -b main .", in: folder.path) }
    return folder
  }

  private func versioned(_ entries: String) async throws -> TemporaryFolder {
    let folder = try await project(entries)
    try await reprise("data", "add", "data/raw", "data/c.csv", in: folder)
    try await commit(folder)
    return folder
  }

  @discardableResult
  private func reprise(
    _ words: String..., in folder: TemporaryFolder, status: Int32 = 0
  ) async throws -> Program.Result {
    let result = try await Program.run(words, in: folder.path)
    #expect(result.status == status, "\(words): \(result)")
    return result
  }

  @discardableResult
  private func commit(_ folder: TemporaryFolder) async throws -> String {
    let text = try await Program.shell(
      "git add -A; git commit -qm change; git rev-parse HEAD", in: folder.path)
    return String(text.dropLast())
  }

  /// The versions of the last run, one a line: role, path, md5, commit, modified.
  private func data(_ folder: TemporaryFolder, of run: String = "latest") async throws -> [String] {
    let text = try await reprise("runs", "show", run, "--json", in: folder).output
    return (try JSONValue(parsing: text)["data"]?.array ?? []).map { item in
      [
        item["role"]?.string, item["path"]?.string,
        item["md5"]?.string.map { String($0.prefix(6)) },
        item["commit"]?.string.map { String($0.prefix(8)) } ?? "-",
        item["modified"] == .bool(true) ? "modified" : "as named",
      ].map { $0 ?? "?" }.joined(separator: " ")
    }
  }

  @Test("a folder, a file, a part of a folder, a folder above; what is not versioned is not named")
  func kinds() async throws {
    let folder = try await versioned(
      """
        at: {command: "true", inputs: [data/raw, data/c.csv, MLproject]}
        part: {command: "true", inputs: [data/raw/a.csv]}
        above: {command: "true", inputs: [data, data/raw]}
        named: {command: "echo {file}", parameters: {file: {type: path, default: data/c.csv}}}
      """)
    let commit = String(try await Program.shell("git rev-parse HEAD", in: folder.path).prefix(8))
    let file = "input data/c.csv b02632 \(commit) as named"
    let raw = "input data/raw 60b87c \(commit) as named"
    for (entry, expected) in [
      ("at", [file, raw]), ("above", [file, raw]), ("named", [file]),
      ("part", ["input data/raw/a.csv b02632 \(commit) as named"]),
    ] {
      try await reprise("run", "-e", entry, in: folder)
      #expect(try await data(folder) == expected, "\(entry)")
    }
    let page = try await reprise("runs", "show", "latest~3", in: folder).output
    #expect(
      page.contains("\nDATA\n  data/c.csv  read  md5 b026324c6904, commit \(commit)\n"), "\(page)")
  }

  @Test("modified data, a pointer that is not committed, data without git")
  func states() async throws {
    let folder = try await versioned("  main: {command: 'true', inputs: [data/c.csv]}\n")
    let commit = String(try await Program.shell("git rev-parse HEAD", in: folder.path).prefix(8))
    try folder.write("2\n", to: "data/c.csv")
    try await reprise("run", in: folder)
    #expect(try await data(folder) == ["input data/c.csv 26ab0d \(commit) modified"])
    #expect(
      try await reprise("runs", "show", in: folder).output.contains("modified since \(commit)"))
    try await reprise("data", "add", "data/c.csv", in: folder)
    try await reprise("run", in: folder)
    #expect(try await data(folder) == ["input data/c.csv 26ab0d - as named"])
    #expect(
      try await reprise("runs", "show", in: folder).output.contains("pointer not committed"))
    let difference = try await reprise("runs", "diff", "latest~1", "latest", in: folder, status: 1)
    #expect(!difference.output.contains("DATA"), "\(difference)")
    try await Program.shell("rm -rf .git", in: folder.path)
    try await reprise("run", in: folder)
    #expect(try await data(folder) == ["input data/c.csv 26ab0d - as named"])
  }

  @Test("what a run writes is told as it was at its end, and what it read as it was at its start")
  func written() async throws {
    let folder = try await versioned(
      """
        change: {command: "echo 2 > data/c.csv", inputs: [data/c.csv]}
        make: {command: "echo 3 > data/c.csv", inputs: [data/c.csv], outputs: [data/c.csv]}
        keep: {command: "true", inputs: [data/c.csv], outputs: [data/c.csv]}
        lose: {command: "rm data/c.csv", outputs: [data/c.csv]}
      """)
    let commit = String(try await Program.shell("git rev-parse HEAD", in: folder.path).prefix(8))
    try await reprise("run", "-e", "change", in: folder)
    #expect(try await data(folder) == ["input data/c.csv b02632 \(commit) as named"])
    try await reprise("data", "checkout", "--force", in: folder)
    try await reprise("run", "-e", "make", in: folder)
    #expect(
      try await data(folder) == [
        "input data/c.csv b02632 \(commit) as named", "output data/c.csv 6d7fce \(commit) modified",
      ])
    try await reprise("run", "-e", "keep", in: folder)
    #expect(
      try await data(folder) == [
        "input data/c.csv 6d7fce \(commit) modified", "output data/c.csv 6d7fce \(commit) modified",
      ])
    let lost = try await reprise("run", "-e", "lose", in: folder)
    #expect(try await data(folder).isEmpty)
    #expect(!lost.error.contains("warning"), "\(lost)")
  }

  @Test("a damaged pointer is warned of, claims nothing, and stops no run")
  func damaged() async throws {
    let folder = try await versioned("  main: {command: 'true', inputs: [data/c.csv, data/raw]}\n")
    try folder.write("outs:\n- md5: [\n", to: "data/c.csv.dvc")
    let run = try await reprise("run", in: folder)
    #expect(
      run.error.hasPrefix("warning: the version of `data/c.csv` was not recorded: "), "\(run)")
    #expect(run.error.contains("--> data/c.csv.dvc:"), "\(run)")
    #expect(try await data(folder).map { $0.prefix(14) } == ["input data/raw"])
    let text = try await reprise("runs", "show", "--json", in: folder).output
    let problem = try JSONValue(parsing: text)["tags"]?["reprise.data.problem"]?.string
    #expect(problem?.hasPrefix("the version of `data/c.csv` was not recorded") == true)
    try folder.write("'remote \"x\n", to: ".dvc/config")
    #expect(try await reprise("run", in: folder).error.contains("warning: the version of"))
    #expect(try await data(folder).isEmpty)
  }

  @Test("an input that is not there: how to get it")
  func missing() async throws {
    let folder = try await versioned(
      """
        main: {command: "true", inputs: [data/c.csv]}
        part: {command: "true", inputs: [data/raw/a.csv]}
        above: {command: "true", inputs: [data]}
        plain: {command: "true", inputs: [data/none.csv]}
      """)
    try await Program.shell("rm -r data/c.csv data/raw", in: folder.path)
    func hint(_ entry: String, from place: FilePath? = nil) async throws -> String {
      let result = try await Program.run(
        ["run", folder.path.string, "-e", entry], in: place ?? folder.path)
      #expect(result.status == 2, "\(result)")
      return result.error.split(separator: "\n").last.map(String.init) ?? ""
    }
    #expect(try await hint("main") == "hint: reprise data checkout data/c.csv")
    #expect(try await hint("part") == "hint: reprise data checkout data/raw/a.csv")
    #expect(try await hint("plain") == "hint: make or fetch it first, or correct `inputs`")
    #expect(
      try await hint("main", from: folder.path.removingLastComponent())
        == "hint: reprise data checkout \(folder.path.lastComponent?.string ?? "")/data/c.csv")
    let above = try await reprise("run", "-e", "above", in: folder)
    #expect(
      above.error.contains(
        "warning: `data/raw` in the input `data` is versioned and not there\n"
          + "hint: reprise data checkout data/raw\n"), "\(above)")
    try await Program.shell("rm -r .dvc/cache", in: folder.path)
    #expect(try await hint("main") == "hint: reprise data pull data/c.csv")
    #expect(try await hint("part") == "hint: reprise data pull data/raw/a.csv")
  }

  @Test("a project without versioned data says nothing of it")
  func none() async throws {
    let folder = try await project("  main: {command: 'true', inputs: [data], outputs: [data]}\n")
    try folder.write("not: [yaml", to: "data/c.csv.dvc")
    let run = try await reprise("run", in: folder)
    #expect(!run.error.contains("warning"), "\(run)")
    #expect(!(try await reprise("runs", "show", in: folder).output.contains("DATA")))
    let text = try await reprise("runs", "show", "--json", in: folder).output
    #expect(try JSONValue(parsing: text)["data"] == nil)
  }
}
