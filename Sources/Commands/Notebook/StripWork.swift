import Checks
import Formats
import Notebooks
import Platform
import SystemPackage

/// Strips the files of one command.
struct StripWork {
  private let command: NotebookStrip
  private let options: StripOptions
  private let place: Place

  private var console: Console { command.global.console }

  init(_ command: NotebookStrip) throws {
    self.command = command
    place = try Place(command.global)
    var options = StripOptions()
    if command.keepOutput { options.keepsOutput = true }
    options.keepsCount = command.keepCount
    options.keepsIDs = command.keepID
    options.dropsEmptyCells = command.dropEmptyCells
    options.droppedTags = Self.words(command.dropTaggedCells)
    options.stripsInitialCells = command.stripInitCells
    options.droppedOutputs = try command.dropOutputType.map(OutputKind.init)
    options.keptOutputs = try command.keepOutputType.map(OutputKind.init)
    options.largestKept = try StripOptions.size(command.maxSize)
    let configured = try Self.configured(command, place)
    let kept = Set(
      Self.words(configured.kept) + Self.words(command.keepMetadataKeys))
    let keys = MetadataKey.noise + Self.words(configured.extra) + Self.words(command.extraKeys)
    options.keys = keys.filter { !kept.contains($0) }.compactMap { key in
      let known = MetadataKey(key)
      if known == nil {
        command.global.console.warn(
          Failure(.invalid, "ignoring the key `\(key)`: keys begin with `metadata.` or `cell.`"))
      }
      return known
    }
    self.options = options
  }

  private static func words(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  /// What git's configuration says for nbstripout.
  private static func configured(
    _ command: NotebookStrip, _ place: Place
  ) throws -> (extra: String, kept: String) {
    guard let git = try? GitProgram(in: place.folder, variables: place.variables) else {
      return ("", "")
    }
    let scope = command.scope.scope
    let text = try git.output(
      ["config"] + (scope == .local ? [] : ["--\(scope.rawValue)"])
        + ["--get-regexp", "^filter\\.nbstripout\\.(extrakeys|keepmetadatakeys)$"])
    var (extra, kept) = ("", "")
    for line in (text ?? "").split(separator: "\n") {
      let value = line.drop { $0 != " " }
      if line.hasPrefix("filter.nbstripout.extrakeys") { extra = String(value) }
      if line.hasPrefix("filter.nbstripout.keepmetadatakeys") { kept = String(value) }
    }
    return (extra, kept)
  }

  /// - Returns: whether anything changed, or would have.
  func run() throws -> Bool {
    guard !command.files.isEmpty else { return try strip("-") }
    var isChanged = false
    for file in command.files {
      let isNotebook = file.hasSuffix(".ipynb") || file.hasSuffix(".zpln")
      guard isNotebook || command.force else {
        console.warn(
          Failure(
            .invalid, "`\(file)` is no notebook by its name, and was left as it is",
            hint: "names end in `.ipynb` or `.zpln`; with --force any file is read as a notebook"))
        continue
      }
      if try strip(file) { isChanged = true }
    }
    return isChanged
  }

  private func strip(_ file: String) throws -> Bool {
    try RemoteName.refuseReading(file)
    let path = try FileSystem.absolute(FilePath(file), in: place.folder)
    let shown = file == "-" ? "standard input" : file
    let bytes = try file == "-" ? StandardInput.readAll() : FileSystem.read(path)
    let isZeppelin = (command.mode ?? (file.hasSuffix(".zpln") ? .zeppelin : .jupyter)) == .zeppelin
    let (result, isChanged): ([UInt8], Bool)
    do throws(ParseFailure) {
      if isZeppelin {
        let stripped = try StrippedZeppelin(bytes)
        (result, isChanged) = (stripped.bytes, stripped.isChanged)
      } else {
        let stripped = try StrippedNotebook(bytes, options)
        (result, isChanged) = (stripped.bytes, stripped.isChanged)
      }
    } catch {
      var failure = error.failure(in: shown)
      failure.message = "\(file == "-" ? shown : "`\(file)`") is no notebook: \(error.message)"
      throw failure
    }
    if command.dryRun || command.verify {
      if isChanged {
        console.print("Dry run: would have stripped \(file == "-" ? "input from stdin" : file)")
      }
    } else if command.textconv || file == "-" {
      console.write(result)
    } else if isChanged {
      try FileSystem.write(result, to: path, durable: false)
    }
    return isChanged
  }
}
