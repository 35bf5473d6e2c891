/// Projects that both `mlflow run` and `reprise run` are given.
struct RunCase: Sendable {
  var manifest: String
  var entry = "main"
  var params: [(String, String)] = []
  /// Beside the MLproject.
  var files: [String: String] = [:]
  var subfolder = ""
  /// The project's folder; `project`, the case's number and this.
  var suffix = ""
  /// How the project is named: `{path}` is its absolute path, `{name}` its folder's name.
  var uri = "{path}"
  /// Where the command is started: in the project, unless this is set; then in the folder above.
  var startsAbove = false
  var experiment: String?
  /// What `-v` says; `{sha}` is the repository's first commit.
  var version: String?
  /// Shell text that makes the project a repository or changes it otherwise.
  var setup: String?

  /// Shell text that prints its words, each in brackets, and its folder.
  static let show = "printf '<%s>'"
}

extension RunCase {
  /// Values in all the shapes that a shell could take apart.
  static let values = [
    "plain", "two words", "it's", "\"quoted\"", "$HOME", "a;b", "*", "~", "한글 값", "a\\b", "-x",
    "--y=1", "{z}", "line\nbreak", "tab\tstop", "`id`", "$(id)", "!x", "#no", "a=b=c", "%d", " ",
    "0x1F", "", "a'b\"c", "\\", "\n", "é", "[a-z]", "a&b|c", "<in>out", "x\\ny", "🙂", "  pad  ",
    "-", "--", "1e-5", "None", "true", ".5",
  ]

  static let defaults = [
    "1e-1", ".0", "1.5e+3", "1.0e-5", "010", "0x1F", "1_000", "yes", "12:30", "2020-01-02", ".inf",
    "[1, two]", "\"\"", "123456789.123456789", "{a: b}", "'007'", "off", "1.10", "+1", "0b11",
    "0o7", "~x", "1e3", "-.inf", ".nan", "!!str 5", "0.1", "1e16", "123456789012345678901",
    "[yes, 1e-1]",
  ]

  static func declared(_ command: String, _ type: String = "string") -> String {
    "entry_points: {main: {parameters: {a: \(type)}, command: \"\(command)\"}}"
  }

  static func plain(_ command: String) -> String {
    "entry_points: {main: {command: \"\(command)\"}}"
  }

  static var all: [RunCase] {
    quoting + defaulted + scripts + paths + refused + places + repositories + versions
      + zips
  }

  private static var quoting: [RunCase] {
    values.flatMap { value in
      [
        RunCase(manifest: declared("\(show) {a} --a={a} \(dollar)1"), params: [("a", value)]),
        RunCase(manifest: plain("\(show) x; pwd -P; \(show)"), params: [("extra", value)]),
      ]
    }
      + values.prefix(24).map { value in
        RunCase(
          manifest: declared("\(show) \\\"{a}\\\" pre-{a}"), params: [("a", value)])
      }
  }

  private static let dollar = "$"

  private static var defaulted: [RunCase] {
    defaults.map { value in
      RunCase(
        manifest: "entry_points:\n  main:\n    parameters:\n"
          + "      a: {type: anything, default: \(value)}\n    command: \"\(show) {a}\"\n")
    }
  }

  /// Exit statuses, and entry points that are files.
  private static var scripts: [RunCase] {
    let probe = "import os, sys\nprint(sys.argv[1:], os.getcwd(), 'MLFLOW_RUN_ID' in os.environ)\n"
    let shell =
      "\(show) \"$@\"; pwd -P; test -n \"$MLFLOW_RUN_ID$MLFLOW_EXPERIMENT_ID\" && echo ids\n"
    var cases = [0, 1, 3, 42, 126, 127, 255].map { status in
      RunCase(manifest: plain("echo before; exit \(status)"))
    }
    cases.append(RunCase(manifest: plain("kill -9 $$")))
    cases.append(RunCase(manifest: plain("not-a-program-at-all")))
    cases.append(RunCase(manifest: plain("echo out; echo err >&2; printf end")))
    cases.append(RunCase(manifest: plain("set -e; false; echo after")))
    cases.append(RunCase(manifest: plain("echo {{literal}} ${{HOME}}")))
    for params in [[], [("x", "1"), ("y", "two words")], [("flag-name", "")]] {
      cases.append(
        RunCase(manifest: "", entry: "probe.py", params: params, files: ["probe.py": probe]))
      cases.append(RunCase(manifest: "", entry: "go.sh", params: params, files: ["go.sh": shell]))
    }
    cases.append(RunCase(manifest: plain("echo"), entry: "go.sh", files: ["go.sh": shell]))
    cases.append(RunCase(manifest: "", entry: "in/go.sh", files: ["in/go.sh": shell]))
    cases.append(RunCase(manifest: "", entry: "bad.py", files: ["bad.py": "raise SystemExit(4)\n"]))
    cases.append(RunCase(manifest: "", entry: "gone.sh"))
    return cases
  }

  private static var paths: [RunCase] {
    let path = declared("\(show) {a}; test -e {a} && echo there", "path")
    var cases = ["data.csv", "a b.csv", "./data.csv", "in/../data.csv", "in"].map { value in
      RunCase(
        manifest: path, params: [("a", value)],
        files: ["data.csv": "x\n", "a b.csv": "x\n", "in/below.txt": "x\n"])
    }
    for value in ["gone.csv", "in/gone"] {
      cases.append(RunCase(manifest: path, params: [("a", value)]))
    }
    cases.append(
      RunCase(
        manifest: path, params: [("a", "file://{path}/data.csv")], files: ["data.csv": "x\n"]))
    cases.append(
      RunCase(manifest: path, params: [("a", "{path}/data.csv")], files: ["data.csv": "x\n"]))
    cases.append(RunCase(manifest: path, params: [("a", "file://{path}/gone.csv")]))
    cases.append(RunCase(manifest: path, params: [("a", "above.csv")], startsAbove: true))
    let uri = declared("\(show) {a}", "uri")
    for value in [
      "https://example.org/x y", "s3://bucket/key", "no-scheme", "file:///etc/hosts", "mailto:x@y",
      "a:b",
    ] { cases.append(RunCase(manifest: uri, params: [("a", value)])) }
    return cases
  }

  /// What is found out before anything runs.
  private static var refused: [RunCase] {
    [
      RunCase(manifest: "", entry: "nothing"), RunCase(manifest: "", entry: "nothing.txt"),
      RunCase(manifest: plain("echo"), entry: "other"),
      RunCase(manifest: declared("\(show) {a}")), RunCase(manifest: plain("echo {b}")),
      RunCase(manifest: plain("echo {")), RunCase(manifest: plain("echo }")),
      RunCase(manifest: plain("echo {0}"), params: [("a", "1")]),
      RunCase(manifest: "entry_points: [a, b]"), RunCase(manifest: "name: [unclosed"),
      RunCase(manifest: "python_env: gone.yaml\n" + plain("echo")),
      RunCase(manifest: "conda_env: gone.yaml\n" + plain("echo")),
      RunCase(
        manifest: "python_env: a.yaml\nconda_env: b.yaml\n" + plain("echo"),
        files: ["a.yaml": "python: '3.11'\n", "b.yaml": "name: x\n"]),
      RunCase(manifest: plain("echo"), uri: "{path}/gone"),
      RunCase(manifest: plain("echo"), uri: "{path}#gone"),
      RunCase(manifest: plain("echo"), uri: "{path}#../x"),
    ]
  }

  /// How a project may be named, and the experiments that its runs go to.
  private static var places: [RunCase] {
    let here = plain("\(show) here; pwd -P")
    var cases: [RunCase] = []
    for folder in ["deep/below", "sub", "한글"] {
      cases.append(RunCase(manifest: here, subfolder: folder, uri: "{path}#\(folder)"))
    }
    for suffix in [" with space", "-한글", "-it's", "-\"q\"", "-$x", "-*", "-a;b", "-%20"] {
      cases.append(RunCase(manifest: here, suffix: suffix))
    }
    cases.append(RunCase(manifest: here, uri: "."))
    cases.append(RunCase(manifest: here, uri: "file://{path}"))
    cases.append(RunCase(manifest: here, uri: "{path}/"))
    cases.append(RunCase(manifest: here, uri: "{path}/../{name}"))
    cases.append(RunCase(manifest: here, uri: "{name}", startsAbove: true))
    cases.append(RunCase(manifest: here, uri: "./{name}", startsAbove: true))
    for name in ["first", "first", "두 번째", "with 'quotes'", "a/b"] {
      cases.append(RunCase(manifest: here, experiment: name))
    }
    for name in ["mlproject", "MLPROJECT", "MlProject"] {
      cases.append(RunCase(manifest: "", files: [name: here]))
    }
    return cases
  }

  private static var repositories: [RunCase] {
    let here = plain("\(show) here; pwd -P")
    let commit = "git init -q -b trunk . && git add -A && git commit -qm one"
    return [
      RunCase(manifest: here, setup: commit),
      RunCase(
        manifest: here, setup: "\(commit) && git remote add origin https://example.org/team/x.git"),
      RunCase(
        manifest: here, setup: "\(commit) && git remote add origin git@example.org:team/x.git"),
      RunCase(manifest: here, setup: "\(commit) && echo more >> MLproject2"),
      RunCase(manifest: here, setup: "git init -q ."),
      RunCase(manifest: here, subfolder: "sub", uri: "{path}#sub", setup: commit),
      RunCase(manifest: here, subfolder: "sub", uri: "{path}/sub", setup: commit),
    ]
  }

  /// Versions of a repository; both programs get the same one, and MLflow checks it out in place.
  private static var versions: [RunCase] {
    let setup = """
      git init -q -b trunk . && git add -A && git commit -qm one && git tag v1.0
      git rev-parse HEAD > .git/first
      git checkout -q -b side && sed -i 's/here/side/' MLproject sub/MLproject
      git add -A && git commit -qm two && git tag -a -m x annotated
      git checkout -q trunk && sed -i 's/here/trunk/' MLproject sub/MLproject
      git add -A && git commit -qm three
      """
    let here = plain("\(show) here; ls -A | grep -v -x -e .git -e .reprise")
    let names = ["trunk", "side", "v1.0", "annotated", "{sha}", "gone", "HEAD~1", ""]
    var cases = names.flatMap { name in
      ["{path}", "file://{path}", "{path}#sub"].map { uri in
        RunCase(
          manifest: here, files: ["sub/MLproject": here], uri: uri, version: name, setup: setup)
      }
    }
    cases.append(RunCase(manifest: here, version: "v1"))
    cases.append(RunCase(manifest: here, uri: "file://{path}", version: "v1"))
    return cases
  }

  private static var zips: [RunCase] {
    let here = plain("\(show) here; ls -A | sort")
    let setup = "mkdir -p in && cp MLproject in && python3 -m zipfile -c p.zip MLproject in"
    return ["{path}/p.zip", "file://{path}/p.zip", "{path}/p.zip#in", "{path}/p.zip#gone", "p.zip"]
      .map { RunCase(manifest: here, uri: $0, setup: setup) }
      + [
        RunCase(manifest: here, uri: "{path}/gone.zip"),
        RunCase(manifest: here, uri: "{path}/p.zip", setup: "echo no zip > p.zip"),
        RunCase(manifest: here, uri: "{path}/p.zip", version: "v1", setup: setup),
      ]
  }
}
