import Platform
import SystemPackage

/// A folder that files are put into, below one that no path leads out of.
package struct FolderPlace: ArtifactPlace {
  private let folder: ConfinedFolder
  private let names: [String]

  package init(_ folder: ConfinedFolder, _ names: [String]) {
    self.folder = folder
    self.names = names
  }

  package func size(of path: [String]) throws -> Int64? {
    guard let status = try folder.status(names + path), status.kind == .file else { return nil }
    return status.size
  }

  package func write(
    _ path: [String], size: Int64?,
    content: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws -> Int64 {
    let upload = try folder.upload(names + path)
    var written: Int64 = 0
    try content { bytes in
      try upload.write(bytes)
      written += Int64(bytes.count)
    }
    if let size, size != written {
      throw Failure(
        .conflict,
        "`\(path.joined(separator: "/"))` has \(written) bytes and was said to have \(size)",
        hint: "something writes to it: run the command again")
    }
    try upload.commit()
    return written
  }
}
