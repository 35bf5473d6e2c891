import Glibc
import Platform
import SystemPackage

/// The program as it was built beside the tests, run as a user runs it.
public enum Program {
  /// What a run of the program gave.
  public struct Result: Sendable {
    /// The exit status; 128 and the signal's number when one ended it.
    public var status: Int32
    /// What it wrote to standard output.
    public var output: String
    /// What it wrote to standard error.
    public var error: String
  }

  /// The built program.
  public static var path: FilePath {
    let tests = FileSystem.realPath("/proc/self/exe") ?? "/"
    var folder = tests.removingLastComponent()
    while !FileSystem.isFile(folder.appending("reprise")), folder.lastComponent != nil {
      folder = folder.removingLastComponent()
    }
    return folder.appending("reprise")
  }

  /// The repository that holds the tests.
  public static let repository = FilePath(#filePath).removingLastComponent()
    .removingLastComponent().removingLastComponent()

  /// Runs the program with the variables of a plain shell and no more.
  public static func run(
    _ arguments: [String], in folder: FilePath, environment: [String: String] = [:]
  ) async throws -> Result {
    try await run(path, arguments, in: folder, environment: environment)
  }

  /// Runs any program so.
  public static func run(
    _ program: FilePath, _ arguments: [String], in folder: FilePath,
    environment: [String: String] = [:]
  ) async throws -> Result {
    var variables = [
      "PATH": getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin", "HOME": folder.string,
      "LANG": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "test",
      "GIT_AUTHOR_EMAIL": "test@example.org", "GIT_COMMITTER_NAME": "test",
      "GIT_COMMITTER_EMAIL": "test@example.org",
    ]
    variables.merge(environment) { $1 }
    let result = try await ChildProcess.capture(
      ChildCommand(program, arguments, environment: variables, directory: folder), limit: 1 << 28)
    return Result(
      status: result.end.exitCode, output: String(decoding: result.output, as: UTF8.self),
      error: String(decoding: result.error, as: UTF8.self))
  }

  /// Runs shell text; a failure says what it wrote.
  @discardableResult
  public static func shell(_ text: String, in folder: FilePath) async throws -> String {
    let result = try await run("/bin/bash", ["-euc", text], in: folder)
    guard result.status == 0 else {
      throw Failure(.io, "shell text failed with \(result.status): \(text)", cause: result.error)
    }
    return result.output
  }
}
