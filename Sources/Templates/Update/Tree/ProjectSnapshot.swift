import Platform
import SystemPackage

/// What a project has at the paths that an update is about, read once.
package struct ProjectSnapshot: Sendable {
  package enum Entry: Sendable, Hashable {
    case file(RenderedFile)
    /// A folder, with all that is below it.
    case folder([TreePath])
    /// Nothing can be there: what stands above it is a file or a link.
    case below(TreePath)
    /// A device, a fifo, a socket.
    case other
  }

  package var entries: [TreePath: Entry]

  package init(_ entries: [TreePath: Entry]) { self.entries = entries }

  /// A project that is exactly some files, for tests and comparisons.
  package init(_ tree: RenderedTree) { entries = tree.files.mapValues(Entry.file) }

  package init(of paths: some Collection<TreePath>, in folder: FilePath) throws {
    entries = [:]
    var kinds: [TreePath: FileStatus.Kind?] = [:]
    for path in paths where entries[path] == nil {
      if let entry = try Self.entry(at: path, in: folder, &kinds) { entries[path] = entry }
    }
  }

  /// The file at a path; nil for anything else.
  package func file(_ path: TreePath) -> RenderedFile? {
    if case .file(let file) = entries[path] { file } else { nil }
  }

  private static func entry(
    at path: TreePath, in root: FilePath, _ kinds: inout [TreePath: FileStatus.Kind?]
  ) throws -> Entry? {
    for folder in path.folders {
      if kinds[folder] == nil {
        kinds[folder] = .some(try FileSystem.linkStatus(folder.path(in: root))?.kind)
      }
      switch kinds[folder] ?? nil {
      case nil: return nil
      case .directory: continue
      // Through a link we might write outside the project.
      default: return .below(folder)
      }
    }
    let place = path.path(in: root)
    guard let status = try FileSystem.linkStatus(place) else { return nil }
    switch status.kind {
    case .file, .link: return try RenderedFile(reading: place).map(Entry.file)
    case .other: return .other
    case .directory:
      var below: [TreePath] = []
      try RenderedTree.walk(place, path.bytes + [UInt8(ascii: "/")]) { path, _ in
        below.append(path)
      }
      return .folder(below)
    }
  }
}
