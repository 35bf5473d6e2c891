import Learning
import Platform
import Support
import SystemPackage
import Testing

@Suite("What the logistic trainer refuses") struct LogisticFailureTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var text: String
    var values: [String: String] = [:]
    var message: String
    var line: Int?
    var hint: String?
    var testDescription: String { message }
  }

  static let cases = [
    Case(text: "", message: "the file is empty"),
    Case(text: "x,y\n", message: "the table has no rows"),
    Case(
      text: "x,y\n1,a\n2,b\n", values: ["target": "Y2"], message: "no column named `Y2`",
      hint: "did you mean `y`? the columns are: `x`, `y`"),
    Case(
      text: "x,y\n1,a\n2,b\n", values: ["drop": "z"], message: "no column named `z`",
      hint: "did you mean `x`? the columns are: `x`, `y`"),
    Case(
      text: "x,y\n1,a\n2,b\n", values: ["features": "y"],
      message: "`y` is the target, and cannot be among `features` or `drop` too"),
    Case(text: "x,y\n1,a\n2,a\n", message: "column `y` has a single class: every row says `a`"),
    Case(text: "x,y\n1,\n2,NA\n", message: "column `y` has no value in any row"),
    Case(
      text: "x,y\n1,1\n2,2\n3,2.5\n", message: "column `y` holds 2.5, which is no class", line: 4),
    Case(text: "x,y\n1,inf\n2,2\n", message: "column `y` holds inf, which is no class", line: 2),
    Case(text: "y\na\nb\n", message: "no column to learn from"),
    Case(
      text: "x,y\n5,a\n5,b\n", message: "no column to learn from",
      hint: "left out column `x`: it is the same in every row"),
    Case(
      text: "x,y\n5,a\n5,b\n", values: ["features": "x"],
      message: "column `x` is the same in every row"),
    Case(
      text: "x,z,y\n,1,a\n,2,b\n", values: ["features": "x, z"],
      message: "column `x` has no value in any row"),
    Case(
      text: "x,y\n1,a\n-inf,b\n", message: "column `x` holds an infinite number", line: 3,
      hint: "correct it, or leave the column out with `drop: x`"),
    Case(
      text: "x,y\n" + (0..<50).map { "\($0),\($0 % 2 == 0 ? "a" : "b")\n" }.joined() + "12a,b\n",
      message: "column `x` holds numbers, but `12a` is none", line: 52,
      hint: "correct it, or say `categorical: x`, or `drop: x`"),
    Case(
      text: "x,y\n1e308,a\n-1e308,b\n1e308,a\n-1e308,b\n", values: ["test_fraction": "0"],
      message: "column `x` cannot be standardised: its numbers run from -1e+308 to 1e+308"),
    Case(
      text: "x,y\n" + (0..<9).map { "w\($0),\($0 % 2 == 0 ? "a" : "b")\n" }.joined(),
      values: ["max_categories": "5", "test_fraction": "0"],
      message: "column `x` has 9 categories, more than 5",
      hint: "leave it out with `drop: x`, or raise `max_categories`"),
    Case(
      text: "x,y\n1,a\n2,b\n3,c\n", values: ["max_categories": "2"],
      message: "column `y` has 3 classes, more than 2"),
    Case(
      text: "x,y\n1,a\n,b\n", values: ["missing": "fail"], message: "column `x` has no value",
      line: 3),
    Case(
      text: "x,z,y\n1,,a\n,2,b\n", values: ["missing": "drop"],
      message: "no row has a value in every column"),
    Case(text: "x,y\n1,a,2\n", message: "expected 2 fields, found 3, at byte 4", line: 2),
    Case(text: "x,y\n1,\"a\n", message: "a quoted field that is never closed, at byte 6", line: 2),
    Case(
      text: "x,y\n1,a\n2,b\n", values: ["l2": "-1"],
      message: "`l2` must be a number of at least 0.0, not `-1`"),
    Case(
      text: "x,y\n1,a\n2,b\n", values: ["l2": "nan"],
      message: "`l2` must be a number of at least 0.0, not `nan`"),
    Case(
      text: "x,y\n1,a\n2,b\n", values: ["test_fraction": "1"],
      message: "`test_fraction` must be a number from 0.0 to 0.9, not `1`"),
    Case(
      text: "x,y\n1,a\n2,b\n", values: ["max_iterations": "0"],
      message: "`max_iterations` must be a whole number from 1 to 1000000, not `0`"),
    Case(
      text: "x,y\n1,a\n2,b\n", values: ["missing": "imptue"],
      message: "`missing` cannot be `imptue`",
      hint: "did you mean `impute`? choose one of: impute, drop, fail"),
    Case(
      text: "x,y\n1,a\n2,b\n", values: ["delimiter": "ab"],
      message: "`delimiter` must be one ASCII character, `tab` or `auto`, not `ab`"),
    Case(
      text: "x,y\n1,a\n2,b\n", values: ["seed": "x"],
      message: "`seed` is no whole number of 64 bits: `x`"),
  ]

  @Test("gets one clear message, and nothing is written", arguments: cases)
  func refuses(example: Case) async throws {
    let folder = try TemporaryFolder()
    let failure = await #expect(throws: Failure.self) {
      try await folder.train(example.text, example.values)
    }
    #expect(failure?.message == example.message)
    #expect(failure?.location?.line == example.line)
    if let location = failure?.location { #expect(location.file.hasSuffix("data.csv")) }
    if let hint = example.hint { #expect(failure?.hint == hint) }
    #expect(try FileSystem.names(in: folder.path) == ["data.csv"])
  }

  @Test("text that is not UTF-8 is refused with its line") func notUTF8() async throws {
    let folder = try TemporaryFolder()
    let file = folder.path.appending("data.csv")
    try FileSystem.write(Array("x,y\n1,a\n2,".utf8) + [0xFF, 0x0A], to: file)
    let failure = await #expect(throws: Failure.self) { try await folder.train(file: file) }
    #expect(failure?.message == "column `y` holds text that is not UTF-8, at byte 10")
    #expect(failure?.location?.line == 3)
  }

  @Test("a file that is not there is named") func noFile() async throws {
    let folder = try TemporaryFolder()
    let failure = await #expect(throws: Failure.self) {
      try await folder.train(file: folder.path.appending("nowhere.csv"))
    }
    #expect(failure?.code == .notFound)
    #expect(failure?.message.contains("nowhere.csv") == true)
  }

  @Test("no data and no target are told how to be given") func nothing() async throws {
    let folder = try TemporaryFolder()
    for (values, message) in [
      (["target": "y"], "no data to train on"), ([:], "no target to predict"),
    ] {
      let failure = await #expect(throws: Failure.self) {
        try await LogisticTrainer().train(
          TrainingJob(values: values, folder: folder.path, output: folder.path),
          reporting: SilentObserver())
      }
      #expect(failure?.message == message)
      #expect(failure?.code == .usage)
    }
  }

  @Test("an output folder that is not there is named") func noOutput() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(flowers(rows: 30), to: "data.csv")
    let failure = await #expect(throws: Failure.self) {
      try await LogisticTrainer().train(
        TrainingJob(
          values: ["target": "y"], inputs: [file], folder: folder.path,
          output: folder.path.appending("gone")), reporting: SilentObserver())
    }
    #expect(failure?.message.contains("gone/model.json") == true)
  }
}
