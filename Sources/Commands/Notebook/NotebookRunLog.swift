import Formats
import Notebooks
import Platform
import Synchronization
import SystemPackage

/// Says how a notebook runs, as papermill's log does, and copies what its cells print.
final class NotebookRunLog: NotebookListener {
  private struct State {
    var done = 0
    var warning: Failure?
    var texts: [String: FileDescriptor] = [:]
  }

  private let console: Console
  private let place: Place
  private let level: NotebookLogLevel
  private let options: NotebookRunOptions
  private let name: String
  private let total: Int
  private let line: ProgressLine?
  private let state = Mutex(State())

  init(_ request: NotebookRunRequest, console: Console, place: Place, level: NotebookLogLevel) {
    self.console = console
    self.place = place
    self.level = level
    options = request.options
    name = request.inputPath
    total = request.document.cells.count
    line = options.showsProgress ? ProgressLine(console: console) : nil
  }

  /// Opens the files for what cells print: one that cannot be written is better known before hours are spent.
  func openFiles() throws {
    for name in [options.standardOutputFile, options.standardErrorFile].compactMap({ $0 })
    where name != "-" {
      let path = try FileSystem.absolute(FilePath(name), in: place.folder)
      try state.withLock { state in
        if state.texts[name] == nil { state.texts[name] = try FileSystem.openForWriting(path) }
      }
    }
  }

  func kernelStarted(_ info: KernelInfo, _ start: KernelOptions.Start) {
    if level <= .debug { console.note("kernel started \(start.rawValue)") }
  }

  func cellBegan(_ cell: Int) {
    line?.update("\(name): cell \(cell + 1) of \(total)")
    if options.logsOutput, level <= .info {
      console.note("Executing Cell \(Self.dashed(cell + 1, 40))")
    }
  }

  func outputChanged(_ cell: Int, _ change: OutputChange) {
    switch change {
    case .streamed(let stream, let text): streamed(stream, text)
    case .appended(let output):
      if output["output_type"]?.string == "stream" {
        streamed(output["name"]?.string ?? "stdout", output["text"]?.joinedText ?? "")
      } else if options.logsOutput, level <= .info,
        let text = output["data"]?["text/plain"]?.joinedText
      {
        console.note(text)
      }
    case .updated, .cleared: break
    }
  }

  func cellEnded(_ cell: Int, _ end: CellEnd) {
    if options.logsOutput, level <= .info {
      console.note("Ending Cell \(Self.dashed(cell + 1, 43))")
    }
  }

  func warned(_ text: String) {
    if level <= .warning { console.warn(Failure(.invalid, text)) }
  }

  /// Ends the line of progress, and tells of files that could not be written.
  func finish() throws {
    line?.clear()
    try state.withLock { state in
      for file in state.texts.values { try? file.close() }
      if let warning = state.warning { throw warning }
    }
  }

  private func streamed(_ stream: String, _ text: String) {
    let isError = stream == "stderr"
    if options.logsOutput, level <= (isError ? .warning : .info) {
      console.note(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    }
    guard let name = isError ? options.standardErrorFile : options.standardOutputFile else {
      return
    }
    if name == "-" { return console.write(Array(text.utf8)) }
    state.withLock { state in
      guard let file = state.texts[name] else { return }
      do {
        try FileSystem.writeAll(file.rawValue, Array(text.utf8), to: FilePath(name))
      } catch {
        state.warning = state.warning ?? (error as? Failure)
      }
    }
  }

  private static func dashed(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return text + String(repeating: "-", count: max(0, width - text.utf8.count))
  }
}
