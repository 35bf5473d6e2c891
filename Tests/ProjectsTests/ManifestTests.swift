import Formats
import Platform
import Projects
import Testing

@Suite("MLproject files") struct ManifestTests {
  @Test("everything that may stand in one") func everything() throws {
    let manifest = try Manifest(
      text: """
        name: wine
        conda_env: conda.yaml
        entry_points:
          train:
            description: Fits the model
            parameters:
              alpha: {type: float, default: 0.5, min: 0, max: 1, description: mixing}
              booster: {type: string, default: gbdt, choices: [gbdt, forest]}
              rounds: {type: int, default: 1_000, min: 1}
              verbose: {flag: --verbose}
              depth: {type: int, required: false}
              data: path
              other: {help: x}
            command: "python train.py --alpha {alpha}"
            inputs: [data/wine.csv]
            outputs: [models/, reports/metrics.json]
            sources: [train.py, "src/**/*.py"]
            cache: no
            timeout: 2h
            env: {OMP_NUM_THREADS: 4, MODE: fast}
          fit:
            trainer: gbdt
            parameters: {max_depth: {default: 6}, target: species}
          explore: {notebook: notebooks/01.ipynb}
        """)
    #expect(manifest.name == "wine")
    #expect(manifest.warnings == [])
    #expect(manifest.entryPoints.map(\.name) == ["train", "fit", "explore"])
    let train = manifest.entryPoints[0]
    #expect(train.description == "Fits the model")
    #expect(train.command == "python train.py --alpha {alpha}")
    #expect(train.location?.description == "MLproject:4:3")
    #expect(train.commandLocation?.description == "MLproject:14:14")
    #expect(train.inputs == ["data/wine.csv"])
    #expect(train.outputs == ["models/", "reports/metrics.json"])
    #expect(train.sources == ["train.py", "src/**/*.py"])
    #expect(!train.caches)
    #expect(manifest.entryPoints[1].caches && manifest.entryPoints[1].sources == nil)
    #expect(train.timeout == .seconds(7200))
    #expect(train.environment == [.init("OMP_NUM_THREADS", "4"), .init("MODE", "fast")])
    let parameters = train.parameters
    #expect(
      parameters.map(\.name) == ["alpha", "booster", "rounds", "verbose", "depth", "data", "other"])
    #expect(parameters.map(\.kind) == [.float, .string, .int, .bool, .int, .path, .string])
    #expect(parameters.map(\.defaultValue) == ["0.5", "gbdt", "1000", nil, nil, nil, nil])
    #expect(parameters.map(\.isRequired) == [false, false, false, false, false, true, true])
    #expect(parameters[0].minimum == 0 && parameters[0].maximum == 1)
    #expect(parameters[0].location?.description == "MLproject:7:7")
    #expect(parameters[1].choices == ["gbdt", "forest"])
    #expect(parameters[3].flag == "--verbose")
    #expect(manifest.entryPoints[1].trainer == "gbdt")
    #expect(manifest.entryPoints[1].parameters.map(\.defaultValue) == ["6", "species"])
    #expect(manifest.entryPoints[2].notebook == "notebooks/01.ipynb")
  }

  @Test(
    "defaults are Python's text of the YAML value",
    arguments: [
      ("1e-1", "1e-1"), (".0", "0.0"), ("1.5e+3", "1500.0"), ("1.0e-5", "1e-05"), ("010", "8"),
      ("0x1F", "31"),
      ("1_000", "1000"), ("yes", "True"), ("12:30", "750"), ("2020-01-02", "2020-01-02"),
      (".inf", "inf"),
      ("[1, two]", "[1, 'two']"), ("''", ""), ("123456789.123456789", "123456789.12345679"),
      ("123456789012345678901234567890", "123456789012345678901234567890"),
      ("{a: ~}", "{'a': None}"),
    ])
  func defaults(written: String, expected: String) throws {
    let manifest = try Manifest(parameter: "{default: \(written)}")
    #expect(manifest.entryPoints[0].parameters[0].defaultValue == expected)
    #expect(!manifest.entryPoints[0].parameters[0].isRequired)
  }

  @Test("a default of null is none") func nullDefault() throws {
    #expect(try Manifest(parameter: "{default: ~}").entryPoints[0].parameters[0].isRequired)
  }

  @Test(
    "types that are not checked stay text", arguments: ["any", "str", "Float", "5", "~", "[a]"])
  func otherTypes(type: String) throws {
    let manifest = try Manifest(parameter: "{type: \(type), default: abc}")
    guard case .other = manifest.entryPoints[0].parameters[0].kind else {
      Issue.record("\(manifest)")
      return
    }
  }

  @Test(
    "times",
    arguments: [
      ("90", 90), ("1.5", 1.5), ("90s", 90), ("10m", 600), ("2h", 7200), ("1d", 86_400),
      ("0.5h", 1800), ("'30'", 30),
    ])
  func times(written: String, seconds: Double) throws {
    let manifest = try Manifest(entry: "timeout: \(written)")
    #expect(manifest.entryPoints[0].timeout == .seconds(seconds))
  }

  @Test(
    "no file content is an empty project, and MLflow could not read it",
    arguments: ["", "# nothing\n", "~"])
  func empty(text: String) throws {
    let manifest = try Manifest(text: text)
    #expect(manifest.entryPoints == [])
    #expect(manifest.warnings.count == 1)
  }

  @Test(
    "what probably is a mistake is warned of, and works",
    arguments: [
      ("entry_point: {}", "unknown key `entry_point` is ignored"),
      ("entry_points: {a: {command: x, paramters: {}}}", "unknown key `paramters` is ignored"),
      (
        "entry_points: {a: {command: x, parameters: {p: {type: int, defualt: 1}}}}",
        "unknown key `defualt` is ignored"
      ),
      (
        "entry_points: {a: {command: x, parameters: {p: {type: flaot}}}}",
        "`p` has the unknown type `flaot` and is taken as text"
      ),
      (
        "entry_points: {a: {command: x, parameters: {on: int}}}",
        "the name `on` is a truth value to YAML: `True`"
      ),
      (
        "entry_points: {a: {command: x, parameters: ~}}",
        "`parameters` of `a` is empty; MLflow cannot read that"
      ),
      (
        "entry_points: {a: {command: x, parameters: {p: {required: true, default: 1}}}}",
        "`p` is required and has a default, which is used"
      ),
      (
        "entry_points: {a: {command: x}, a: {command: y}}",
        "`a` stands in line 1 and again in line 1"
      ),
    ])
  func warnings(text: String, expected: String) throws {
    let manifest = try Manifest(text: text)
    #expect(manifest.warnings.map(\.message) == [expected])
    #expect(manifest.warnings.first?.location?.line == 1)
    #expect(manifest.warnings.first?.hint != nil)
  }

  @Test("a key that overrides a merged one stands once") func merged() throws {
    let text = """
      entry_points:
        a: &a {command: x, description: one}
        b: {<<: *a, command: y}
      """
    let manifest = try Manifest(text: text)
    #expect(manifest.warnings == [])
    #expect(manifest.entryPoints.map(\.command) == ["x", "y"])
    #expect(manifest.entryPoints[1].description == "one")
  }

  @Test("unknown keys that resemble none are MLflow's business") func unknownKeys() throws {
    let text =
      "zzz: 1\nentry_points: {a: {command: x, resources: {gpu: 1}, parameters: {p: {help: x}}}}"
    #expect(try Manifest(text: text).warnings == [])
  }
}

extension Manifest {
  init(text: String) throws(Failure) { try self.init(parsing: Array(text.utf8), file: "MLproject") }

  /// One entry point `main` with a command and these keys.
  init(entry keys: String) throws(Failure) {
    try self.init(text: "entry_points:\n  main:\n    command: run\n    \(keys)\n")
  }

  /// One entry point `main` with one parameter `p`.
  init(parameter specification: String) throws(Failure) {
    try self.init(entry: "parameters:\n      p: \(specification)")
  }
}
