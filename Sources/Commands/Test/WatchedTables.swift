import Checks
import Learning
import Platform
import Synchronization
import SystemPackage

/// Opens the tables of a project, remembers which, and says how far they have been read.
final class WatchedTables: TableOpener, ModelPlaces {
  private let tables: ProjectTables
  private let seen = Mutex<[TestedInput]>([])

  private let line: ProgressLine?

  init(_ tables: ProjectTables, line: ProgressLine? = nil) {
    self.tables = tables
    self.line = line
  }

  var root: FilePath { tables.root }
  var variables: [String: String] { tables.variables }

  func open(_ reference: TableReference) throws -> any TableStream {
    if let path = try? tables.path(of: reference) { see(reference.text, path) }
    let stream = try tables.open(reference)
    // The names of pictures are few, and looking at each takes long.
    guard let line, !(stream is ImageFolderStream) else { return stream }
    let whole = stream.rowCount.map { " of \(DigitGroups.text($0))" } ?? ""
    return ReportedStream(stream) { rows in
      line.update("\(reference.text): \(DigitGroups.text(rows))\(whole) rows read")
    }
  }

  func path(of table: TableReference) throws -> FilePath {
    let path = try tables.path(of: table)
    see(table.text, path)
    return path
  }

  func model(run: String, path: String) throws -> FilePath {
    let file = try tables.model(run: run, path: path)
    see("run:\(run)/\(path)", file)
    return file
  }

  func ended(run: String) throws -> Double? { try tables.ended(run: run) }

  private func see(_ name: String, _ path: FilePath) {
    let input = TestedInput(name, at: path)
    seen.withLock { seen in
      if !seen.contains(where: { $0.name == name }) { seen.append(input) }
    }
  }

  /// The files that were opened, in the order of their names, with the hashes of their content.
  func finished() -> [TestedInput] {
    var inputs = seen.withLock { $0 }
    for place in inputs.indices { inputs[place].finish() }
    return inputs.sorted { $0.name < $1.name }
  }
}
