import Platform
import Projects
import Support
import SystemPackage
import Testing

@Suite("Arguments of a run") struct ArgumentsTests {
  private let entry = EntryPoint(
    name: "train", command: "run",
    parameters: [
      Parameter("alpha", .float, default: "0.5", minimum: 0, maximum: 1),
      Parameter("rounds", .int),
      Parameter("booster", default: "gbdt", choices: ["gbdt", "forest"]),
      Parameter("depth", .int, isRequired: false),
      Parameter("quiet", .bool, isRequired: false, flag: "-q"),
    ])

  @Test("declared ones come in the order of the file, extra ones as given") func order() throws {
    let arguments = try entry.arguments(given: [("z", "1"), ("rounds", "7"), ("b", "2")])
    #expect(
      arguments.parameters.map(\.name) == [
        "alpha", "rounds", "booster", "depth", "quiet", "z", "b",
      ])
    #expect(arguments.parameters.map(\.value) == ["0.5", "7", "gbdt", "", "False", "1", "2"])
    #expect(arguments.parameters.map(\.given) == [nil, "7", nil, nil, nil, "1", "2"])
    #expect(arguments.parameters.map(\.isExtra) == [false, false, false, false, false, true, true])
    #expect(
      arguments.parameters.map(\.isAbsent) == [false, false, false, true, false, false, false])
  }

  @Test(
    "one wrong value is one failure",
    arguments: [
      (
        ["rounds": "x"], "`rounds` is `x`, which is not a whole number",
        "write digits only, such as 10"
      ),
      (["rounds": "1", "alpha": "2"], "`alpha` is 2, more than 1", "give a value from 0 to 1"),
      (["rounds": "1", "alpha": "nan"], "`alpha` is nan, less than 0", "give a value from 0 to 1"),
      (
        ["rounds": "1", "booster": "forst"], "`booster` is `forst`, which is not among its choices",
        "did you mean `forest`? choose one of: gbdt, forest"
      ),
      (
        ["rounds": "1", "quiet": "maybe"], "`quiet` is `maybe`, which is not a truth value",
        "write true or false"
      ),
      ([:], "no value for the parameter `rounds` of `train`", "add -P rounds=VALUE"),
      (
        ["ruonds": "5"], "no value for the parameter `rounds` of `train`",
        "`ruonds` is given: did you mean -P rounds=…?"
      ),
    ])
  func wrong(given: [String: String], message: String, hint: String) throws {
    let failure = try #require(throws: Failure.self) {
      try entry.arguments(given: given.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
    #expect(failure.message == message)
    #expect(failure.hint == hint)
  }

  @Test("several wrong values are told at once") func together() throws {
    let failure = try #require(throws: Failure.self) {
      try entry.arguments(given: [("alpha", "x"), ("depth", "1.5"), ("z", "1"), ("z", "2")])
    }
    #expect(failure.message == "4 problems with the parameters of `train`")
    #expect(failure.details.count == 4)
    #expect(failure.details.first?.message == "`z` is given twice")
    let two = EntryPoint(name: "e", command: "x", parameters: [Parameter("a"), Parameter("b")])
    let missing = try #require(throws: Failure.self) { try two.arguments(given: []) }
    #expect(missing.message == "no values for the parameters `a`, `b` of `e`")
    #expect(missing.code == .usage)
  }

  @Test("an extra one that looks like a misspelling is warned of") func misspelled() throws {
    let arguments = try entry.arguments(given: [("rounds", "7"), ("alpah", "1")])
    #expect(
      arguments.warnings.map(\.message) == [
        "`alpah` is not a parameter of `train`; it is passed on as `--alpah`"
      ])
    #expect(arguments.warnings.first?.hint == "did you mean `alpha`?")
    #expect(try entry.arguments(given: [("rounds", "7"), ("seed", "1")]).warnings == [])
  }

  @Test("equal numbers and truth values are the same choice")
  func equalChoices() throws {
    let entry = EntryPoint(
      name: "e", command: "x",
      parameters: [Parameter("a", .float, default: "1", choices: ["0.5", "1"])])
    #expect(try entry.arguments(given: [("a", ".50")])["a"]?.value == ".50")
  }

  @Test("a trainer's own parameters take the file's values") func trainers() throws {
    let own = [
      Parameter("rounds", .int, default: "100", minimum: 1), Parameter("target"),
      Parameter("eta", .float, default: "0.3"),
    ]
    let written = EntryPoint(
      name: "fit", trainer: "gbdt",
      parameters: [Parameter("target", default: "species"), Parameter("rounds", default: "5")])
    let arguments = try written.declaring(own).arguments(given: [("eta", "0.1")])
    #expect(arguments.parameters.map(\.name) == ["rounds", "target", "eta"])
    #expect(arguments.parameters.map(\.value) == ["5", "species", "0.1"])
    let unknown = try #require(throws: Failure.self) {
      try written.declaring(own).arguments(given: [("ruonds", "1")])
    }
    #expect(unknown.message == "the trainer `gbdt` has no parameter `ruonds`")
    #expect(unknown.hint == "did you mean `rounds`? it has: rounds, target, eta")
    let place = SourceLocation(file: "MLproject", line: 3, column: 5)
    let wrong = EntryPoint(
      name: "fit", trainer: "gbdt",
      parameters: [
        Parameter("rounds", default: "0", location: place),
        Parameter("targt", default: "x", location: place),
      ])
    let failure = try #require(throws: Failure.self) { try wrong.declaring(own) }
    #expect(
      failure.details.map(\.message) == [
        "`rounds` is 0, less than 1", "the trainer `gbdt` has no parameter `targt`",
      ])
    #expect(failure.details.map(\.location) == [place, place])
  }

  @Test("paths become absolute, from the working directory, defaults also from the project")
  func paths() throws {
    let work = try TemporaryFolder()
    try work.write("1", to: "here.csv")
    try work.write("1", to: "project/there.csv")
    try work.write("1", to: "a b")
    let project = work.path.appending("project")
    let entry = EntryPoint(
      name: "e", command: "x",
      parameters: [
        Parameter("a", .path), Parameter("b", .path, default: "there.csv"),
        Parameter("c", .path, default: ""),
      ])
    let resolve = { (value: String) in
      try entry.arguments(given: [("a", value)])
        .resolvingPaths(in: work.path, project: project) { uri, index in
          FilePath("/fetched/\(index)/\(uri.utf8.count)")
        }
        .parameters.map(\.value)
    }
    let there = project.appending("there.csv").string
    #expect(try resolve("./here.csv") == [work.path.appending("here.csv").string, there, ""])
    #expect(try resolve("a%20b").first == work.path.appending("a b").string)
    #expect(try resolve("file:here.csv").first == work.path.appending("here.csv").string)
    #expect(try resolve("s3://b/k").first == "/fetched/0/8")
    let failure = try #require(throws: Failure.self) { try resolve("there.csv") }
    #expect(failure.message == "`a` is `there.csv`, and there is no such path")
    #expect(failure.code == .notFound)
  }

  @Test("a URI needs a scheme") func uris() throws {
    let entry = EntryPoint(name: "e", command: "x", parameters: [Parameter("u", .uri)])
    #expect(try entry.arguments(given: [("u", "s3://b/k")])["u"]?.value == "s3://b/k")
    let failure = try #require(throws: Failure.self) { try entry.arguments(given: [("u", "b/k")]) }
    #expect(failure.message == "`u` is `b/k`, which is not a URI")
  }
}
