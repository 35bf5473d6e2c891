import Glibc
import Platform
import SystemPackage

/// Lists the files of a folder with what `stat` says of each, in the order of their paths' bytes.
struct FolderWalk {
  private let root: FilePath
  /// Whether a path is left out, by its bytes and whether it is a folder.
  private let isIgnored: (ArraySlice<UInt8>, Bool) -> Bool
  private let isCancelled: @Sendable () -> Bool
  private(set) var table = FileTable()
  /// What can be no data: sockets, pipes and devices; names that are not UTF-8.
  private(set) var problems: [Problem] = []

  struct Problem: Sendable {
    enum Reason: Sendable { case special, notUTF8, project }
    var path: [UInt8]
    var reason: Reason
  }

  /// How deep folders may be nested.
  static let deepest = 1000

  init(
    _ root: FilePath, isIgnored: @escaping (ArraySlice<UInt8>, Bool) -> Bool = { _, _ in false },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.root = root
    self.isIgnored = isIgnored
    self.isCancelled = isCancelled
  }

  /// - Throws: ``Failure`` when a folder cannot be read, or is nested too deep.
  mutating func run() throws {
    let folder = root.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard folder >= 0 else { throw Failure(errno: errno, "read", root) }
    var path: [UInt8] = []
    _ = try visit(folder, &path, depth: 0)
  }

  private struct Name {
    var start: Int
    var length: Int
    var isFolder: Bool
    var isKnown: Bool
  }

  /// Takes the descriptor. Returns whether anything was in the folder.
  private mutating func visit(_ folder: Int32, _ path: inout [UInt8], depth: Int) throws -> Bool {
    guard depth < Self.deepest else {
      close(folder)
      throw Failure(.unsupported, "the folders in `\(root)` are nested more than 1,000 deep")
    }
    guard let stream = fdopendir(folder) else {
      let number = errno
      close(folder)
      throw Failure(errno: number, "read", shown(path))
    }
    defer { closedir(stream) }
    if isCancelled() { throw Failure(.interrupted, "interrupted") }
    var (names, bytes) = try Self.names(stream, in: shown(path))
    // A folder stands where the paths of its files do: behind `name.x`, before `name0`.
    for index in names.indices where !names[index].isKnown {
      var s = stat()
      let isThere = at(names[index], bytes) { fstatat(folder, $0, &s, AT_SYMLINK_NOFOLLOW) } == 0
      names[index].isFolder = isThere && s.st_mode & S_IFMT == S_IFDIR
    }
    bytes.withUnsafeBufferPointer { bytes in
      names.sort { Self.precedes($0, $1, bytes) }
    }
    let length = path.count
    for name in names {
      path.append(contentsOf: bytes[name.start..<name.start + name.length])
      defer { path.removeSubrange(length...) }
      guard !isIgnored(path[...], name.isFolder) else { continue }
      if name.isFolder {
        try enter(name, bytes, folder, &path, depth)
      } else {
        try add(name, bytes, folder, path)
      }
    }
    return !names.isEmpty
  }

  private mutating func enter(
    _ name: Name, _ bytes: [UInt8], _ folder: Int32, _ path: inout [UInt8], _ depth: Int
  ) throws {
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    let inner = at(name, bytes) { openat(folder, $0, flags) }
    guard inner >= 0 else {
      // It went while we looked.
      if errno == ENOENT || errno == ENOTDIR { return }
      throw Failure(errno: errno, "read", shown(path))
    }
    if faccessat(inner, ".dvc/config", F_OK, 0) == 0 {
      close(inner)
      return problems.append(Problem(path: path, reason: .project))
    }
    path.append(UInt8(ascii: "/"))
    if try !visit(inner, &path, depth: depth + 1) {
      table.append(path: path.dropLast(), FileTable.Entry(kind: .emptyFolder))
    }
  }

  private mutating func add(
    _ name: Name, _ bytes: [UInt8], _ folder: Int32, _ path: [UInt8]
  ) throws {
    var s = stat()
    guard at(name, bytes, { fstatat(folder, $0, &s, AT_SYMLINK_NOFOLLOW) }) == 0 else {
      if errno == ENOENT { return }
      throw Failure(errno: errno, "look at", shown(path))
    }
    guard String(validating: path, as: UTF8.self) != nil else {
      return problems.append(Problem(path: path, reason: .notUTF8))
    }
    switch s.st_mode & S_IFMT {
    case S_IFREG: table.append(path: path, FileTable.Entry(s, kind: .file))
    case S_IFLNK:
      var target = stat()
      let leads = at(name, bytes) { fstatat(folder, $0, &target, 0) } == 0
      let isFile = leads && target.st_mode & S_IFMT == S_IFREG
      table.append(
        path: path, FileTable.Entry(isFile ? target : s, kind: isFile ? .link : .otherLink))
    default: problems.append(Problem(path: path, reason: .special))
    }
  }

  // MARK: Names

  private static func names(
    _ stream: OpaquePointer, in folder: FilePath
  ) throws -> ([Name], [UInt8]) {
    var names: [Name] = []
    var bytes: [UInt8] = []
    errno = 0
    while let entry = readdir(stream) {
      let type = entry.pointee.d_type
      withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: UInt8.self, capacity: 256) { name in
          let length = strlen(UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self))
          let isDot = name[0] == 0x2E && (length == 1 || length == 2 && name[1] == 0x2E)
          guard length > 0, !isDot else { return }
          names.append(
            Name(
              start: bytes.count, length: length, isFolder: type == DT_DIR,
              isKnown: type != DT_UNKNOWN))
          bytes.append(contentsOf: UnsafeBufferPointer(start: name, count: length))
          bytes.append(0)
        }
      }
      errno = 0
    }
    guard errno == 0 else { throw Failure(errno: errno, "read", folder) }
    return (names, bytes)
  }

  private static func precedes(
    _ a: Name, _ b: Name, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    let shared = min(a.length, b.length)
    let order = memcmp(base + a.start, base + b.start, shared)
    if order != 0 { return order < 0 }
    let slash = UInt8(ascii: "/")
    let first = a.length > shared ? bytes[a.start + shared] : a.isFolder ? slash : 0
    let second = b.length > shared ? bytes[b.start + shared] : b.isFolder ? slash : 0
    return first == second ? a.length < b.length : first < second
  }

  private func at<Result>(
    _ name: Name, _ bytes: [UInt8], _ body: (UnsafePointer<CChar>) -> Result
  ) -> Result {
    bytes.withUnsafeBytes { buffer in
      let base = buffer.baseAddress ?? UnsafeRawPointer(bitPattern: 1)!
      return body((base + name.start).assumingMemoryBound(to: CChar.self))
    }
  }

  private func shown(_ path: [UInt8]) -> FilePath {
    path.isEmpty ? root : root.pushing(FilePath(String(decoding: path, as: UTF8.self)))
  }
}
