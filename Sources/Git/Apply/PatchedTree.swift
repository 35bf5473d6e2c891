import Platform
import SystemPackage

/// What a patch makes of a commit's files, worked out before anything is written.
struct PatchedTree {
  struct File {
    var mode: UInt32
    var content: [UInt8]
  }

  /// What is written at a path; nil where a file goes.
  private(set) var results: [[UInt8]: File?] = [:]
  private let repository: Repository
  private let files: [[UInt8]: TreeFile]

  /// - Parameter files: all that the commit holds.
  init(_ patches: [FilePatch], _ files: [TreeFile], in repository: Repository) throws {
    self.repository = repository
    self.files = Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
    // A rename may go to a name that another one leaves, in whatever order they are told.
    var left: Set<[UInt8]> = []
    for patch in patches {
      guard let old = patch.oldPath, patch.newPath != old, !patch.isCopy else { continue }
      left.insert(old)
    }
    for patch in patches { try add(patch, left) }
    for path in left where results[path] == nil { results[path] = .some(nil) }
    try checkFolders()
  }

  private mutating func add(_ patch: FilePatch, _ left: Set<[UInt8]>) throws {
    for path in [patch.oldPath, patch.newPath].compactMap({ $0 }) where !TreePath.isSafe(path) {
      throw Failure(
        .invalid,
        "the patch names `\(String(decoding: path, as: UTF8.self))`, which leads out of the work tree (line \(patch.line))"
      )
    }
    guard patch.oldMode != GitMode.submodule, patch.newMode != GitMode.submodule else {
      throw Failure(
        .unsupported, "the patch changes the submodule `\(patch.shown)` (line \(patch.line))",
        hint: "check the submodule out at its commit instead")
    }
    let isRename = patch.oldPath != nil && patch.newPath != nil && patch.oldPath != patch.newPath
    let old = try patch.oldPath.map { try before($0, patch, original: isRename) }
    if let old, let mode = patch.oldMode, !GitMode.sameKind(mode, old.mode) {
      throw Failure(
        .conflict, "the patch does not fit `\(patch.shown)`: it is no longer a file of its kind")
    }
    let content = try PatchedContent.make(patch, from: old?.content ?? [])
    guard let new = patch.newPath else {
      guard content.isEmpty else {
        throw Failure(.conflict, "the patch removes `\(patch.shown)`, and not all of its lines")
      }
      if let path = patch.oldPath { results[path] = .some(nil) }
      return
    }
    if patch.oldPath != new {
      let isTaken = results[new].map { $0 != nil } ?? (files[new] != nil && !left.contains(new))
      guard !isTaken else {
        throw Failure(.conflict, "the patch makes `\(patch.shown)`, which is there already")
      }
    }
    let mode = patch.newMode ?? old?.mode ?? GitMode.file
    results[new] = File(mode: mode, content: content)
    if isRename, !patch.isCopy, let path = patch.oldPath, results[path] == nil {
      results[path] = .some(nil)
    }
  }

  /// What stands at a path before a change; a rename looks at the commit, every other change at what was made so far.
  private func before(_ path: [UInt8], _ patch: FilePatch, original: Bool) throws -> File {
    if !original, let made = results[path] {
      if let made { return made }
    } else if let file = files[path], file.kind != .submodule {
      return File(mode: file.kind.mode, content: try repository.content(of: file))
    }
    throw Failure(
      .conflict,
      "the patch does not fit: it changes `\(String(decoding: path, as: UTF8.self))`, which is not there (line \(patch.line))"
    )
  }

  /// No file may stand where another path has a folder, whether the patch or the commit brings either.
  private func checkFolders() throws {
    let slash = UInt8(ascii: "/")
    func isThere(_ path: [UInt8]) -> Bool {
      results[path].map { $0 != nil } ?? (files[path] != nil)
    }
    var written: Set<[UInt8]> = []
    for (path, file) in results where file != nil {
      for place in path.indices where path[place] == slash {
        let parent = Array(path[..<place])
        guard !isThere(parent) else {
          throw Failure(
            .conflict,
            "the patch writes `\(String(decoding: path, as: UTF8.self))`, and `\(String(decoding: parent, as: UTF8.self))` is no folder: it is a file or a link"
          )
        }
      }
      written.insert(path)
    }
    // A file in place of a folder needs all that is in the folder to go.
    for path in files.keys where isThere(path) {
      for place in path.indices
      where path[place] == slash && written.contains(Array(path[..<place])) {
        throw Failure(
          .conflict,
          "the patch writes `\(String(decoding: path[..<place], as: UTF8.self))`, which is a folder"
        )
      }
    }
  }

  var removed: [[UInt8]] {
    results.filter { $0.value == nil }.keys.sorted { $0.lexicographicallyPrecedes($1) }
  }

  var written: [(path: [UInt8], file: File)] {
    results.compactMap { path, file in file.map { (path, $0) } }
      .sorted { $0.0.lexicographicallyPrecedes($1.0) }
  }
}
