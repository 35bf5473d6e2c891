import Git
import Glibc
import Platform
import Projects
import Records
import Support
import SystemPackage
import Testing

@testable import Runner

@Suite("Keys of runs") struct RunKeyTests {
  @Test("are read as they were written, in one form")
  func roundTrip() {
    let key = RunKey([
      .command: ["command": "echo \"ü\"\n\u{1F600}"], .parameters: ["b": "2", "a": ""],
      .settings: [:],
      .inputs: ["data": "file 00"],
    ])
    #expect(RunKey(parsing: key.text) == key)
    #expect(
      String(decoding: key.text, as: UTF8.self).hasSuffix(
        #""parameters":{"a":"","b":"2"},"version":1}"#))
    #expect(key.digest == SHA256.digest(of: key.text).hex)
    for wrong in ["", "{}", "[1]", #"{"version":2}"#, #"{"version":1,"inputs":{"a":1}}"#] {
      #expect(RunKey(parsing: Array(wrong.utf8)) == nil)
    }
  }

  @Test("a list of code is read as it was written, whatever the names")
  func sourceLists() {
    let entries = [
      SourceList.Entry(path: Array("a\tb\nc".utf8), kind: .program, contentName: "00"),
      SourceList.Entry(path: [0xFF, 0x20], kind: .file, contentName: "11"),
      SourceList.Entry(path: Array("z".utf8), kind: .link, contentName: "22"),
      SourceList.Entry(path: Array("sub".utf8), kind: .submodule, contentName: "33"),
    ]
    let list = SourceList(entries)
    #expect(list.entries.map(\.contentName) == ["00", "33", "22", "11"])
    #expect(SourceList(parsing: list.text) == list)
    #expect(SourceList(parsing: Array("no list".utf8)) == nil)
    #expect(SourceList(parsing: []) == SourceList([]))
  }

  private static let manifest = """
    entry_points:
      main: {command: "x", outputs: [o], sources: []}
      train: {trainer: logistic, inputs: [t.csv], parameters: {target: y}, outputs: [o]}
    """

  private func parts(
    _ entry: String, _ extra: [String: String] = [:], drawn: Set<String> = []
  ) async throws -> [RunKey.Part: [String: String]] {
    let box = try Sandbox(Self.manifest)
    try box.folder.write("x,y\n1,2\n", to: "t.csv")
    let plan = try await box.plan(box.request(entry, extra: extra))
    let findings = try RunRecorder.look(plan, plan.variables)
    let reading = try KeyReading(plan, findings, drawn: drawn)
    #expect(reading.obstacles == [])
    return reading.key.parts
  }

  @Test("variables that change results are in it; threads do not matter to trainers")
  func variables() async throws {
    let plain = try await parts("main")
    #expect(plain[.variables] == ["LANG": "C.UTF-8"])
    let extra = [
      "OMP_NUM_THREADS": "3", "TZ": "UTC", "EDITOR": "vi", "REPRISE_SEED": "7", "LC_ALL": "",
    ]
    #expect(
      try await parts("main", extra)[.variables]
        == ["LANG": "C.UTF-8", "OMP_NUM_THREADS": "3", "TZ": "UTC", "REPRISE_SEED": "7"])
    #expect(
      try await parts("main", extra, drawn: ["REPRISE_SEED", "TZ"])[.variables]
        == ["LANG": "C.UTF-8", "OMP_NUM_THREADS": "3"])
    #expect(try await parts("train", extra)[.variables] == ["REPRISE_SEED": "7"])
    #expect(try await parts("train")[.variables] == nil)
  }

  @Test("a trainer's result depends on the program, not on Python or the project's code")
  func trainers() async throws {
    let parts = try await parts("train")
    #expect(parts[.command] == ["trainer": "logistic"])
    #expect(parts[.environment] == ["program": ProgramVersion.text])
    #expect(parts[.sources] == nil)
    #expect(parts[.parameters]?["target"] == "y")
    #expect(parts[.inputs]?["t.csv"]?.hasPrefix("file ") == true)
  }

  @Test("standard input with a content is seen, one without is nothing")
  func standardInput() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    #expect(StandardInput.content(of: ends[0]) == "a pipe")
    _ = write(ends[1], "x", 1)
    #expect(StandardInput.content(of: ends[0]) == "a pipe")
    close(ends[1])
    #expect(StandardInput.content(of: ends[0]) == "a pipe")
    var byte: UInt8 = 0
    _ = read(ends[0], &byte, 1)
    #expect(StandardInput.content(of: ends[0]) == nil)
    close(ends[0])
    let folder = try TemporaryFolder()
    let file = open(try folder.write("text", to: "f").string, O_RDONLY)
    #expect(StandardInput.content(of: file) == "a file")
    lseek(file, 4, SEEK_SET)
    #expect(StandardInput.content(of: file) == nil)
    close(file)
    let null = open("/dev/null", O_RDONLY)
    #expect(StandardInput.content(of: null) == nil)
    close(null)
    #expect(StandardInput.content(of: 999) == nil)
  }
}
