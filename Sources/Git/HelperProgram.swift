import Platform
import SystemPackage

/// Runs a small program that git's configuration names: a filter, a credential helper.
///
/// It has a session of its own, so that it cannot ask on the terminal, and it ends when its time is over.
enum HelperProgram {
  struct Result {
    /// The exit status; 128 and the signal when it was killed.
    var status: Int32
    var output: [UInt8]
  }

  /// - Parameters:
  ///   - arguments: the program's path, or its name to be found in `$PATH`, then what it is given.
  ///   - environment: variables in place of ours, or beside them.
  ///   - limit: an output of more bytes is a failure.
  ///   - seconds: after so many it is killed.
  static func run(
    _ arguments: [String], input: [UInt8] = [], in folder: FilePath? = nil,
    environment: [String: String] = [:], limit: Int = 1 << 20, seconds: Int = 30
  ) throws -> Result {
    let variables = ProcessVariables.all().merging(environment) { $1 }
    let name = arguments.first ?? ""
    guard let program = ProgramPath.find(name, in: variables["PATH"]) else {
      throw Failure(.notFound, "cannot start `\(name)`: there is no such program")
    }
    var command = ChildCommand(
      program, Array(arguments.dropFirst()), environment: variables, directory: folder)
    // From a file, as the shell opens it: a pipe would have to be filled while the output is read.
    let store = input.isEmpty ? nil : try InputFile(input)
    if let store {
      command.arguments =
        ["-c", "exec \"$@\" < \"$0\"", store.path.string, program.string] + command.arguments
      command.program = "/bin/sh"
    }
    let result = try withExtendedLifetime(store) {
      try ChildProcess.captureBlocking(command, timeout: .seconds(seconds), limit: limit + 1)
    }
    guard result.end.reason == .itself, result.output.count <= limit else {
      throw Failure(.io, "`\(name)` did not end in \(seconds) s, or wrote too much")
    }
    return Result(status: result.end.exitCode, output: result.output)
  }

  /// What a program reads, in a folder that only we can enter; gone with the value.
  private final class InputFile {
    let path: FilePath
    private let folder: FilePath

    init(_ bytes: [UInt8]) throws {
      folder = try TemporaryDirectory(prefix: "reprise-input-").keep()
      path = folder.appending("input")
      try FileSystem.write(bytes, to: path, mode: 0o600, durable: false)
    }

    deinit { try? FileSystem.removeTree(folder) }
  }
}
