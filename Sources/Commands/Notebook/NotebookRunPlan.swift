import Formats
import Glibc
import Notebooks
import Platform
import SystemPackage

/// Which notebooks a command line runs, where to, and with which parameters: papermill's rules about its two paths, and
/// ours about several.
struct NotebookRunPlan {
  /// One notebook to be run once.
  struct Job {
    var input: String
    var output: String
    /// Values of `--sweep`, which go before all others.
    var swept: [(name: String, value: String)] = []
  }

  let jobs: [Job]
  let isInputPiped: Bool

  /// - Parameters:
  ///   - paths: IN and OUT, or with a folder every input.
  ///   - sweeps: `name=a,b`.
  ///   - folder: that every input is written into.
  ///   - asksForHelp: whether only the parameters are to be listed, for which no output is needed.
  /// - Throws: ``Failure`` with `.usage`.
  init(paths: [String], sweeps: [String], into folder: String?, asksForHelp: Bool) throws {
    isInputPiped = Self.isPipe(0)
    let pairs = try Self.pairs(
      paths, into: folder, asksForHelp: asksForHelp, isInputPiped: isInputPiped)
    let combinations = Self.combinations(of: sweeps)
    jobs = pairs.flatMap { pair in
      combinations.map { Job(input: pair.0, output: pair.1, swept: $0) }
    }
  }

  private static func pairs(
    _ paths: [String], into folder: String?, asksForHelp: Bool, isInputPiped: Bool
  ) throws -> [(String, String)] {
    if let folder {
      guard !paths.isEmpty else { throw Failure(.usage, "no notebook is named", hint: nil) }
      if let address = RemoteName(folder) { throw address.unwritten }
      return paths.map { path in
        let name = FilePath(path).lastComponent?.string ?? path
        return (path, FilePath(folder).appending(name).string)
      }
    }
    guard paths.count <= 2 else {
      throw Failure(
        .usage, "`\(paths[2])` is one argument too many",
        hint: "to run several notebooks, name the folder that they go into: --into FOLDER")
    }
    let input = paths.first ?? ""
    let output = paths.count == 2 ? paths[1] : ""
    if paths.isEmpty, !isInputPiped {
      throw Failure(
        .usage, "no notebook is named", hint: "write `reprise notebook run IN.ipynb OUT.ipynb`")
    }
    let isOutputPiped = !Terminal.isTerminal(1)
    if !asksForHelp, output.isEmpty, !isInputPiped, !isOutputPiped {
      throw Failure(
        .usage, "no output is named, and standard output is a terminal",
        hint: "write `reprise notebook run \(input) OUT.ipynb`")
    }
    if isInputPiped, !input.isEmpty, output.isEmpty, !asksForHelp { return [("-", input)] }
    return [(input.isEmpty ? "-" : input, output.isEmpty ? "-" : output)]
  }

  /// Every combination of the values of `name=a,b`, in the order given.
  private static func combinations(of sweeps: [String]) -> [[(name: String, value: String)]] {
    sweeps.reduce([[]]) { done, sweep in
      let parts = sweep.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let values = parts.last?.split(separator: ",", omittingEmptySubsequences: false) ?? []
      return done.flatMap { before in
        values.map { before + [(name: String(parts[0]), value: String($0))] }
      }
    }
  }

  private static func isPipe(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
  }
}
