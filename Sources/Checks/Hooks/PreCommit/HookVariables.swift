import Glibc
import Platform
import SystemPackage

/// The environment of a hook.
enum HookVariables {
  /// Variables of git's that name one place: the folder that a hook runs in says itself which repository it belongs to, and
  /// a hook that makes another one (as tests do) must not be led astray.
  private static let ofOnePlace: Set<String> = [
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR",
    "GIT_IMPLICIT_WORK_TREE", "GIT_INTERNAL_SUPER_PREFIX",
  ]
  /// Is set in what we start; a hook that starts us again does not start itself.
  static let mark = "REPRISE_HOOKS"

  /// - Parameters:
  ///   - top: the user's work tree, whose environments of Python and Node are used.
  ///   - tree: where the hook runs.
  static func of(
    _ stage: HookStage, inherited: [String: String], top: FilePath, tree: FilePath
  ) -> [String: String] {
    var variables = inherited.filter { !ofOnePlace.contains($0.key) }
    variables.merge(stage.variables) { $1 }
    variables["PRE_COMMIT"] = "1"
    variables[mark] = "1"
    variables["PWD"] = tree.string
    let programs = [".venv/bin", "venv/bin", "node_modules/.bin"].map {
      top.pushing(FilePath($0))
    }.filter { FileSystem.isDirectory($0) }
    let path = inherited["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    variables["PATH"] = (programs.map(\.string) + [path]).joined(separator: ":")
    let environment = [".venv", "venv"].map { top.appending($0) }.first {
      FileSystem.isFile($0.appending("pyvenv.cfg"))
    }
    if let environment {
      variables["VIRTUAL_ENV"] = environment.string
      // uv would make an environment in the folder, or point the user's to it.
      for (name, value) in [
        ("UV_PROJECT_ENVIRONMENT", environment.string), ("UV_NO_SYNC", "1"),
      ] where inherited[name] == nil { variables[name] = value }
    }
    return variables
  }

  /// The bytes that the environment takes from the room for arguments.
  static func size(_ variables: [String: String]) -> Int {
    variables.reduce(8 * variables.count) { $0 + $1.key.utf8.count + $1.value.utf8.count + 2 }
  }
}
