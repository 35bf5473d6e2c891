import Formats
import Support

/// MLproject files with the parameters of a run, generated.
enum MLprojectCases {
  struct Case {
    var text: String
    /// Other files in the project's folder.
    var files: [String]
    var entry: String
    var given: [(name: String, value: String)]
  }

  static let parameterNames = ["alpha", "max-depth", "l1_ratio", "x", "data", "é", "Name"]

  static func make(_ random: inout SeededRandom) -> Case {
    var text =
      random.chance(1, of: 2) ? "name: \(random.pick(["wine", "5", "a b", "~", "'q'"]))\n" : ""
    let (environment, files) = environment(&random)
    text += environment
    if random.chance(1, of: 6) { text += "unknown: [1, {a: b}]\n" }
    var names = Array(["main", "train", "evaluate"].prefix(Int(random.next() % 4)))
    var declared: [String: [String: String]] = [:]
    if !names.isEmpty { text += "entry_points:\n" }
    for name in names {
      text += "  \(name):\n"
      let parameters = parameterNames.filter { _ in random.chance(2, of: 5) }
      if !parameters.isEmpty {
        text += "    parameters:\n"
        for parameter in parameters {
          let (specification, type) = specification(&random)
          text += "      \(parameter): \(specification)\n"
          declared[name, default: [:]][parameter] = type
        }
      }
      text += "    command: \(command(parameters, &random, isAlone: names.count == 1))\n"
      if random.chance(1, of: 5) {
        text +=
          "    description: what it does\n    extra_key: 1\n    cache: false\n    sources: [src, '*.py']\n"
      }
    }
    if names.isEmpty { text += "name: none\n" }
    if random.chance(1, of: 5) {
      names = [
        "train.py", "run.sh", "x.R", "a b.py", ".py", "d.py/x", "no", "sub/it's.sh", "..py", "x.r",
      ]
    }
    let entry = names.isEmpty ? "main" : random.pick(names)
    return Case(
      text: text, files: files, entry: entry, given: given(declared[entry] ?? [:], &random))
  }

  private static func environment(_ random: inout SeededRandom) -> (String, [String]) {
    let files = ["python_env.yaml", "conda.yaml", "other.yaml"].filter { _ in
      random.chance(1, of: 3)
    }
    let lines = [
      "python_env: python_env.yaml\n", "conda_env: conda.yaml\n", "python_env: other.yaml\n",
      "conda_env: ''\n",
      "docker_env: {image: x}\n", "docker_env: {}\n", "docker_env: {image: ''}\n",
      "python_env: ~\n",
      "docker_env: {image: x, volumes: [/a:/b], environment: [[A, b], C]}\n",
      "docker_env: {image: x, volumes: a}\n",
      "docker_env: {image: x, volumes: [1]}\n", "docker_env: {image: x, environment: {A: b}}\n",
      "docker_env: {image: x, environment: [1]}\n", "python_env: 5\n", "conda_env: [a]\n",
    ]
    if random.chance(1, of: 3) { return ("", files) }
    if random.chance(1, of: 12) { return (random.pick(lines) + random.pick(lines), files) }
    // Mostly one that works, so that the rest of the file counts.
    let line = random.chance(1, of: 3) ? random.pick(lines) : "docker_env: {image: x}\n"
    return (line, files)
  }

  /// The text of a parameter's specification and its type.
  private static func specification(_ random: inout SeededRandom) -> (String, String) {
    let type = random.pick([
      "string", "float", "int", "bool", "path", "uri", "any", "str", "Float", "5", "~",
    ])
    if random.chance(1, of: 4), type != "5", type != "~" { return (type, type) }
    if random.chance(1, of: 40) { return (random.pick(["5", "~", "[a]", "1.5"]), "any") }
    var parts = random.chance(4, of: 5) ? ["type: \(type)"] : []
    if random.chance(2, of: 3) {
      parts.append("default: " + defaultValue(parts.isEmpty ? "string" : type, &random))
    }
    if random.chance(1, of: 8) { parts.append("help: text") }
    if random.chance(1, of: 8) { parts.append("description: text") }
    return ("{" + parts.joined(separator: ", ") + "}", parts.isEmpty ? "string" : type)
  }

  private static func defaultValue(_ type: String, _ random: inout SeededRandom) -> String {
    switch type {
    case "int":
      random.pick([
        "5", "-1", "010", "0x1F", "1_000", "12:30", "'7'", "~", "123456789012345678901234567890",
      ])
    case "float":
      random.pick([
        "0.5", "1e-1", ".0", "1.5e+3", "1.0e-5", "1", ".inf", "-.inf", "'2'", "~",
        "123456789.123456789",
      ])
    case "bool": random.pick(["yes", "no", "true", "False", "on", "'1'", "0", "'Yes'"])
    case "path":
      random.pick(["data.csv", "missing.csv", "s3://b/k", "dir", "'a%20b'", "5", "[a]", "~"])
    case "uri": random.pick(["s3://b/k", "noscheme", "'http:x'", "5", "~", "''"])
    default:
      random.pick([
        "x", "'a b'", "5", "1e-1", "1.0e+16", "yes", "010", "12:30", "2020-01-02", ".inf",
        "[1, two]", "{a: 1.0, b: ~}",
        "''", "\"it's\"", "~", "\"tab\\t\"", "2001-12-14t21:59:43.10-05:00", "0x1F",
        "\"\\u00e9 \\U0001F600\"", "!!binary aGk=",
        "'{x}'", "$HOME", "[{a: [1.5, 'q']}, ~, yes]", "!!str 5",
      ])
    }
  }

  private static func command(
    _ parameters: [String], _ random: inout SeededRandom, isAlone: Bool
  ) -> String {
    if isAlone, random.chance(1, of: 25) { return random.pick(["5", "~", "[a]", "{a: b}", "''"]) }
    var words = ["python", "train.py"]
    for parameter in parameters where random.chance(4, of: 5) {
      words.append(
        random.pick([
          "--\(parameter) {\(parameter)}", "{\(parameter)}", "--x={\(parameter)}",
          "'{\(parameter)}'",
        ]))
    }
    if random.chance(1, of: 8) {
      words.append(
        random.pick([
          "{{x}}", "{missing}", "{x!r}", "{alpha:>9}", "{", "}", "{}", "{0}", "{alpha[0]}", "{x",
        ]))
    }
    let line = words.joined(separator: " ")
    return switch random.next() % 4 {
    case 0: ">-\n      \(words.joined(separator: "\n      "))"
    case 1: "|\n      \(line)"
    default: JSONValue.string(line).text()
    }
  }

  private static func given(
    _ declared: [String: String], _ random: inout SeededRandom
  ) -> [(name: String, value: String)] {
    var given: [(name: String, value: String)] = []
    for name in declared.keys.sorted() where random.chance(5, of: 6) {
      given.append((name, value(declared[name] ?? "string", &random)))
    }
    if random.chance(1, of: 3) {
      given.append((random.pick(["extra", "weird key", "--x", "é'", "a"]), value("any", &random)))
    }
    if random.chance(1, of: 6) { given.append(("zeta", value("any", &random))) }
    return given
  }

  private static func value(_ type: String, _ random: inout SeededRandom) -> String {
    switch type {
    case "int": random.pick(["5", "-7", "1_0", " 4 ", "00"])
    case "float": random.pick(["0.5", "1e-3", "nan", ".5", "-inf", "7"])
    case "bool": random.pick(["true", "False", "1", "no", "ON"])
    case "path":
      random.pick([
        "data.csv", "./data.csv", "dir/../data.csv", "missing.csv", "file:data.csv", "a%20b", "a b",
        "s3://b/k?x#y", "dir",
        "dir/", "http://h/x", "file://h/x", ".", "FILE:data.csv", "x:y",
      ])
    case "uri":
      random.pick(["s3://b/k", "noscheme", "http:x", "a b:c", ":x", "1a:b", "A+b.c-1:x", ""])
    default:
      random.pick(["0.5", "a b", "", "it's", "$HOME", "é", "{x}", "1\n2", "--flag", "a\"b", "*"])
    }
  }
}
