import Checks
import Platform
import SystemPackage

/// Tables in one folder, for suites of model tests.
struct TableFolder: ModelPlaces {
  let root: FilePath
  var variables: [String: String] { [:] }

  func path(of table: TableReference) throws -> FilePath {
    guard case .path(let path) = table.place else { throw Failure(.unsupported, "only paths") }
    return root.appending(path)
  }

  func model(run: String, path: String) throws -> FilePath {
    throw Failure(.notFound, "there is no run `\(run)`")
  }
}
