import Platform
import SystemPackage

/// The program `git`, for what changes its configuration.
package struct GitProgram: Sendable {
  private let program: FilePath
  private let folder: FilePath
  private let variables: [String: String]

  /// - Throws: ``Failure`` (`.notFound`) when there is no git on the PATH.
  package init(in folder: FilePath, variables: [String: String]) throws {
    guard let program = ProgramPath.find("git", in: variables["PATH"]) else {
      throw Failure(.notFound, "there is no `git` on the PATH", hint: "apt install git")
    }
    self.program = program
    self.folder = folder
    self.variables = variables
  }

  /// What it printed, without the last line end; nil when it ended with another status than 0.
  package func output(_ arguments: [String]) throws -> String? {
    let command = ChildCommand(program, arguments, environment: variables, directory: folder)
    let (end, output) = try ChildProcess.captureBlocking(command, timeout: .seconds(30))
    guard end.status == .exited(0) else { return nil }
    var text = String(decoding: output, as: UTF8.self)
    if text.utf8.last == 0x0A { text.removeLast() }
    return text
  }

  /// - Throws: ``Failure`` when git says no.
  package func run(_ arguments: [String]) throws {
    guard try output(arguments) != nil else {
      throw Failure(.io, "`git \(arguments.joined(separator: " "))` failed")
    }
  }
}
