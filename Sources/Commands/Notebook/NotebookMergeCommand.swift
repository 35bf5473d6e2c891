import ArgumentParser
import Notebooks
import Platform
import SystemPackage

extension MergeStrategy: ExpressibleByArgument {}

/// `reprise notebook merge`: nbmerge's command line, and git's merge driver.
struct NotebookMergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Merge two versions of a notebook cell by cell.",
    discussion: """
      Sources are merged line by line inside of their cells, metadata key by key. Where both sides changed the \
      same, both cells are kept between cells `<<<<<<<`, `=======` and `>>>>>>>`; the result is a notebook in any case. \
      Outputs of a \
      cell that both sides ran anew are taken away unless --output-strategy says otherwise.

        reprise notebook merge base.ipynb ours.ipynb theirs.ipynb --out merged.ipynb

      The exit status is 1 when there are conflicts, 2 when nothing could be merged.
      """)

  @Argument(
    help: "Base, ours, theirs; with --driver what git gives: %O %A %B %L %P.", completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp("Where the result goes; standard output otherwise.", valueName: "file"))
  var out: String?

  @Flag(help: "Work as git's merge driver: the result goes to the second file.") var driver = false

  @Option(
    name: [.customLong("merge-strategy"), .customShort("s")],
    help: "inline, use-base, use-local, use-remote or union.")
  var strategy = MergeStrategy.inline
  @Option(help: "The same for sources and attachments.") var inputStrategy: MergeStrategy?
  @Option(help: "For outputs; `remove` and `clear-all` too.") var outputStrategy: MergeStrategy?
  @Flag(help: "Where both sides changed the same, take ours.") var ours = false
  @Flag(help: "Where both sides changed the same, take theirs.") var theirs = false
  @Flag(help: "Where both sides changed the same, take both.") var union = false
  @Flag(help: "Let execution counts and editors' notes conflict.") var noIgnoreTransients = false

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    guard files.count == 3 || driver && (3...5).contains(files.count) else {
      throw Failure(
        .usage,
        "a merge needs three notebooks: base, ours and theirs, and \(files.count) are given",
        hint: "reprise notebook merge base.ipynb ours.ipynb theirs.ipynb")
    }
    let place = try Place(global)
    for file in files.prefix(3) { try RemoteName.refuseReading(file) }
    if let address = out.flatMap(RemoteName.init) { throw address.unwritten }
    let paths = try files.prefix(3).map { try FileSystem.absolute(FilePath($0), in: place.folder) }
    let sides = try paths.enumerated().map { index, path in
      try ComparedNotebook.side(path, shown: files[index], mayBeEmpty: index == 0)
    }
    let merge = NotebookMerge(base: sides[0], ours: sides[1], theirs: sides[2], options)
    let bytes = merge.utf8()
    if driver {
      try FileSystem.write(bytes, to: paths[1], durable: false)
    } else if let out {
      try FileSystem.write(bytes, to: try FileSystem.absolute(FilePath(out), in: place.folder))
    } else {
      global.console.write(bytes)
    }
    guard !merge.conflicts.isEmpty else { return }
    let name = driver && files.count == 5 ? files[4] : files[1]
    global.console.note("conflicts in \(name):")
    for conflict in merge.conflicts { global.console.note("  \(conflict)") }
    throw ExitCode(1)
  }

  private var options: MergeOptions {
    var options = MergeOptions()
    options.strategy = ours ? .useLocal : theirs ? .useRemote : union ? .union : strategy
    options.inputs = inputStrategy
    options.outputs = outputStrategy
    options.ignoresTransients = !noIgnoreTransients
    if !driver { (options.oursLabel, options.theirsLabel) = (files[1], files[2]) }
    return options
  }

  mutating func validate() throws {
    for chosen in [strategy, inputStrategy].compactMap(\.self)
    where !MergeStrategy.ofInputs.contains(chosen) {
      throw ValidationError("`\(chosen.rawValue)` is a strategy for outputs")
    }
  }
}

/// A notebook's file as one side of a comparison.
enum ComparedNotebook {
  /// - Parameter mayBeEmpty: whether an empty file (git has no base) is an empty notebook.
  static func side(_ path: FilePath, shown: String, mayBeEmpty: Bool = false) throws -> NotebookSide
  {
    if path.string == "/dev/null" { return NotebookSide() }
    return try side(try FileSystem.read(path), shown: shown, mayBeEmpty: mayBeEmpty)
  }

  static func side(_ bytes: [UInt8], shown: String, mayBeEmpty: Bool = false) throws -> NotebookSide
  {
    if bytes.isEmpty, mayBeEmpty { return NotebookSide() }
    do throws(ParseFailure) {
      return try NotebookSide(parsing: bytes)
    } catch { throw error.failure(in: shown) }
  }
}
