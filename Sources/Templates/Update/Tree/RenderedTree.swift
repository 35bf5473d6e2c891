import Platform
import SystemPackage

/// All files that a template made from some answers, in memory.
///
/// A renderer produces one; the update compares three of them and never asks how they came to be.
package struct RenderedTree: Sendable, Hashable {
  package private(set) var files: [TreePath: RenderedFile]

  package init(_ files: [TreePath: RenderedFile] = [:]) { self.files = files }

  package subscript(path: TreePath) -> RenderedFile? {
    get { files[path] }
    set { files[path] = newValue }
  }

  /// The paths in the order of their bytes.
  package var paths: [TreePath] { files.keys.sorted() }

  /// What is recorded of every file.
  package var prints: [TreePath: FilePrint] { files.mapValues(\.print) }

  /// Only the files whose path a test accepts.
  package func filter(_ isKept: (TreePath) -> Bool) -> RenderedTree {
    RenderedTree(files.filter { isKept($0.key) })
  }
}

extension RenderedTree {
  /// All files and links below a folder, as a renderer left them there. Folders named `.git` are left out.
  ///
  /// - Throws: ``Failure`` when a file cannot be read, or is larger than 1 GB.
  package init(reading folder: FilePath) throws {
    var files: [TreePath: RenderedFile] = [:]
    try Self.walk(folder, []) { path, place in
      if let file = try RenderedFile(reading: place) { files[path] = file }
    }
    self.init(files)
  }

  /// Visits everything below a folder that is no folder itself, in order.
  static func walk(
    _ folder: FilePath, _ prefix: [UInt8], depth: Int = 0,
    _ visit: (TreePath, FilePath) throws -> Void
  ) throws {
    guard depth < 256 else {
      throw Failure(.unsupported, "folders are nested more than 256 deep at `\(folder)`")
    }
    for component in try FileSystem.components(in: folder) {
      let place = folder.appending(component)
      let bytes = prefix + component.platformBytes
      guard let path = TreePath(bytes) else { continue }
      if try FileSystem.linkStatus(place)?.kind == .directory {
        try walk(place, bytes + [UInt8(ascii: "/")], depth: depth + 1, visit)
      } else {
        try visit(path, place)
      }
    }
  }
}

extension FilePath.Component {
  /// The bytes of the name.
  var platformBytes: [UInt8] {
    withPlatformString { name in
      var bytes: [UInt8] = []
      var place = 0
      while name[place] != 0 {
        bytes.append(UInt8(bitPattern: name[place]))
        place += 1
      }
      return bytes
    }
  }
}
