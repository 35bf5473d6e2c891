import Git
import Glibc
import Platform
import SystemPackage

/// What git's index holds, in a folder of its own that hooks work in, and what they made of it.
///
/// The folder is gone with the value; one that a killed process left behind goes when the next is made.
final class HookSnapshot {
  /// A file that hooks left otherwise than the index has it.
  struct Change {
    var file: TreeFile
    /// Nil when it is there no more, or is no file.
    var kind: TreeFile.Kind?
    var content: [UInt8]
  }

  /// Where hooks are run.
  let tree: FilePath
  private let files: [TreeFile]
  /// Where each of them is.
  private let paths: [FilePath]
  private let folder: TemporaryDirectory
  private var states: [State]
  private var signatures: [Signature?]

  private static let prefix = "reprise-hooks-"
  /// What changed so shortly before it was looked at may change again without another time.
  private static let doubt: Int64 = 100_000_000

  /// What a path is: a kind, and the name of its content.
  private struct State: Equatable {
    var kind: TreeFile.Kind?
    var name: String
  }

  /// What tells without reading that a file is as it was.
  private struct Signature: Equatable {
    var status: FileStatus
  }

  /// - Parameter name: of the folder that hooks see, as tools take it for the project's.
  init(
    _ git: Repository, _ files: [TreeFile], name: String, isStopped: @escaping @Sendable () -> Bool
  ) throws {
    TemporaryDirectory.removeAbandoned(prefix: Self.prefix)
    self.files = files
    folder = try TemporaryDirectory(prefix: Self.prefix)
    let base = FileSystem.realPath(folder.path) ?? folder.path
    tree = base.appending("tree").appending(name)
    try FileSystem.createDirectory(tree)
    try git.writeSnapshot(
      of: files, to: tree, directory: base.appending("git"), isStopped: isStopped)
    let tree = tree
    paths = files.map { file in
      tree.pushing(FilePath(platformString: file.path.map { CChar(bitPattern: $0) } + [0]))
    }
    states = files.map { State(kind: $0.kind, name: $0.contentName) }
    signatures = Array(repeating: nil, count: files.count)
    for place in files.indices where files[place].kind != .submodule {
      signatures[place] = try FileSystem.linkStatus(paths[place]).map(Signature.init)
    }
  }

  /// The files that changed since this was asked last.
  func newlyChanged() throws -> [TreeFile] {
    let now = Int64(time(nil)) &* 1_000_000_000
    var changed: [TreeFile] = []
    for place in files.indices where files[place].kind != .submodule {
      let status = try FileSystem.linkStatus(paths[place])
      if let status, signatures[place] == Signature(status: status) { continue }
      let state = try state(place, status)
      // Only whole seconds are compared, so that a clock read before the file was written does no harm.
      let isSettled = status.map { $0.changed < now - Self.doubt } ?? false
      signatures[place] = isSettled ? status.map(Signature.init) : nil
      guard state != states[place] else { continue }
      states[place] = state
      changed.append(files[place])
    }
    return changed
  }

  private func state(_ place: Int, _ status: FileStatus?) throws -> State {
    switch status?.kind {
    case .file:
      let bytes = try FileSystem.read(paths[place], limit: 1 << 30)
      let kind: TreeFile.Kind = (status?.mode ?? 0) & 0o100 != 0 ? .program : .file
      return State(kind: kind, name: try Repository.contentName(of: bytes))
    case .link:
      let target = try FileSystem.linkTarget(paths[place])
      return State(
        kind: .link, name: try Repository.contentName(of: Array(target.string.utf8)))
    case .directory, .other, nil: return State(kind: nil, name: "")
    }
  }

  /// All that hooks changed since the index was written out.
  func changes() throws -> [Change] {
    var changes: [Change] = []
    for place in files.indices {
      let (file, state) = (files[place], states[place])
      guard state != State(kind: file.kind, name: file.contentName) else { continue }
      let isFile = state.kind == .file || state.kind == .program
      changes.append(
        Change(
          file: file, kind: isFile ? state.kind : nil,
          content: isFile ? try FileSystem.read(paths[place], limit: 1 << 30) : []))
    }
    return changes
  }
}
