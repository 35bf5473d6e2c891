import Formats
import Glibc
import Platform
import SystemPackage

/// A Python and the packages it would import, read from its folders without starting it.
struct PythonInterpreter {
  var executable: FilePath
  /// As `3.11.7`; `3.11` when the folders do not tell more.
  var version: String
  /// `NAME==VERSION`, sorted, as a lock file lists them.
  var packages: [String]

  var json: JSONValue {
    .object([
      .init("executable", .string(executable.string)),
      .init("version", .string(version)),
      .init("packages", .array(packages.map { .string($0) })),
    ])
  }

  /// The interpreter that `python` (or `python3`) means in a `PATH`; nil when there is none.
  static func find(in path: String?) -> PythonInterpreter? {
    for name in ["python", "python3"] {
      guard let program = ProgramPath.find(name, in: path),
        let found = PythonInterpreter(at: program, path: path)
      else { continue }
      return found
    }
    return nil
  }

  /// Reads an interpreter's folders; nil when they are not those of a Python.
  init?(at program: FilePath, path: String?) {
    var program = program
    if let behind = PythonInterpreter.behindShim(program, path: path) { program = behind }
    executable = program
    let own = program.removingLastComponent().removingLastComponent()
    let configuration = PythonInterpreter.virtualEnvironment(own)
    guard let real = FileSystem.realPath(program) else { return nil }
    let base = real.removingLastComponent().removingLastComponent()
    let prefix = configuration == nil ? base : own
    guard let short = PythonInterpreter.shortVersion(of: real, in: prefix) else { return nil }
    version =
      configuration?["version"] ?? configuration?["version_info"]
      ?? PythonInterpreter.patchLevel(base, short) ?? short
    var names = PythonInterpreter.distributions(
      in: prefix.appending("lib/python\(short)/site-packages"))
    if configuration == nil || configuration?["include-system-site-packages"] == "true" {
      for folder in [
        "lib/python\(short)/site-packages", "lib/python\(short)/dist-packages",
        "lib/python3/dist-packages", "local/lib/python\(short)/dist-packages",
      ] { names.formUnion(PythonInterpreter.distributions(in: base.appending(folder))) }
    }
    packages = names.sorted()
  }

  /// The interpreter that a version manager's shim stands for: pyenv's are scripts that start another program.
  ///
  /// The script is not run: pyenv's rule is `PYENV_VERSION`, else `.python-version` files, else the global `version`.
  private static func behindShim(_ program: FilePath, path: String?) -> FilePath? {
    let folder = program.removingLastComponent()
    guard folder.lastComponent?.string == "shims" else { return nil }
    let root = folder.removingLastComponent()
    let wanted =
      getenv("PYENV_VERSION").map { String(cString: $0) }
      ?? (try? FileSystem.readText(root.appending("version"), limit: 4096))
    let names = (wanted ?? "").split(whereSeparator: { $0 == ":" || $0.isWhitespace })
    for name in names where name != "system" {
      let candidate = root.appending("versions/\(name)/bin/\(program.lastComponent?.string ?? "")")
      if FileSystem.isFile(candidate) { return candidate }
    }
    return nil
  }

  /// The keys of `pyvenv.cfg`; nil when the folder is no virtual environment.
  private static func virtualEnvironment(_ folder: FilePath) -> [String: String]? {
    guard let text = try? FileSystem.readText(folder.appending("pyvenv.cfg"), limit: 1 << 16) else {
      return nil
    }
    var keys: [String: String] = [:]
    for line in text.split(separator: "\n") {
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

  /// The full version from the C header that is installed beside most interpreters.
  private static func patchLevel(_ base: FilePath, _ short: String) -> String? {
    let header = base.appending("include/python\(short)/patchlevel.h")
    guard let text = try? FileSystem.readText(header, limit: 1 << 16),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("#define PY_VERSION ") })
    else { return nil }
    return line.split(separator: "\"").dropFirst().first.map(String.init)
  }

  /// The packages of a folder, by the names of their `.dist-info` and `.egg-info`.
  private static func distributions(in folder: FilePath) -> Set<String> {
    let names = (try? FileSystem.names(in: folder)) ?? []
    return Set(
      names.compactMap { name in
        for suffix in [".dist-info", ".egg-info"] where name.hasSuffix(suffix) {
          let parts = name.dropLast(suffix.count).split(separator: "-")
          guard parts.count >= 2 else { return nil }
          return "\(parts[0].lowercased().replacing("_", with: "-"))==\(parts[1])"
        }
        return nil
      })
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
