import Learning
import Platform
import Support
import SystemPackage

@testable import Checks

/// Tables in a temporary folder, and suites that name them.
struct SuiteFolder: TableOpener {
  let folder: TemporaryFolder

  /// - Parameter tables: their texts by their names.
  init(_ tables: [String: String]) throws {
    folder = try TemporaryFolder()
    for (name, text) in tables { try folder.write(text, to: name) }
  }

  func open(_ reference: TableReference) throws -> any TableStream {
    guard case .path(let name) = reference.place else {
      throw Failure(.unsupported, "only files here")
    }
    return try TableStreams.open(folder.path.appending(name))
  }

  /// What comes of the text of a suite.
  func outcome(_ text: String, threads: Int = 2) throws -> SuiteOutcome {
    try outcome(suite(text), threads: threads)
  }

  func outcome(_ suite: DataSuite, threads: Int = 2) throws -> SuiteOutcome {
    try DataTesting(suite, opener: self, threads: threads, now: 1_700_000_000).outcome()
  }
}
