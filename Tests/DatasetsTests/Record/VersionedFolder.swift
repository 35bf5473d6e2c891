import Platform
import Support
import SystemPackage

@testable import Datasets

/// A git repository with versioned data, for one test.
struct VersionedFolder {
  let folder: TemporaryFolder

  init(git: Bool = true) async throws {
    folder = try TemporaryFolder()
    try await shell(git ? "git init -q -b main ." : "mkdir .dvc && touch .dvc/config")
  }

  var path: FilePath { folder.path }

  @discardableResult
  func shell(_ text: String) async throws -> String {
    try await Program.shell(text, in: folder.path)
  }

  func write(_ text: String, to name: String) throws { try folder.write(text, to: name) }

  /// Makes a version of what is at a path.
  @discardableResult
  func add(_ name: String) throws -> ObjectName {
    let (repository, _) = try DataRepository.findOrSetUp(from: path, variables: variables)
    return try DataAddition(repository, DataAddition.Options()).add(path.pushing(FilePath(name)))
      .object
  }

  /// Commits everything and gives the commit.
  @discardableResult
  func commit(_ message: String = "change") async throws -> String {
    let text = try await shell("git add -A; git commit -q -m '\(message)'; git rev-parse HEAD")
    return text.split(separator: "\n").joined()
  }

  var variables: [String: String] { ["HOME": path.string] }

  func read(_ name: String) -> DataReader.Finding {
    var reader = DataReader(variables: variables)
    return reader.read(path.pushing(FilePath(name)))
  }

  func isInCache(_ name: String) throws -> Bool? {
    var reader = DataReader(variables: variables)
    return try reader.isInCache(path.pushing(FilePath(name)))
  }
}

extension DataReading {
  /// All of it on one line, commits by their place in a list.
  func text(_ commits: [String] = []) -> String {
    let named = { (commit: String?) in
      commit.map { commits.firstIndex(of: $0).map { "\($0)" } ?? "?" } ?? "-"
    }
    var text = "\(path) \(object.text) \(named(commit)) \(isModified ? "modified" : "as named")"
    if let earlier { text += " earlier \(earlier.object.text) \(named(earlier.commit))" }
    return text
  }
}
