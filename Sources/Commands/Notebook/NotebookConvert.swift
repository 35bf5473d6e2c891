import ArgumentParser
import Notebooks
import Platform
import SystemPackage

/// `reprise notebook convert`: notebooks as scripts and Markdown, and back.
struct NotebookConvert: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a notebook as a script or Markdown, or the other way round.",
    discussion: """
      Scripts have `# %%` in front of every cell (`// %%` in Swift), as jupytext, VS Code and Spyder know them; \
      magics are comments in them. Outputs stay in the notebook: written over one that is there, cells that are \
      the same keep theirs.

        reprise notebook convert explore.ipynb explore.py
        reprise notebook convert explore.py explore.ipynb
        reprise notebook convert explore.ipynb --to md
      """)

  @Argument(help: "The notebook, script or Markdown file.", completion: .file())
  var input: String

  @Argument(help: "Where it goes; beside the first with --to.", completion: .file())
  var output: String?

  @Option(help: "The kind of file: ipynb, py, md, swift, R, jl…; `-` as output prints it.")
  var to: String?

  @Flag(name: .customLong("no-header"), help: "Write no header with the notebook's metadata.")
  var withoutHeader = false

  @Flag(name: .customLong("no-comment-magics"), help: "Leave magics as they are.")
  var keepsMagics = false

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    let place = try Place(global)
    try RemoteName.refuseReading(input)
    if let address = output.flatMap(RemoteName.init) { throw address.unwritten }
    let source = try FileSystem.absolute(FilePath(input), in: place.folder)
    let (name, target) = try target(source, place)
    let bytes = try FileSystem.read(source)
    let notebook = try read(bytes, ending: Self.ending(source))
    var result: [UInt8]
    if name == ".ipynb" {
      var made = notebook
      if let target, let old = try? NotebookDocument(reading: target) {
        made.takeOutputs(from: old)
      }
      result = made.utf8()
    } else {
      guard let format = TextFormat(fileExtension: name) else { throw Self.unknown(name) }
      var options = TextOptions()
      if withoutHeader { options.notebookFilter = "-all" }
      if keepsMagics { options.commentsMagics = false }
      let text = TextNotebook.text(of: notebook, as: format, options)
      for loss in TextNotebook.losses(text, of: notebook, as: format) {
        global.console.warn(Failure(.invalid, "read again, \(loss)"))
      }
      result = Array(text.utf8)
    }
    guard let target else { return global.console.write(result) }
    try FileSystem.write(result, to: target)
    global.console.note("wrote \(output ?? target.lastComponent?.string ?? target.string)")
  }

  private func read(_ bytes: [UInt8], ending: String) throws -> NotebookDocument {
    do throws(ParseFailure) {
      if ending == ".ipynb" { return try NotebookDocument(parsing: bytes) }
      if let format = TextFormat(fileExtension: ending) {
        return try TextNotebook.notebook(parsing: bytes, as: format)
      }
    } catch { throw error.failure(in: input) }
    throw Self.unknown(ending)
  }

  /// The extension that is written, and the file; nil for standard output.
  private func target(_ source: FilePath, _ place: Place) throws -> (String, FilePath?) {
    let wanted = to.map { $0.hasPrefix(".") ? $0 : "." + $0 }
    guard let output, output != "-" else {
      guard let wanted else {
        throw Failure(
          .usage, "where to? Neither an output nor `--to` is given",
          hint:
            "reprise notebook convert \(input) --to \(Self.ending(source) == ".ipynb" ? "py" : "ipynb")"
        )
      }
      if output == "-" { return (wanted, nil) }
      var path = source
      path.extension = String(wanted.dropFirst())
      return (wanted, path)
    }
    let path = try FileSystem.absolute(FilePath(output), in: place.folder)
    return (wanted ?? Self.ending(path), path)
  }

  private static func ending(_ path: FilePath) -> String { path.extension.map { "." + $0 } ?? "" }

  private static func unknown(_ ending: String) -> Failure {
    Failure(
      .unsupported, "files `\(ending)` are no kind of notebook",
      hint: "one of .ipynb \(TextFormat.extensions.joined(separator: " "))")
  }
}
