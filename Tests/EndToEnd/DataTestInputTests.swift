import Formats
import Platform
import Support
import SystemPackage
import Testing

/// Tables that are broken: one message that says where, the other suites are done, and the status is 2.
@Suite("Bad tables under reprise test") struct DataTestInputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var table: [UInt8]
    var file = "bad.csv"
    var says: [String]

    var testDescription: String { name }
  }

  /// More than one part of a text.
  private static let head = Array("a,b,c\n".utf8)
  private static let rows = Array((0..<90_000).map { "\($0),x\($0),\($0 * 2)\n" }.joined().utf8)

  private static func broken(_ line: String) -> [UInt8] { head + rows + Array(line.utf8) + rows }

  static let cases: [Case] = [
    Case(
      name: "a row with too few fields", table: broken("1,2\n"),
      says: [
        "expected 3 fields, found 2, at byte \((head + rows).count)", "bad.csv:90002:1",
      ]),
    Case(
      name: "a line that is no JSON",
      table: Array(String(repeating: "{\"a\": 1, \"b\": \"x\", \"c\": 2}\n", count: 60_000).utf8)
        + Array("{\"a\": 1,\n".utf8), file: "bad.jsonl",
      says: ["at byte 1620000", "bad.jsonl:60001:"]),
    Case(
      name: "a row with too many fields", table: broken("1,2,3,4\r\n"),
      says: ["expected 3 fields, found 4", "bad.csv:90002:1"]),
    Case(
      name: "a quote that is never closed", table: broken("1,\"x,2\n"),
      says: ["a quoted field that is never closed", "bad.csv:90002:3"]),
    Case(
      name: "a field without end",
      table: broken("1,\"" + String(repeating: "y", count: 17 << 20) + "\",2\n"),
      says: ["a field is longer than", "bad.csv:90002:3"]),
    Case(
      name: "bytes that are no text", table: head + rows + [0x31, 0x2C, 0xE9, 0x2C, 0x32, 0x0A],
      says: ["holds text that is not UTF-8", "bad.csv:90002:3"]),
    Case(name: "nothing at all", table: [], says: ["the file is empty", "bad.csv"]),
    Case(
      name: "UTF-16", table: [0xFF, 0xFE, 0x61, 0, 0x2C, 0],
      says: ["the text is UTF-16", "bad.csv:1:1"]
    ),
    Case(
      name: "a Parquet file that is cut off", table: Array("PAR1\u{15}\u{4}".utf8),
      file: "bad.parquet", says: ["Parquet file is cut off", "bad.parquet"]),
  ]

  @Test("is one message, and the other suites are done", arguments: cases)
  func message(of example: Case) async throws {
    let folder = try TemporaryFolder()
    try FileSystem.createDirectory(folder.path.appending("tests/data"))
    try FileSystem.write(example.table, to: folder.path.appending(example.file))
    try folder.write("a,b,c\n1,2,3\n", to: "good.csv")
    for name in ["a.csv", "z.csv"] {
      let suite = "data: good.csv\ncolumns:\n  a: int, unique\n"
      try folder.write(suite, to: "tests/data/\(name.prefix(1)).yml")
    }
    try folder.write(
      "data: \(example.file)\ncolumns:\n  a: int, unique\n  b: string\n  c: float\n",
      to: "tests/data/m.yml")
    for threads in ["1", "2"] {
      let result = try await Program.run(
        ["test", "--json", "--fresh", "--threads", threads], in: folder.path)
      #expect(result.status == 2, "\(result.error)")
      let report = try JSONValue(parsing: result.output)
      #expect(
        report["suites"]?.array?.compactMap { $0["suite"]?.string } == [
          "tests/data/a.yml", "tests/data/z.yml",
        ])
      let failures = try #require(report["failures"]?.array)
      #expect(failures.count == 1)
      #expect(failures[0]["file"]?.string == "tests/data/m.yml")
      let error = try #require(failures[0]["error"])
      let said = "\(error["message"]?.string ?? "") \(error["location"]?.string ?? "")"
      for part in example.says { #expect(said.contains(part), "\(said)") }
    }
  }

  @Test("what does not fit into memory goes to files, and a disk without room is told")
  func memory() async throws {
    let folder = try TemporaryFolder()
    let rows = (0..<100_000).map { "\($0 * 7919 % 1_000_003),\(Double($0) / 3)\n" }.joined()
    try folder.write("a,b\n" + rows, to: "t.csv")
    try folder.write(
      "data: t.csv\ncolumns: {a: 'int, unique', b: 'float, quantile 0.9 20000..40000'}\n",
      to: "tests/data/t.yml")
    let plain = try await Program.run(["test", "--json", "--fresh"], in: folder.path)
    let small = try await Program.run(
      ["test", "--json", "--fresh", "--memory", "100 kB"], in: folder.path)
    #expect(plain.status == 0 && small.status == 0 && plain.output == small.output)
    let full = try await Program.run(
      "/bin/bash",
      ["-c", "ulimit -f 500; '\(Program.path)' test --fresh --memory 100kB"], in: folder.path)
    #expect(full.status == 2, "\(full)")
    #expect(
      (full.output + full.error).contains("cannot write a temporary file in"), "\(full)")
    let wrong = try await Program.run(["test", "--memory", "much"], in: folder.path)
    #expect(wrong.status == 2 && wrong.error.contains("`much` is no size"), "\(wrong)")
    for (option, value, message) in [
      ("--memory", "-5", "`-5` is no size\nhint: such as `--memory 500MB`"),
      ("--memory", "0", "`0` is less than a kilobyte"),
      ("--memory", "0.5", "`0.5` is less than a kilobyte"),
      ("--threads", "0", "`--threads 0` leaves nobody to read\nhint: such as `--threads 2`"),
      ("--threads", "-1", "`--threads -1` leaves nobody to read"),
    ] {
      let wrong = try await Program.run(["test", option, value], in: folder.path)
      #expect(wrong.status == 2 && wrong.error.contains(message), "\(wrong)")
    }
  }

  @Test("a suite with several mistakes tells all of them, in a file too") func mistakes()
    async throws
  {
    let folder = try TemporaryFolder()
    try FileSystem.createDirectory(folder.path.appending("tests/data"))
    try folder.write(
      "data: t.csv\ncolumns:\n  a: [int, uniqe]\n  b: bar\n", to: "tests/data/t.yml")
    for arguments in [["test"], ["test", "-o", "report.xml", "--format", "junit"]] {
      let result = try await Program.run(arguments, in: folder.path)
      #expect(result.status == 2)
      for part in ["tests/data/t.yml:3:12", "hint: did you mean `unique`?", "tests/data/t.yml:4:6"]
      {
        #expect(result.error.contains(part), "\(result)")
      }
    }
    #expect(try folder.read("report.xml").count > 0)
  }

  @Test("blank lines, CRLF and quoted line ends across parts change nothing")
  func forms() async throws {
    let folder = try TemporaryFolder()
    try FileSystem.createDirectory(folder.path.appending("tests/data"))
    let rows = (0..<60_000).map { row in
      "\(row),\"line\n\(row) \"\"q\"\", \(String(repeating: "z", count: row % 60))\",\(row * 2)\n"
    }
    let text = "a,b,c\n" + rows.joined()
    let suite =
      "columns:\n  a: int, unique, monotonic strict\n  b: string, unique\n  c: int, sum > 0\n"
    var reports: Set<String> = []
    for (name, table) in [
      ("plain", text),
      ("returns", text.replacing("\n", with: "\r\n").replacing("line\r\n", with: "line\n")),
      ("mark", "\u{FEFF}" + text),
    ] {
      try folder.write(table, to: "\(name).csv")
      try folder.write("data: \(name).csv\n" + suite, to: "tests/data/t.yml")
      for threads in ["1", "2"] {
        let result = try await Program.run(
          ["test", "--json", "--fresh", "--threads", threads], in: folder.path)
        #expect(result.status == 0, "\(result.error) \(result.output)")
        reports.insert(result.output)
      }
    }
    #expect(reports.count == 1)
  }
}
