import Platform
import SystemPackage

/// Where a table is: a file, or one table of several in it, `store.sqlite#orders`.
package struct TablePlace: Sendable, Hashable {
  package var file: FilePath
  /// What stands behind the last `#`; nil for a file as a whole.
  package var table: String?

  /// A file whose own name holds a `#` comes first; the table's own name may hold some, too.
  package init(_ path: FilePath) {
    self.init(path) { (try? FileSystem.status($0)) != nil }
  }

  init(_ path: FilePath, exists: (FilePath) -> Bool) {
    file = path
    guard let name = path.lastComponent?.string, name.utf8.contains(0x23), !exists(path) else {
      return
    }
    var marks = name.indices.filter { name[$0] == "#" && $0 > name.startIndex }[...]
    while let mark = marks.popLast() {
      let own = path.removingLastComponent().appending(String(name[..<mark]))
      guard exists(own) else { continue }
      file = own
      table = String(name[name.index(after: mark)...])
      return
    }
  }

  /// Both in one, as it is typed.
  package var path: FilePath {
    guard let table, let name = file.lastComponent?.string else { return file }
    return file.removingLastComponent().appending("\(name)#\(table)")
  }
}
