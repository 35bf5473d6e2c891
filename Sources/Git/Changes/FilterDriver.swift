import Glibc
import Platform
import SystemPackage

/// A filter of gitattributes(5) that the configuration gives commands: what turns a file into what git stores, and back.
struct FilterDriver {
  enum Direction: String {
    /// From the work tree into git.
    case clean
    /// From git into the work tree.
    case smudge
  }

  private let command: String?
  private let isRequired: Bool
  /// git-lfs: its pointer is made here, since its own command would also copy the content into the repository.
  let isLargeFileStorage: Bool

  /// Nil when the configuration says nothing of the name: git then takes the file as it is.
  init?(_ name: String, _ direction: Direction, _ settings: RepositorySettings) {
    command = settings.string("filter.\(name).\(direction)").flatMap { $0.isEmpty ? nil : $0 }
    let process = settings.string("filter.\(name).process")
    guard command != nil || process != nil else { return nil }
    isRequired = settings.bool("filter.\(name).required") ?? false
    isLargeFileStorage = name == "lfs"
  }

  /// What the command makes of a content; the content itself when it fails and git would not mind; nil otherwise.
  func run(_ content: [UInt8], _ path: [UInt8], in repository: Repository) -> [UInt8]? {
    guard let command, let folder = repository.workTree else { return nil }
    let name = String(decoding: path, as: UTF8.self)
    let quoted =
      "'" + name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
    let text = command.split(separator: "%f", omittingEmptySubsequences: false).joined(
      separator: quoted)
    let result = try? HelperProgram.run(
      ["/bin/sh", "-c", text], input: content, in: folder, limit: 1 << 30, seconds: 60)
    if let result, result.status == 0 { return result.output }
    return isRequired ? nil : content
  }
}
