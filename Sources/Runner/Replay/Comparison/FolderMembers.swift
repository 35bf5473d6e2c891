import Platform
import SystemPackage

/// The files below a folder, as ``ContentDigest`` counts them: links as what they point to, `.reprise` left out.
struct FolderMembers {
  /// By the bytes of their path below the folder.
  private(set) var files: [[UInt8]: FilePath] = [:]

  private struct Identity: Hashable {
    var device: UInt64
    var inode: UInt64

    init(_ status: FileStatus) { (device, inode) = (status.device, status.inode) }
  }

  /// - Throws: ``Failure`` when something cannot be read, or links lead back to a folder that they are in.
  init(_ folder: FilePath) throws {
    guard let status = try FileSystem.status(folder) else { return }
    try walk(folder, [], [Identity(status)])
  }

  private mutating func walk(
    _ folder: FilePath, _ prefix: [UInt8], _ above: Set<Identity>
  ) throws {
    for component in try FileSystem.components(in: folder) where component.string != ".reprise" {
      let path = folder.appending(component)
      guard let status = try FileSystem.status(path) else { continue }
      let name = prefix + component.withCodeUnits { Array($0) }
      switch status.kind {
      case .file: files[name] = path
      case .directory:
        var inside = above
        guard inside.insert(Identity(status)).inserted else {
          throw Failure(
            .invalid, "`\(path)` leads back to a folder that it is in",
            hint: "remove the link, or name the files themselves")
        }
        try walk(path, name + [0x2F], inside)
      case .link, .other: continue
      }
    }
  }
}

extension FilePath.Component {
  /// The name as the file system has it.
  fileprivate func withCodeUnits<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    withPlatformString { name in
      var count = 0
      while name[count] != 0 { count += 1 }
      return name.withMemoryRebound(to: UInt8.self, capacity: count) {
        body(UnsafeBufferPointer(start: $0, count: count))
      }
    }
  }
}
