import Glibc
import Platform
import SystemPackage

@testable import Git

/// Everything a work tree holds, byte by byte; repositories' own folders left out.
struct FolderListing: Equatable {
  /// By path: `link`, `755` or `644`, and the content or target.
  var files: [[UInt8]: Entry] = [:]

  struct Entry: Hashable {
    var kind: String
    var content: [UInt8]
  }

  init(_ folder: FilePath, _ box: GitSandbox) throws {
    let script = "find . -name .git -prune -o \\( -type f -o -type l \\) -printf '%P\\0'"
    let names = try box.run(["/bin/sh", "-c", script], at: folder).output.split(separator: 0)
    for name in names {
      let path = FilePath(pathBytes: folder.pathBytes + [0x2F] + name)
      var status = stat()
      _ = path.withPlatformString { lstat($0, &status) }
      if status.st_mode & S_IFMT == S_IFLNK {
        files[Array(name)] = Entry(
          kind: "link", content: try FileSystem.linkTarget(path).pathBytes)
      } else {
        let kind = status.st_mode & S_IXUSR != 0 ? "755" : "644"
        files[Array(name)] = Entry(kind: kind, content: try FileSystem.read(path))
      }
    }
  }

  /// What stands in one of two and not so in the other, to be read by people.
  func differences(to other: FolderListing) -> [String] {
    Set(files.keys).union(other.files.keys).filter { files[$0] != other.files[$0] }
      .map { path in
        let sides = [self, other].map { side in
          side.files[path].map {
            "\($0.kind) \(String(decoding: $0.content.prefix(80), as: UTF8.self))"
          }
            ?? "nothing"
        }
        return "\(String(decoding: path, as: UTF8.self)): \(sides[0]) != \(sides[1])"
      }.sorted()
  }
}
