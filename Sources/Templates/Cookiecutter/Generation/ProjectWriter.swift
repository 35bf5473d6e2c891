import Glibc
import Platform
import SystemPackage

/// Writes a rendered project into a folder of its own, and moves it where it belongs.
struct ProjectWriter {
  let project: RenderedProject
  var isCancelled: @Sendable () -> Bool = { false }

  /// Writes everything below a folder that is there.
  func write(to root: FilePath) throws {
    var late: [(FilePath, RenderedProject.Entry)] = []
    var maker = FileMaker()
    for entry in project.entries {
      if isCancelled() { throw Failure(.interrupted, "interrupted; nothing was left behind") }
      let path = root.pushing(FilePath(entry.path))
      switch entry.content {
      case .folder: try FileSystem.createDirectory(path)
      case .bytes(let bytes):
        try maker.make(path, mode: entry.mode) { try FileSystem.writeAll($0, bytes, to: path) }
      case .copy(let source):
        try maker.make(path, mode: entry.mode) { try Self.copy(source, to: $0, path) }
      case .link: late.append((path, entry))
      }
    }
    // Links last: nothing is written through one.
    for (path, entry) in late {
      guard case .link(let target) = entry.content else { continue }
      guard symlink(target.string, path.string) == 0 else {
        throw Failure(errno: errno, "create the link", path)
      }
    }
    // A folder that may not be written to is filled first.
    for entry in project.entries.reversed() {
      guard case .folder(let mode?, _) = entry.content else { continue }
      _ = chmod(root.pushing(FilePath(entry.path)).string, mode & 0o7777)
    }
  }

  private static func copy(_ source: FilePath, to output: Int32, _ path: FilePath) throws {
    let input = try FileSystem.openForReading(source)
    defer { try? input.close() }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)
    defer { buffer.deallocate() }
    while true {
      let count = try FileSystem.readOnce(input.rawValue, into: buffer, of: source)
      if count == 0 { break }
      try FileSystem.writeAll(output, UnsafeRawBufferPointer(rebasing: buffer[..<count]), to: path)
    }
  }

  // MARK: Into a project that is there

  /// Moves what was written into a project that is there: files replace files, folders are joined.
  func merge(_ root: FilePath, into target: FilePath) throws {
    try checkPlaces(in: target)
    for entry in project.entries {
      let source = root.pushing(FilePath(entry.path))
      let path = target.pushing(FilePath(entry.path))
      switch entry.content {
      case .folder(let mode, let replaces):
        if replaces { try FileSystem.removeTree(path) }
        try FileSystem.createDirectory(path)
        if let mode { _ = chmod(path.string, mode & 0o7777) }
      case .bytes, .copy, .link:
        // Written through a link of the user's own, as cookiecutter does; the check has seen where it leads.
        let place = FileSystem.realPath(path) ?? path
        try Self.move(source, to: place)
      }
    }
  }

  private static func move(_ source: FilePath, to target: FilePath) throws {
    do { try FileSystem.rename(source, to: target) } catch {
      // Another disk is mounted below the project.
      guard errno == EXDEV else { throw error }
      try FileSystem.copyTree(source, to: target)
    }
  }

  /// Nothing may be written out of the project through a link in it.
  private func checkPlaces(in target: FilePath) throws {
    guard let limit = FileSystem.realPath(target) else { return }
    for entry in project.entries {
      var path = target.pushing(FilePath(entry.path))
      while !FileSystem.exists(path), path.removeLastComponent() {}
      guard let real = FileSystem.realPath(path), real.starts(with: limit) else {
        throw Failure(
          .permission, "`\(entry.path)` would be written out of the project, through a link",
          hint: "`\(path)` leads to another place; remove the link")
      }
      if case .folder = entry.content { continue }
      let place = target.pushing(FilePath(entry.path))
      if FileSystem.isDirectory(place) {
        throw Failure(.conflict, "`\(place)` is a folder, and the template has a file there")
      }
    }
  }
}
