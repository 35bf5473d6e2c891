import Platform
import SystemPackage

/// The folders that artifacts may be read from. A record from elsewhere may name any path of this machine: only what lies in
/// one of these is read.
package final class ArtifactRoots {
  private var folders: [ConfinedFolder] = []
  private let base: FilePath
  private let report: ExchangeReport

  /// - Parameters:
  ///   - base: relative paths begin here; it is one of the folders.
  ///   - more: further folders; `mlflow-artifacts:/…` is looked for in these first, then in `mlartifacts` of the base.
  package init(base: FilePath, more: [FilePath], report: ExchangeReport) throws {
    self.base = FileSystem.realPath(base) ?? base
    self.report = report
    for path in more {
      guard let real = FileSystem.realPath(path), FileSystem.isDirectory(real) else {
        throw Failure(
          .notFound, "there is no folder `\(path)`", hint: "`--artifacts` names folders")
      }
      folders.append(try ConfinedFolder(real))
    }
    folders.append(try ConfinedFolder(self.base))
  }

  /// The files at an address, told of with the words for their owner; nil when there are none, or they are out of reach,
  /// which is told.
  package func tree(at uri: String, of owner: String) throws -> FolderTree? {
    switch ArtifactURI(uri) {
    case .remote: return nil
    case .proxied(let names):
      for folder in folders.dropLast() {
        if let tree = try tree(folder, names) { return tree }
      }
      return try folders.last.flatMap { try tree($0, ["mlartifacts"] + names) }
    case .path(let text): return try tree(atPath: text, of: owner)
    }
  }

  private func tree(atPath text: String, of owner: String) throws -> FolderTree? {
    guard !text.isEmpty, !text.utf8.contains(0) else { return nil }
    let path = base.pushing(FilePath(text)).lexicallyNormalized()
    for folder in folders {
      if let names = ArtifactRoots.names(of: path, in: folder.path) {
        return try tree(folder, names)
      }
    }
    // A folder that was moved: its end is where it was, below another beginning.
    let parts = path.components.map(\.string)
    for folder in folders {
      for start in parts.indices.dropFirst() where parts.count - start >= 3 {
        if let tree = try tree(folder, Array(parts[start...])) { return tree }
      }
    }
    guard FileSystem.exists(path) else { return nil }
    report.skip(
      Failure(
        .permission, "the artifacts of \(owner) are in `\(path)`, outside of `\(base)`",
        hint: "bring them along with `--artifacts FOLDER`, a folder that they are in"))
    return nil
  }

  private func tree(_ folder: ConfinedFolder, _ names: [String]) throws -> FolderTree? {
    do {
      guard try folder.status(names)?.kind == .directory else { return nil }
      return FolderTree(folder, names, report)
    } catch let failure as Failure where [.permission, .invalid, .conflict].contains(failure.code) {
      report.skip(failure)
      return nil
    }
  }

  /// The names that lead from a folder to a path below it.
  static func names(of path: FilePath, in folder: FilePath) -> [String]? {
    guard path.starts(with: folder) else { return nil }
    return path.components.dropFirst(folder.components.count).map(\.string)
  }
}
