import Formats
import Glibc
import Platform
import Support
import SystemPackage
import Testing

/// The peers' Python, asked about a whole batch of cases in one process.
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

  /// Runs a script once and gives its answer to every case.
  ///
  /// - Parameter answer: Python source of a function `answer(case)` that returns something JSON can hold; an exception
  ///   becomes `{"error": TYPE, "message": TEXT}`.
  static func ask(_ answer: String, about cases: [JSONValue]) throws -> [JSONValue] {
    let folder = try TemporaryFolder()
    let script = try folder.write(prologue + answer + epilogue, to: "peer.py")
    let lines = cases.map { $0.text() + "\n" }.joined()
    let input = try folder.write(lines, to: "in.jsonl")
    let output = folder.path.appending("out.jsonl")
    let words = [try python.string, script.string, input.string, output.string]
    let status = system("cd '\(folder.path)' && " + words.map { "'\($0)'" }.joined(separator: " "))
    try #require(status == 0, "the peer's Python failed")
    let answers = try FileSystem.readText(output).split(separator: "\n")
    try #require(answers.count == cases.count)
    return try answers.map { try JSONValue(parsing: String($0), allowsNonFinite: true) }
  }

  private static let prologue = """
    import json, sys

    """

  private static let epilogue = """

    with open(sys.argv[1], encoding="utf-8") as cases, open(sys.argv[2], "w") as out:
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
