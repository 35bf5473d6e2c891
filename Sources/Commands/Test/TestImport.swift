import ArgumentParser
import Checks
import Formats
import Platform
import SystemPackage

extension ForeignSuite.Tool: ExpressibleByArgument {}

/// `reprise test import`: suites of other tools become ours.
struct TestImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take over suites of Great Expectations, pandera and Soda.",
    discussion: """
      Reads expectation suites (JSON, 0.18 and 1), schemas of pandera as `to_yaml` and `to_json` write them, and Soda's \
      checks. What has no counterpart is listed with its place, and stands as a comment in the suite that is written.

        reprise test import gx/expectations/flights.json --data data/flights.csv -o tests/data/flights.yml
        reprise test import schema.yaml checks.yml -o tests/data

      The exit status is 1 when something was left out.
      """)

  @Argument(help: "Files of the other tool.", completion: .file())
  var files: [String]

  @Option(help: ArgumentHelp("great-expectations, pandera or soda; else by what is in a file."))
  var from: ForeignSuite.Tool?

  @Option(help: ArgumentHelp("The table that the suites are of.", valueName: "file"))
  var data: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the suite to a file, or several to a folder.", valueName: "where"),
    completion: .file())
  var output: String?

  @Flag(help: "Write over suites that are there.")
  var force = false

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try Place(global)
    let console = global.console
    var suites: [ForeignSuite] = []
    for file in files {
      let path = try FileSystem.absolute(FilePath(file), in: place.folder)
      let bytes = try FileSystem.read(path, limit: 4 << 20)
      let (from, data) = (from, data)
      suites += try await ParallelWork.onDeepThread {
        try ForeignSuite.read(bytes, file: file, tool: from, data: data)
      }
    }
    try write(suites, place)
    console.show(Self.json(suites)) { "" }
    for remark in suites.flatMap(\.remarks) where !console.printsJSON {
      let mark = remark.isTranslated ? "not quite" : "left out"
      console.note(singleLine("\(remark.location): \(mark): \(remark.what): \(remark.why)"))
    }
    let left = suites.flatMap(\.remarks).count { !$0.isTranslated }
    let made = suites.reduce(0) { $0 + $1.suite.tests.count }
    console.note("\(made) test\(made == 1 ? "" : "s") taken over, \(left) left out")
    if left > 0 { throw ExitCode(Failure.Code.no.exitCode) }
  }

  private func write(_ suites: [ForeignSuite], _ place: Place) throws {
    for suite in suites where suite.suite.tests.isEmpty {
      global.console.note("nothing of `\(suite.suite.file)` could be taken over")
    }
    let suites = suites.filter { !$0.suite.tests.isEmpty }
    guard let output else {
      guard !global.console.printsJSON else { return }
      return global.console.write(
        Array(suites.map { $0.text() }.joined(separator: "---\n").utf8))
    }
    let target = try FileSystem.absolute(FilePath(output), in: place.folder)
    let isFile = output.hasSuffix(".yml") || output.hasSuffix(".yaml")
    guard !isFile || suites.count == 1 else {
      throw Failure(
        .invalid, "\(suites.count) suites do not go into one file",
        hint: "name a folder: -o tests/data")
    }
    var taken: Set<String> = []
    for suite in suites {
      let path = isFile ? target : target.appending(Self.name(suite, besides: &taken))
      guard force || !FileSystem.exists(path) else {
        throw Failure(.conflict, "`\(path)` is there already", hint: "write over it with --force")
      }
      try FileSystem.createDirectory(path.removingLastComponent())
      try FileSystem.write(suite.text(), to: path)
    }
  }

  /// The name of a suite's file: as the other tool calls it, else as its file is called.
  private static func name(_ suite: ForeignSuite, besides taken: inout Set<String>) -> String {
    let said = suite.name ?? FilePath(suite.suite.file).lastComponent?.stem ?? "suite"
    let plain = String(
      said.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "-" }.drop { $0 == "." })
    let stem = plain.isEmpty ? "suite" : plain
    var name = stem
    var count = 1
    while !taken.insert(name).inserted {
      count += 1
      name = "\(stem)-\(count)"
    }
    return name + ".yml"
  }

  private static func json(_ suites: [ForeignSuite]) -> JSONValue {
    .array(
      suites.map { suite in
        [
          "file": .string(suite.suite.file), "tool": .string(suite.tool.rawValue),
          "name": suite.name.map { .string($0) } ?? .null,
          "tests": .array(suite.suite.tests.map { .string($0.text) }),
          "remarks": .array(
            suite.remarks.map { remark in
              [
                "what": .string(remark.what), "why": .string(remark.why),
                "line": remark.location.line.map { .int(Int64($0)) } ?? .null,
                "translated": .bool(remark.isTranslated),
              ]
            }),
        ]
      })
  }
}
