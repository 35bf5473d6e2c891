import CGit2
import Glibc
import Platform
import SystemPackage

/// Reads files of a work tree through git's clean filters.
struct WorkTreeReader {
  let repository: Repository
  let root: Int32
  let settings: WorkTreeScan.Settings
  let limit: Int64

  /// - Parameter recorded: the mode in the index, for file systems that cannot keep it.
  func read(_ path: [UInt8], recorded: UInt32) -> WorkTreeFile {
    var status = stat()
    guard withPath(path[...], { fstatat(root, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0,
      let mode = GitMode.of(status, recorded: recorded, settings)
    else { return .unreadable("it is gone") }
    if status.st_mode & S_IFMT == S_IFLNK { return readLink(path) }
    let descriptor = withPath(path[...]) {
      openat(root, $0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    }
    guard descriptor >= 0 else { return .unreadable(reason(errno)) }
    defer { close(descriptor) }
    if let name = attribute("filter", path),
      let clean = FilterDriver(name, .clean, repository.settings)
    {
      if clean.isLargeFileStorage {
        return pointer(descriptor, path, mode: mode, size: Int64(status.st_size))
      }
      guard Int64(status.st_size) <= limit else {
        return .tooLarge(mode: mode, size: Int64(status.st_size))
      }
      guard let content = read(descriptor, Int64(status.st_size)) else {
        return .unreadable("it changed while it was read")
      }
      guard let cleaned = clean.run(content, path, in: repository) else { return .filtered(name) }
      return convert(cleaned, path, mode: mode)
    }
    guard Int64(status.st_size) <= limit else {
      return .tooLarge(mode: mode, size: Int64(status.st_size))
    }
    guard let content = read(descriptor, Int64(status.st_size)) else {
      return .unreadable("it changed while it was read")
    }
    return convert(content, path, mode: mode)
  }

  /// Whether a file or a link is at a path, reached through folders and no link.
  func isFile(_ path: [UInt8]) -> Bool {
    var status = stat()
    for (place, byte) in path.enumerated() where byte == UInt8(ascii: "/") {
      guard withPath(path[..<place], { fstatat(root, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0,
        status.st_mode & S_IFMT == S_IFDIR
      else { return false }
    }
    guard withPath(path[...], { fstatat(root, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 else {
      return false
    }
    return GitMode.of(status) != nil
  }

  /// The object that a file would be, read in pieces; for those over the limit. Nil when it cannot be read.
  func hash(_ path: [UInt8]) -> ObjectID? {
    var id = git_oid()
    let code = withPath(path[...]) {
      git_repository_hashfile(&id, repository.handle, $0, GIT_OBJECT_BLOB, nil)
    }
    return code == 0 ? ObjectID(id) : nil
  }

  private func readLink(_ path: [UInt8]) -> WorkTreeFile {
    var target = [UInt8](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = withPath(path[...]) { pointer in
      target.withUnsafeMutableBytes {
        readlinkat(root, pointer, $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
      }
    }
    guard count >= 0 else { return .unreadable(reason(errno)) }
    target.removeLast(target.count - count)
    return side(target, mode: GitMode.link).map(WorkTreeFile.content) ?? .unreadable("no hash")
  }

  private func pointer(_ descriptor: Int32, _ path: [UInt8], mode: UInt32, size: Int64)
    -> WorkTreeFile
  {
    // A file that is not checked out by git-lfs holds the pointer itself.
    let head = size < 1024 ? read(descriptor, size) : nil
    let start = Array("version https://git-lfs.github.com/spec/".utf8)
    if let head, head.isEmpty || head.starts(with: start) {
      return side(head, mode: mode).map(WorkTreeFile.content) ?? .unreadable("no hash")
    }
    var hash = SHA256()
    var total: Int64 = 0
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { buffer.deallocate() }
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { return .unreadable(reason(errno)) }
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count == 0 { break }
      guard count > 0 else { return .unreadable(reason(errno)) }
      total += Int64(count)
      hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
    let text =
      "version https://git-lfs.github.com/spec/v1\noid sha256:\(hash.finish().hex)\nsize \(total)\n"
    guard let side = side(Array(text.utf8), mode: mode) else { return .unreadable("no hash") }
    return .pointer(side, size: total)
  }

  /// Line ends and `$Id$`, which libgit2 knows.
  private func convert(_ content: [UInt8], _ path: [UInt8], mode: UInt32) -> WorkTreeFile {
    var list: OpaquePointer?
    let flags = UInt32(GIT_FILTER_ALLOW_UNSAFE.rawValue)
    let code = withPath(path[...]) {
      git_filter_list_load(
        &list, repository.handle, nil, $0, GIT_FILTER_TO_ODB, flags)
    }
    var converted = content
    if code == 0, let list {
      defer { git_filter_list_free(list) }
      var buffer = git_buf()
      let applied = content.withUnsafeBytes {
        git_filter_list_apply_to_buffer(
          &buffer, list, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
      }
      if applied == 0 {
        converted = Array(UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size))
        git_buf_dispose(&buffer)
      }
    }
    return side(converted, mode: mode).map(WorkTreeFile.content) ?? .unreadable("no hash")
  }

  private func side(_ content: [UInt8], mode: UInt32) -> PatchWriter.Side? {
    var id = git_oid()
    guard git_odb_hash(&id, content, content.count, GIT_OBJECT_BLOB) == 0 else { return nil }
    return PatchWriter.Side(mode: mode, object: ObjectID(id), content: content)
  }

  /// Exactly as many bytes as the file was said to have; nil when it has others.
  private func read(_ descriptor: Int32, _ size: Int64) -> [UInt8]? {
    let wanted = Int(size)
    var isWhole = false
    let bytes = [UInt8](unsafeUninitializedCapacity: wanted + 1) { buffer, filled in
      filled = 0
      while filled <= wanted {
        let count = Glibc.read(descriptor, buffer.baseAddress! + filled, wanted + 1 - filled)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { break }
        filled += count
      }
      isWhole = filled == wanted
    }
    return isWhole ? bytes : nil
  }

  /// A text attribute of gitattributes(5); nil when it is not set to a text.
  private func attribute(_ name: String, _ path: [UInt8]) -> String? {
    var value: UnsafePointer<CChar>?
    let code = withPath(path[...]) { git_attr_get(&value, repository.handle, 0, $0, name) }
    guard code == 0, let value, git_attr_value(value) == GIT_ATTR_VALUE_STRING else { return nil }
    return String(cString: value)
  }

  private func reason(_ number: Int32) -> String { String(cString: strerror(number)).lowercased() }
}
