import ArgumentParser
import Checks
import Compute
import Formats
import Learning
import Platform
import SystemPackage

/// `reprise data infer`: a first suite of tests from a table as it is.
struct DataInfer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "infer",
    abstract: "Write a suite of data tests from a table as it is.",
    discussion: """
      The types of the columns, their ranges and values, missing cells, keys, duplicates, shares of classes and correlations, \
      each with room for what may come. Every line is a guess, and marked as one, until somebody has looked at it. All tests \
      pass on the very table.

        reprise data infer data/penguins.csv
        reprise data infer data/penguins.csv -o tests/data/penguins.yml --label species
        reprise test penguins
      """)

  @Argument(help: "CSV, Parquet, JSON Lines, SQLite (store.db#table) or NPY.", completion: .file())
  var file: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write the suite to a file.", valueName: "suite"),
    completion: .file())
  var output: String?

  @Option(help: ArgumentHelp("The column that is to be predicted.", valueName: "column"))
  var label: String?

  @Flag(help: "Write over a suite that is there.")
  var force = false

  @Option(help: ArgumentHelp("How many threads read.", valueName: "n"))
  var threads: Int?

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try Place(global)
    let target = try output.map { try FileSystem.absolute(FilePath($0), in: place.folder) }
    if let target, let output, !force, FileSystem.exists(target) {
      throw Failure(.conflict, "`\(output)` is there already", hint: "write over it with --force")
    }
    let path = try FileSystem.absolute(FilePath(file), in: place.folder)
    let root = Self.root(of: target) ?? TestProject.root(above: place.folder) ?? place.folder
    var below = path
    let data = below.removePrefix(root) && !below.isEmpty ? below.string : path.string
    let name = (target?.lastComponent?.string).map { "tests/data/\($0)" } ?? "suite"
    let width = max(1, min(threads ?? WorkerPool.processorCount, 256))
    let label = label
    let text = try await ParallelWork.onDeepThread {
      let stream = try TableStreams.open(path)
      let inferred = try SuiteInference(stream, label: label, threads: width)
        .suite(file: name, data: data)
      // A pattern of files, or a table in a database, has no hash of its own.
      let digest =
        FileSystem.isFile(path) ? ", sha256 \(try SHA256.digest(ofFile: path).hex)" : ""
      return inferred.text(origin: data + digest)
    }
    guard let target, let output else { return global.console.write(Array(text.utf8)) }
    try FileSystem.createDirectory(target.removingLastComponent())
    try FileSystem.write(text, to: target)
    let short = target.lastComponent?.stem ?? output
    let isSuite = Self.root(of: target) != nil
    global.console.note(
      "wrote \(output); look at its guesses, then: reprise test \(isSuite ? short : output)")
  }

  /// The project of a suite in `tests/data`.
  private static func root(of target: FilePath?) -> FilePath? {
    guard var folder = target?.removingLastComponent() else { return nil }
    for name in ["data", "tests"] {
      guard folder.lastComponent?.string == name else { return nil }
      folder.removeLastComponent()
    }
    return folder
  }
}
