import Formats
import Platform
import Projects
import Support
import Testing

@Suite("MLproject files that are wrong") struct ManifestFailureTests {
  @Test(
    "a wrong parameter is told with its place and what to write",
    arguments: [
      ("{type: int, default: abc}", 31, "`default` of `p` is `abc`, which is not a whole number"),
      ("{type: int, default: 5.0}", 31, "`default` of `p` is `5.0`, which is not a whole number"),
      ("{type: float, default: x}", 33, "`default` of `p` is `x`, which is not a number"),
      ("{type: bool, default: 2}", 32, "`default` of `p` is `2`, which is not a truth value"),
      ("{type: float, default: 2, max: 1}", 33, "`default` of `p` is 2, more than 1"),
      ("{type: float, default: -1, min: 0}", 33, "`default` of `p` is -1, less than 0"),
      ("{type: float, default: .nan, min: 0}", 33, "`default` of `p` is nan, less than 0"),
      (
        "{default: c, choices: [a, b]}", 20,
        "`default` of `p` is `c`, which is not among its choices"
      ),
      ("{min: 1}", 11, "`min` is for `int` and `float`, and `p` is `string`"),
      ("{type: bool, max: 1}", 23, "`max` is for `int` and `float`, and `p` is `bool`"),
      ("{type: int, min: x}", 27, "`min` of `p` is `x`, which is not a number"),
      ("{type: int, min: yes}", 27, "`min` of `p` is `True`, which is not a number"),
      ("{type: int, min: [1]}", 27, "`min` of `p` is `[1]`, which is not a number"),
      ("{type: int, min: .nan}", 27, "`min` of `p` is `nan`, which is not a number"),
      ("{type: int, min: 2, max: 1}", 35, "`max` of `p` is 1, below `min`, 2"),
      ("{choices: a}", 20, "`choices` of `p` is text, not a list"),
      ("{choices: []}", 20, "`choices` of `p` is empty"),
      ("{choices: [[a]]}", 21, "`choices` of `p` has a list, which is not a single value"),
      ("{type: int, choices: [1, b]}", 35, "`choices` of `p` is `b`, which is not a whole number"),
      ("{type: int, choices: [1, 9], max: 5}", 35, "`choices` of `p` is 9, more than 5"),
      ("{required: maybe}", 21, "`required` of `p` is text, not true or false"),
      ("{type: int, flag: --x}", 22, "`flag` is for `bool`, and `p` is `int`"),
      ("{flag: 5}", 17, "`flag` is a whole number, not an option"),
      ("{flag: ''}", 17, "`flag` is text, not an option"),
      ("{description: [a]}", 24, "the description of `p` is a list, not a text"),
      ("5", 10, "the parameter `p` is a whole number, not a mapping"),
      ("~", 10, "the parameter `p` is null, not a mapping"),
      ("[a]", 10, "the parameter `p` is a list, not a mapping"),
    ])
  func parameters(written: String, column: Int, message: String) throws {
    let failure = try #require(throws: Failure.self) { try Manifest(parameter: written) }
    #expect(failure.message == message)
    #expect(failure.location == SourceLocation(file: "MLproject", line: 5, column: column))
    #expect(failure.code == .invalid)
    #expect(failure.hint != nil)
  }

  @Test(
    "a wrong key of an entry point is told with its place",
    arguments: [
      ("outputs: models/", 14, "`outputs` is text, not a list"),
      ("outputs: {a: b}", 14, "`outputs` is a mapping, not a list"),
      ("outputs: [5]", 15, "`outputs` has a whole number that is not a path"),
      ("outputs: [/tmp/x]", 15, "the output `/tmp/x` is outside of the project"),
      ("outputs: [a, ../x]", 18, "the output `../x` is outside of the project"),
      ("outputs: [a/../../x]", 15, "the output `a/../../x` is outside of the project"),
      ("inputs: data.csv", 13, "`inputs` is text, not a list"),
      ("inputs: ['']", 14, "`inputs` has text that is not a path"),
      ("cache: maybe", 12, "`cache` of `main` is text, not true or false"),
      ("cache: 'no'", 12, "`cache` of `main` is text, not true or false"),
      ("cache: 0", 12, "`cache` of `main` is a whole number, not true or false"),
      ("sources: src", 14, "`sources` is text, not a list"),
      ("sources: [src, 5]", 20, "`sources` has a whole number that is not a path"),
      ("sources: ['']", 15, "`sources` has text that is not a path"),
      ("timeout: soon", 14, "`timeout` is `soon`, which is not a time"),
      ("timeout: -1", 14, "`timeout` is `-1`, which is not a time"),
      ("timeout: 5x", 14, "`timeout` is `5x`, which is not a time"),
      ("timeout: .inf", 14, "`timeout` is `inf`, which is not a time"),
      ("timeout: 1e999h", 14, "`timeout` is `1e999h`, which is not a time"),
      ("timeout: [1]", 14, "`timeout` is `[1]`, which is not a time"),
      ("env: [A]", 10, "`env` is a list, not a mapping"),
      ("env: {A: yes}", 14, "the variable `A` is a truth value, not a text"),
      ("env: {A: ~}", 14, "the variable `A` is null, not a text"),
      ("env: {A=B: 1}", 11, "`A=B` cannot be the name of a variable"),
      ("env: {A: \"x\\0\"}", 14, "the variable `A` has a NUL character"),
      ("trainer: gbdt", 5, "the entry point `main` has `command` and `trainer`"),
      ("description: {a: b}", 18, "the description of `main` is a mapping, not a text"),
      ("parameters: [a]", 17, "`parameters` of `main` is a list, not a mapping"),
    ])
  func entryPoints(written: String, column: Int, message: String) throws {
    let failure = try #require(throws: Failure.self) { try Manifest(entry: written) }
    #expect(failure.message == message)
    #expect(failure.location == SourceLocation(file: "MLproject", line: 4, column: column))
  }

  @Test(
    "a wrong file is told with its place",
    arguments: [
      ("[a]", 1, 1, "MLproject is not a mapping"), ("text", 1, 1, "MLproject is not a mapping"),
      ("entry_points: [a]", 1, 15, "`entry_points` is a list, not a mapping"),
      ("entry_points: {a: python x}", 1, 19, "the entry point `a` is text, not a mapping"),
      ("entry_points: {a: ~}", 1, 19, "the entry point `a` is null, not a mapping"),
      (
        "entry_points: {a: {command: 5}}", 1, 29, "the command of `a` is a whole number, not a text"
      ),
      ("python_env: a\nconda_env: b", 2, 1, "`python_env` and `conda_env` exclude each other"),
      ("python_env: ~\ndocker_env: ~", 2, 1, "`python_env` and `docker_env` exclude each other"),
      ("python_env: 5", 1, 13, "`python_env` is a whole number, not a file"),
      ("docker_env: {volumes: []}", 1, 1, "`docker_env` has no image"),
      ("docker_env: x", 1, 13, "`docker_env` is text, not a mapping"),
      ("docker_env: {image: x, volumes: y}", 1, 33, "`volumes` is not a list of texts"),
      (
        "docker_env: {image: x, environment: [1]}", 1, 37,
        "`environment` is not a list of names and pairs"
      ),
      (
        "databricks_spark_job: {}", 1, 1,
        "`databricks_spark_job` needs either `python_file` or entry points, and not both"
      ),
    ])
  func files(text: String, line: Int, column: Int, message: String) throws {
    let failure = try #require(throws: Failure.self) { try Manifest(text: text) }
    #expect(failure.message == message)
    #expect(failure.location == SourceLocation(file: "MLproject", line: line, column: column))
  }

  @Test("all problems are told at once, in the order of the file") func together() throws {
    let failure = try #require(throws: Failure.self) {
      try Manifest(
        text: """
          entry_points:
            a: {command: x, parameters: {p: {type: int, default: x}, q: {min: 1}}}
            b: {command: 5, outputs: z}
          """)
    }
    #expect(failure.message == "4 problems in MLproject")
    #expect(failure.details.map(\.location?.line) == [2, 2, 3, 3])
  }

  @Test("broken YAML is told with its place") func yaml() throws {
    let failure = try #require(throws: Failure.self) { try Manifest(text: "name: a\n\tb: c\n") }
    #expect(
      failure.description == """
        error: found a tab character that violates indentation while scanning a plain scalar that starts in line 1
          --> MLproject:2:1
        hint: indent with spaces: YAML does not allow tabs there
        """)
    #expect(failure.code == .parse)
  }

  @Test("damaged files end in a manifest or a failure", arguments: 0..<8) func damaged(seed: UInt64)
  {
    var random = SeededRandom(seed: seed)
    let words = [
      "type", "default", "choices", "min", "max", "flag", "command", "trainer", "outputs",
      "timeout", "env", "~", "[", "]",
      "{", "}", ": ", "- ", "\n", "  ", "5", ".nan", "1e400", "yes", "'", "\"", "&a ", "*a", "<<",
      "!!set", "\u{0}", "é", "99999999999999999999",
    ]
    for _ in 0..<300 {
      var text = Array(Self.sample.unicodeScalars)
      for _ in 0..<(1 + random.next() % 4) {
        let position = Int(random.next() % UInt64(text.count))
        if random.next() % 2 == 0 {
          let word = words[Int(random.next() % UInt64(words.count))]
          text.insert(contentsOf: Array(word.unicodeScalars), at: position)
        } else {
          let end = min(text.count, position + Int(random.next() % 8))
          text.removeSubrange(position..<end)
          if text.isEmpty { text = ["x"] }
        }
      }
      var view = String.UnicodeScalarView()
      view.append(contentsOf: text)
      guard let manifest = try? Manifest(text: String(view)) else { continue }
      for entry in manifest.entryPoints {
        guard let arguments = try? entry.arguments(given: [("alpha", "0.5"), ("x", "y")]) else {
          continue
        }
        _ = try? entry.command(with: arguments)
      }
    }
  }

  private static let sample = """
    name: wine
    python_env: python_env.yaml
    entry_points:
      train:
        parameters:
          alpha: {type: float, default: 0.5, min: 0, max: 1}
          kind: {choices: [a, b], default: a}
          quiet: {type: bool, flag: -q, default: no}
          depth: {type: int, required: false}
        command: "python train.py --alpha {alpha} --depth {depth} {kind} {quiet}"
        outputs: [models/]
        timeout: 10m
        env: {A: 1}
    """
}
