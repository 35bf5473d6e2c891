import Formats
import Glibc
import Platform
import Support
import SystemPackage
import Testing

/// Runs a Python script with the peers' interpreter, and hands on the JSON that it leaves.
enum LearningPeer {
  /// - Parameter script: Python source; `folder` is defined in it, and it must write `result.json`
  ///   there.
  /// - Throws: when `REPRISE_PEERS` names no virtual environment, or the script fails, with what it
  ///   said.
  static func run(_ script: String, in folder: TemporaryFolder) throws -> JSONValue {
    let peers = try #require(
      getenv("REPRISE_PEERS").map { String(cString: $0) },
      "REPRISE_PEERS must name a virtual environment with pandas and scikit-learn")
    try folder.write("import sys\nfolder = sys.argv[1]\n" + script, to: "script.py")
    let python = FilePath(peers).appending("bin/python").string
    let base = folder.path.string
    let status = system(
      "'\(python)' -W ignore '\(base)/script.py' '\(base)' > '\(base)/said' 2>&1 < /dev/null")
    let said = try FileSystem.read(folder.path.appending("said"))
    try #require(status == 0, "\(String(decoding: said, as: UTF8.self))")
    let bytes = try FileSystem.read(folder.path.appending("result.json"))
    return try JSONValue(parsing: bytes, allowsNonFinite: true)
  }
}
