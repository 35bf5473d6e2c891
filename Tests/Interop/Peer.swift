import Formats
import Glibc
import Platform
import Support
import SystemPackage
import Testing

/// The peers' Python.
enum Peer {
  /// The interpreter of the virtual environment that `make test-interop` makes.
  static var python: FilePath {
    get throws {
      let folder = try #require(
        getenv("REPRISE_PEERS").map { String(cString: $0) },
        "REPRISE_PEERS names no virtual environment: run `make test-interop`")
      return FilePath(folder).appending("bin/python")
    }
  }

  /// The interpreter of the virtual environment with MLflow's second version.
  static var python2: FilePath {
    get throws {
      let folder = try #require(
        getenv("REPRISE_MLFLOW2").map { String(cString: $0) },
        "REPRISE_MLFLOW2 names no virtual environment: run `make test-tracking`")
      return FilePath(folder).appending("bin/python")
    }
  }

  /// Runs a script once and gives its answer to every case.
  ///
  /// - Parameter answer: Python source of a function `answer(case)` that returns something JSON can hold; an exception
  ///   becomes `{"error": TYPE, "message": TEXT}`.
  static func ask(_ answer: String, about cases: [JSONValue]) throws -> [JSONValue] {
    let folder = try TemporaryFolder()
    try folder.write(cases.map { $0.text() + "\n" }.joined(), to: "in.jsonl")
    try start(prologue + answer + epilogue, in: folder)
    let answers = try folder.read("out.jsonl").split(separator: "\n")
    try #require(answers.count == cases.count)
    return try answers.map { try JSONValue(parsing: String($0), allowsNonFinite: true) }
  }

  /// Runs a script that works on the files of a folder.
  ///
  /// - Parameter script: Python source; `folder` is defined in it, and it must write `result.json` there.
  static func run(_ script: String, in folder: TemporaryFolder) throws -> JSONValue {
    try start("import sys\nfolder = sys.argv[1]\n" + script, in: folder)
    return try JSONValue(parsing: folder.read("result.json"), allowsNonFinite: true)
  }

  /// Runs a script in a folder, with the folder as its argument; when it fails, the test does with what it said.
  private static func start(_ script: String, in folder: TemporaryFolder) throws {
    let base = folder.path.string
    try folder.write(script, to: "script.py")
    let status = system(
      "cd '\(base)' && '\(try python)' -W ignore script.py '\(base)' > said 2>&1 < /dev/null")
    let said = try FileSystem.read(folder.path.appending("said"))
    try #require(
      status == 0, "the peer's Python failed: \(String(decoding: said, as: UTF8.self))")
  }

  private static let prologue = """
    import json

    """

  private static let epilogue = """

    with open("in.jsonl", encoding="utf-8") as cases, open("out.jsonl", "w") as out:
        for line in cases:
            try:
                result = answer(json.loads(line))
            except RecursionError:
                result = {"error": "RecursionError", "message": ""}
            except Exception as error:
                result = {"error": type(error).__name__, "message": str(error)}
            out.write(json.dumps(result) + "\\n")
    """
}
