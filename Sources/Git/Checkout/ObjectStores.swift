import Platform
import SystemPackage

/// The folders in which a repository finds objects: its own, and those it borrows from (gitrepository-layout(5),
/// `objects/info/alternates`).
enum ObjectStores {
  /// Deeper chains are refused by git too.
  private static let deepest = 5

  /// All of them, links resolved, the repository's own first.
  ///
  /// What a borrowed store borrows from is named too: a relative line counts for its own store alone, and libgit2 would not
  /// follow it from somewhere else.
  static func of(_ repository: Repository) throws -> [FilePath] {
    var found: [FilePath] = []
    var pending = [(repository.commonDirectory.appending("objects"), 0)]
    while let (path, depth) = pending.popLast() {
      guard let store = FileSystem.realPath(path), !found.contains(store) else { continue }
      guard !store.pathBytes.contains(0x0A) else {
        throw Failure(
          .unsupported, "the folder of objects `\(store)` has a line feed in its name",
          hint: "move the repository to another folder")
      }
      found.append(store)
      guard depth < deepest else { continue }
      let list = store.appending("info").appending("alternates")
      guard FileSystem.isFile(list) else { continue }
      let lines = try FileSystem.read(list, limit: 1 << 20).split(separator: 0x0A)
      for line in lines.reversed() where line.first != UInt8(ascii: "#") {
        // A line in quotes is escaped as names in a patch are.
        var rest = line
        guard let name = QuotedName.read(&rest) ?? Optional(Array(line)) else { continue }
        let path = FilePath(pathBytes: name)
        pending.append((path.isAbsolute ? path : store.pushing(path), depth + 1))
      }
    }
    return found
  }
}
