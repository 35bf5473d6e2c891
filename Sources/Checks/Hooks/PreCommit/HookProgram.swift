import Glibc
import Platform
import SystemPackage

/// Finds the program of a hook.
struct HookProgram {
  enum Answer {
    case found(FilePath)
    /// What pre-commit says in place of running it.
    case problem(String)
  }

  /// Where the hook runs.
  let tree: FilePath
  /// The user's work tree.
  let top: FilePath
  let path: String?
  let isTracked: (String) -> Bool

  /// - Parameter isScript: whether the name is one of a file in the repository.
  func find(_ name: String, isScript: Bool) -> Answer {
    guard isScript || name.contains("/") else {
      guard let found = ProgramPath.find(name, in: path), !name.isEmpty else {
        return .problem("Executable `\(name)` not found")
      }
      return .found(found)
    }
    var file = FilePath(name).isAbsolute ? FilePath(name) : tree.pushing(FilePath(name))
    if !FileSystem.exists(file), let own = inWorkTree(name) { file = own }
    if FileSystem.isDirectory(file) { return .problem("Executable `\(name)` is a directory") }
    guard FileSystem.isFile(file) else { return .problem("Executable `\(name)` not found") }
    guard file.withPlatformString({ access($0, X_OK) }) == 0 else {
      return .problem("Executable `\(name)` is not executable")
    }
    return .found(file)
  }

  /// A program that git does not keep, as in `.venv/bin`, is the one in the user's own work tree.
  private func inWorkTree(_ name: String) -> FilePath? {
    let relative = FilePath(name).lexicallyNormalized()
    guard !relative.isAbsolute, relative.components.first != "..", !isTracked(relative.string)
    else { return nil }
    let file = top.pushing(relative)
    return FileSystem.isFile(file) ? file : nil
  }
}
