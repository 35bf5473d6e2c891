import Formats
import Platform
import SystemPackage

/// The files among a run's artifacts.
enum ArtifactList {
  struct File {
    /// Relative to the run's artifacts, `/` between the parts.
    var path: String
    var size: Int64

    var json: JSONValue { .object([.init("path", .string(path)), .init("size", .int(size))]) }
  }

  /// All files of a folder, sorted by path; none when the folder is not there.
  static func files(in folder: FilePath) throws -> [File] {
    guard FileSystem.isDirectory(folder) else { return [] }
    var files: [File] = []
    func walk(_ folder: FilePath, _ prefix: String) throws {
      for component in try FileSystem.components(in: folder) {
        let name = component.string
        let path = folder.appending(component)
        guard let status = try FileSystem.linkStatus(path) else { continue }
        if status.kind == .directory {
          try walk(path, prefix + name + "/")
        } else {
          files.append(File(path: prefix + name, size: status.size))
        }
      }
    }
    try walk(folder, "")
    return files
  }
}
