import Foundation
import Notebooks
import Platform
import Records
import Support
import SystemPackage
import Testing

@testable import Runner

@Suite("Runs of scripts in Swift") struct LiterateRunTests {
  private let path = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]

  private func sandbox(_ script: String) throws -> Sandbox {
    let sandbox = try Sandbox("entry_points: {main: {notebook: a.swift, parameters: {n: int}}}\n")
    try sandbox.folder.write(script, to: "a.swift")
    return sandbox
  }

  private func outputs(_ outcome: RunOutcome) throws -> [[String]] {
    let document = try NotebookDocument(reading: DocumentFolder(of: outcome.run).notebook)
    return document.cells.filter { $0.kind == .code }.map { cell in
      cell.outputs.map { output in
        output["text"]?.string ?? output["data"]?["text/plain"]?.string
          ?? output["evalue"]?.string ?? "?"
      }
    }
  }

  @Test("each cell has what it printed and showed; parameters stand in the script's place of them")
  func cells() async throws {
    let sandbox = try sandbox(
      """
      // %% tags=["parameters"]
      let n = 2  // [1, 9]
      // %%
      print("n is \\(n)")
      func twice(_ x: Int) -> Int {
      // %% is no cell of its own
        2 * x
      }
      // %% [markdown]
      // text
      // %%
      Reprise.log("twice", Double(twice(n)), step: 1)
      Reprise.display("a \\"table\\"", html: "<b>\\(twice(n))</b>", png: [137, 80, 78, 71, 0])
      print("end of it", CommandLine.arguments)

      """)
    let outcome = try await sandbox.run(sandbox.request("main", [("n", "4")], extra: path))
    #expect(outcome.problems.isEmpty, "\(outcome.problems)")
    #expect(outcome.exitCode == 0)
    #expect(outcome.run.command == "swift: a.swift")
    let found = try outputs(outcome)
    #expect(found == [[], ["n is 4\n"], [], ["a \"table\"", "end of it [\"a.swift\"]\n"]])
    #expect(outcome.run.metrics.map { "\($0.key) \($0.value) \($0.step)" } == ["twice 8.0 1"])
    #expect(outcome.run.tag("reprise.swift_version")?.contains("Swift version") == true)
    #expect(try FileSystem.names(in: sandbox.records.path.appending("live")).isEmpty)
  }

  @Test("what the compiler says is of the script, and the run says that there was no program")
  func doesNotCompile() async throws {
    let sandbox = try sandbox("// %% tags=[\"parameters\"]\nlet n = 2\n\n// %%\nprint(m)\n")
    let outcome = try await sandbox.run(sandbox.request("main", [("n", "3")], extra: path))
    #expect(outcome.exitCode == 1)
    #expect(outcome.run.status == .failed)
    #expect(outcome.problems.map(\.message) == ["`a.swift` was not compiled"])
    let log = FilePath(outcome.run.artifactURI).pushing("logs/stderr.txt")
    #expect(try FileSystem.readText(log).contains("a.swift:5:7: error: cannot find 'm' in scope"))
    #expect(try FileSystem.names(in: sandbox.records.path.appending("live")).isEmpty)
  }

  @Test("a program that ends itself or crashes fails, and keeps what it had said")
  func crash() async throws {
    let sandbox = try sandbox(
      "// %% tags=[\"parameters\"]\nlet n = 2\n// %%\nprint(\"so far\")\n// %%\nlet a = [1]\nprint(a[n])\n"
    )
    let outcome = try await sandbox.run(
      sandbox.request(
        "main", [("n", "3")], extra: path.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }))
    #expect(outcome.run.status == .failed)
    #expect(try outputs(outcome)[1] == ["so far\n"])
    #expect(try outputs(outcome)[2].last?.contains("signal") == true)
  }

  @Test(
    "parameters that do not fit, and a compiler that is not there, stop the run before it begins")
  func refused() async throws {
    let sandbox = try sandbox("// %% tags=[\"parameters\"]\nlet n = 2  // [1, 9]\n")
    for (name, value, message) in [
      ("n", "10", "`n` is 10, more than 9"), ("n", "x", "`n` is `x`, which is not a whole number"),
    ] {
      let failure = await #expect(throws: Failure.self) {
        try await sandbox.run(sandbox.request("main", [(name, value)], extra: path))
      }
      #expect(failure?.message == message)
    }
    let failure = await #expect(throws: Failure.self) {
      try await sandbox.run(
        sandbox.request("main", [("n", "3")], extra: ["PATH": "/usr/bin:/bin"]))
    }
    #expect(failure?.message == "`swiftc` is not on PATH")
    #expect(
      try !FileSystem.exists(sandbox.records.path.appending("records.db")) || sandbox.runs().isEmpty
    )
  }

  /// Programs whose cells lie where they can be mistaken. None is of functions of the main actor: a plain `swiftc`, in the mode
  /// of Swift 5, does not let a script's own lines call them, so that there is nothing to compare with.
  private static let programs = [
    "print(1)\n// %%\nprint(2)\n",
    "var a = 1\n// %% next\na += 1\nfunc f() { a += 1 }\n// %%\nf()\nprint(a)\n",
    "enum E {\n// %%\n  case a\n// %% [markdown]\n}\n// %%\nprint(E.a)\n",
    "let t = \"\"\"\n// %% in it\n\\(1 +\n// %%\n2)\n\"\"\"\n// %%\nprint(t)\n",
    "print([1, 2, 3]\n// %%\n  .map { $0 * 2 })\n// %%\nlet x = [3, 1]\n// %%\n  .sorted()\nprint(x)\n",
    "if true { print(1) }\n// %%\nelse { print(2) }\n// %%\nprint(3)\n",
    "#if os(Linux)\n// %%\nprint(\"linux\")\n// %%\n#else\nprint(\"other\")\n#endif\n// %%\nprint(0)\n",
    "/* /* // %%\n*/\n// %%\n*/ print(1)\n// %%\nprint(#\"// %% \\(1)\"#)\n",
    "import Foundation\n// %%\nlet v = try JSONDecoder().decode([Int].self, from: Data(\"[1]\".utf8))\n// %%\nprint(v)\n",
    "func g() async -> Int { 7 }\n// %%\nlet w = await g()\n// %%\nprint(w)\n",
    "struct S { var x = 1 }\n// %%\nextension S: CustomStringConvertible {\n// %%\n  var description: String { \"S\" }\n}\n// %%\nprint(S())",
  ]

  @Test("a script says the same with and without its cells being told", arguments: programs)
  func same(program: String) throws {
    let folder = try TemporaryFolder()
    let text = try LiterateSwift(program).program(with: NotebookParameters(), name: "a.swift")
    try folder.write(program, to: "plain/main.swift")
    try folder.write(String(decoding: text, as: UTF8.self), to: "told/main.swift")
    try folder.write(SwiftModule.text, to: "told/Reprise.swift")
    let plain = try output("cd plain && swiftc -Onone main.swift -o p && ./p", in: folder)
    let told = try output(
      "cd told && swiftc -Onone main.swift Reprise.swift -o p && ./p", in: folder)
    #expect(!plain.isEmpty)
    #expect(plain == told)
  }

  private func output(_ command: String, in folder: TemporaryFolder) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path.string)
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text
  }
}
