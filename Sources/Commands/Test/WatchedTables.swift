import Checks
import Learning
import Platform
import Synchronization
import SystemPackage

/// Opens the tables of a project, and remembers which.
final class WatchedTables: TableOpener, ModelPlaces {
  private let tables: ProjectTables
  private let seen = Mutex<[TestedInput]>([])

  init(_ tables: ProjectTables) { self.tables = tables }

  var root: FilePath { tables.root }
  var variables: [String: String] { tables.variables }

  func open(_ reference: TableReference) throws -> any TableStream {
    if let path = try? tables.path(of: reference) { see(reference.text, path) }
    return try tables.open(reference)
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
