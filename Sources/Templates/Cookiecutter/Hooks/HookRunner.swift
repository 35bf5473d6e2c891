import Glibc
import Platform
import SystemPackage

/// Runs hook scripts: Python ones by Python, all others by what their first line names.
struct HookRunner: Sendable {
  /// The template's folder, which Python scripts may import from.
  var template: FilePath
  var variables: [String: String]

  /// Runs a script as it is.
  ///
  /// - Throws: ``Failure`` in cookiecutter's words when it cannot be started or does not end well.
  func run(_ script: FilePath, in folder: FilePath) throws {
    let status: Int32
    do {
      if script.string.hasSuffix(".py") {
        status = try ForegroundProcess.run(
          try python(), [script.string], environment: environment, in: folder)
      } else {
        try Self.makeExecutable(script)
        status = try ForegroundProcess.run(script, [], environment: environment, in: folder)
      }
    } catch let error as ForegroundProcess.SpawnError {
      if error.number == ENOEXEC {
        throw Failure(
          .invalid, "Hook script failed, might be an empty file or missing a shebang",
          hint: "begin the script with a line such as #!/bin/sh")
      }
      let reason = String(cString: strerror(error.number))
      throw Failure(
        .invalid, "Hook script failed (error: [Errno \(error.number)] \(reason): '\(script)')")
    }
    guard status == 0 else {
      throw Failure(.invalid, "Hook script failed (exit status: \(status))")
    }
  }

  /// Runs text as a script with an extension.
  func run(_ text: [UInt8], suffix: String, in folder: FilePath) throws {
    let temporary = try TemporaryDirectory(prefix: "reprise-hook-")
    defer { withExtendedLifetime(temporary) {} }
    let path = temporary.path.appending("hook" + suffix)
    try FileSystem.write(text, to: path, mode: 0o700, durable: false)
    try run(path, in: folder)
  }

  private static func makeExecutable(_ path: FilePath) throws {
    guard let status = try FileSystem.status(path), status.mode & 0o100 == 0 else { return }
    guard chmod(path.string, status.mode | 0o100) == 0 else {
      throw Failure(errno: errno, "make executable", path)
    }
  }

  private func python() throws -> FilePath {
    guard let python = PythonProgram.find(variables) else {
      throw Failure(
        .notFound, "the template has a hook in Python, and there is no `python3` on the PATH",
        hint: "install Python 3, or run without hooks: `--accept-hooks no`")
    }
    return python
  }

  private var environment: [String: String] {
    var variables = variables
    let rest = variables["PYTHONPATH"].flatMap { $0.isEmpty ? nil : ":" + $0 } ?? ""
    variables["PYTHONPATH"] = template.string + rest
    return variables
  }
}

/// The Python that hooks and extensions run under.
enum PythonProgram {
  /// That of the active virtual environment, else `python3` or `python` on the PATH.
  static func find(_ variables: [String: String]) -> FilePath? {
    if let folder = variables["VIRTUAL_ENV"], !folder.isEmpty,
      let found = ProgramPath.find(folder + "/bin/python", in: nil)
    {
      return found
    }
    return ProgramPath.find("python3", in: variables["PATH"])
      ?? ProgramPath.find("python", in: variables["PATH"])
  }
}
