import CGit2
import Platform

/// Turns what git keeps of a file into what stands in a work tree (gitattributes(5)): line ends, `$Id$`, filters of the
/// user's. The attributes are those of the files in the work tree.
struct WorkTreeFilter {
  enum Result {
    case content([UInt8])
    /// git-lfs keeps the content.
    case largeFile(LargeFilePointer)
    /// The content as git keeps it, and the attribute that could not be followed.
    case unfiltered([UInt8], attribute: String)
  }

  let repository: Repository

  /// - Parameter object: the name of the content.
  func apply(to content: [UInt8], of path: [UInt8], _ object: ObjectID) throws -> Result {
    let name = text("filter", path)
    if name == "lfs", let pointer = LargeFilePointer(content) { return .largeFile(pointer) }
    let converted = try convert(content, path, object)
    if let name, name != "lfs", let driver = FilterDriver(name, .smudge, repository.settings) {
      guard let smudged = driver.run(converted, path, in: repository) else {
        return .unfiltered(converted, attribute: "filter=\(name)")
      }
      return .content(smudged)
    }
    if let encoding = text("working-tree-encoding", path), encoding.uppercased() != "UTF-8" {
      return .unfiltered(converted, attribute: "working-tree-encoding=\(encoding)")
    }
    return .content(converted)
  }

  /// What libgit2 knows of.
  private func convert(_ content: [UInt8], _ path: [UInt8], _ object: ObjectID) throws -> [UInt8] {
    let blob = try isOn("ident", path) ? self.blob(content, object) : nil
    defer { git_blob_free(blob) }
    var list: OpaquePointer?
    let flags = UInt32(GIT_FILTER_ALLOW_UNSAFE.rawValue)
    let code = withPath(path[...]) {
      git_filter_list_load(&list, repository.handle, blob, $0, GIT_FILTER_TO_WORKTREE, flags)
    }
    try LibGit2.check(code, "find the filters of `\(String(decoding: path, as: UTF8.self))`")
    guard let list else { return content }
    defer { git_filter_list_free(list) }
    var buffer = git_buf()
    let applied = content.withUnsafeBytes {
      blob == nil
        ? git_filter_list_apply_to_buffer(
          &buffer, list, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
        : git_filter_list_apply_to_blob(&buffer, list, blob)
    }
    try LibGit2.check(applied, "filter `\(String(decoding: path, as: UTF8.self))`")
    defer { git_buf_dispose(&buffer) }
    return Array(UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size))
  }

  /// The object, whose name stands in the file behind `$Id:`. What a patch brought is not in the repository yet: it is put
  /// into the checkout's own.
  private func blob(_ content: [UInt8], _ object: ObjectID) throws -> OpaquePointer? {
    var id = object.raw
    if repository.size(of: object) == nil {
      try LibGit2.check(
        git_blob_create_from_buffer(&id, repository.handle, content, content.count),
        "keep a content")
    }
    var blob: OpaquePointer?
    try LibGit2.check(git_blob_lookup(&blob, repository.handle, &id), "read a content")
    return blob
  }

  private func isOn(_ name: String, _ path: [UInt8]) -> Bool {
    var value: UnsafePointer<CChar>?
    let code = withPath(path[...]) { git_attr_get(&value, repository.handle, 0, $0, name) }
    return code == 0 && git_attr_value(value) == GIT_ATTR_VALUE_TRUE
  }

  /// A text attribute; nil when it is not set to a text.
  private func text(_ name: String, _ path: [UInt8]) -> String? {
    var value: UnsafePointer<CChar>?
    let code = withPath(path[...]) { git_attr_get(&value, repository.handle, 0, $0, name) }
    guard code == 0, let value, git_attr_value(value) == GIT_ATTR_VALUE_STRING else { return nil }
    return String(cString: value)
  }
}
