import Glibc
import Platform
import SystemPackage

/// The few names of a folder that matter in the search for pointers; a tree may hold a million others, for which nothing
/// but their listing is done.
struct PointerNames {
  let text: String
  /// Whether it is named like a pointer, and no folder; else it may be a folder.
  let isPointer: Bool

  /// In the order of their bytes.
  static func list(_ folder: FilePath) throws -> [PointerNames] {
    guard let stream = folder.withPlatformString({ opendir($0) }) else {
      // It went, or is nobody's business.
      if errno == ENOENT || errno == EACCES || errno == ENOTDIR { return [] }
      throw Failure(errno: errno, "list", folder)
    }
    defer { closedir(stream) }
    var found: [PointerNames] = []
    errno = 0
    while let entry = readdir(stream) {
      let type = Int(entry.pointee.d_type)
      withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { name in
          if let name = relevant(name, type) { found.append(name) }
        }
      }
      errno = 0
    }
    guard errno == 0 else { throw Failure(errno: errno, "list", folder) }
    return found.sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
  }

  /// Whether a name is that of a pointer: `NAME.dvc` or `dvc.lock`.
  static func isPointer(_ name: some BidirectionalCollection<UInt8>) -> Bool {
    name.count > 4 && name.suffix(4).elementsEqual(".dvc".utf8)
      || name.elementsEqual("dvc.lock".utf8)
  }

  private static func relevant(_ name: UnsafePointer<CChar>, _ type: Int) -> PointerNames? {
    let mayBeFolder = type == Int(DT_DIR) || type == Int(DT_UNKNOWN)
    let isNamed = isPointer(UnsafeRawBufferPointer(start: name, count: strlen(name)))
    guard mayBeFolder || isNamed else { return nil }
    for own in [".", "..", ".git", ".dvc", ".reprise"] where strcmp(name, own) == 0 { return nil }
    // What is not UTF-8 can be named by no pointer.
    guard let text = String(validatingCString: name) else { return nil }
    return PointerNames(text: text, isPointer: isNamed && type != Int(DT_DIR))
  }
}
