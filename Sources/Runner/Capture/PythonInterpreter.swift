import Formats
import Glibc
import Platform
import SystemPackage

/// A Python and where it imports from, read from its folders without starting it.
struct PythonInterpreter {
  var executable: FilePath
  /// As `3.11.7`; `3.11` when the folders do not tell more.
  var version: String
  /// The folders that hold packages, in the order in which Python looks.
  var folders: [FilePath]

  /// `name==version`, names as PEP 503 writes them, sorted, as `pip list --format=freeze` finds them.
  var packages: [String] { read ?? PythonPackages.list(in: folders) }

  /// Read once for one that is to be recorded.
  private var read: [String]?

  var json: JSONValue {
    .object([
      .init("executable", .string(executable.string)),
      .init("version", .string(version)),
      .init("packages", .array(packages.map { .string($0) })),
    ])
  }

  /// The interpreter that `python` (or `python3`) means to a child; nil when there is none.
  ///
  /// - Parameters:
  ///   - variables: the child's; `PATH` and what Python and pyenv listen to count.
  ///   - directory: where the child is started; pyenv looks for `.python-version` from there upwards.
  static func find(_ variables: [String: String], in directory: FilePath) -> PythonInterpreter? {
    for name in ["python", "python3"] {
      guard let program = ProgramPath.find(name, in: variables["PATH"]),
        var found = PythonInterpreter(at: program, variables, in: directory)
      else { continue }
      found.read = found.packages
      return found
    }
    return nil
  }

  /// Reads an interpreter's folders; nil when they are not those of a Python.
  init?(at program: FilePath, _ variables: [String: String], in directory: FilePath) {
    guard
      let program = PyenvShim.isShim(program)
        ? PyenvShim.target(of: program, variables, in: directory) : program
    else { return nil }
    executable = program
    let own = program.removingLastComponent().removingLastComponent()
    let configuration = PythonInterpreter.virtualEnvironment(own)
    guard let real = FileSystem.realPath(program) else { return nil }
    let base = real.removingLastComponent().removingLastComponent()
    let prefix = configuration == nil ? base : own
    guard let short = PythonInterpreter.shortVersion(of: real, in: prefix) else { return nil }
    version =
      (configuration?["version"] ?? configuration?["version_info"]).map(PythonInterpreter.release)
      ?? PythonVersionText.patchLevel(base, short) ?? PythonVersionText.inside(real, short) ?? short
    folders = PythonInterpreter.searched(variables["PYTHONPATH"], in: directory)
    if configuration != nil { folders.append(prefix.appending("lib/python\(short)/site-packages")) }
    if configuration == nil || configuration?["include-system-site-packages"] == "true" {
      if (variables["PYTHONNOUSERSITE"] ?? "").isEmpty {
        let user =
          variables["PYTHONUSERBASE"].map { FilePath($0) }
          ?? UserFolders.home(variables).appending(".local")
        folders.append(user.appending("lib/python\(short)/site-packages"))
      }
      folders += [
        "local/lib/python\(short)/dist-packages", "lib/python\(short)/site-packages",
        "lib/python3/dist-packages", "lib/python\(short)/dist-packages",
      ].map { base.pushing(FilePath($0)) }
    }
  }

  private static func searched(_ path: String?, in directory: FilePath) -> [FilePath] {
    (path ?? "").split(separator: ":").map { directory.pushing(FilePath(String($0))) }
  }

  /// `3.11.7` of `3.11.7.final.0`, which virtualenv writes.
  private static func release(_ text: String) -> String {
    text.split(separator: ".").prefix(3).joined(separator: ".")
  }

  /// The keys of `pyvenv.cfg`; nil when the folder is no virtual environment.
  private static func virtualEnvironment(_ folder: FilePath) -> [String: String]? {
    guard let text = try? FileSystem.readText(folder.appending("pyvenv.cfg"), limit: 1 << 16) else {
      return nil
    }
    var keys: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      keys[parts[0].trimmed] = parts[1].trimmed
    }
    return keys
  }

  private static func shortVersion(of real: FilePath, in prefix: FilePath) -> String? {
    let name = real.lastComponent?.string ?? ""
    if name.hasPrefix("python"), name.dropFirst(6).contains(".") {
      return String(name.dropFirst(6))
    }
    let folders = (try? FileSystem.names(in: prefix.appending("lib"))) ?? []
    return folders.last { $0.hasPrefix("python3.") }.map { String($0.dropFirst(6)) }
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var text = self
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
