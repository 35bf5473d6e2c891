import ArgumentParser
import Formats
import Glibc
import Platform
import Runner

/// The program: parse, run, tell the failure, choose the exit code.
package enum Program {
  /// What `reprise --version` prints.
  static let version = ProgramVersion.text

  /// Runs the command line of this process and ends it.
  ///
  /// It is not `async`, because the runtime of an asynchronous `main` opens descriptors of its own before our first line.
  package static func main() -> Never {
    StandardStreams.fill()
    Interruption.begin()
    Task { exit(await run(Array(CommandLine.arguments.dropFirst()))) }
    while true { pause() }
  }

  /// Runs a command line and gives the exit status.
  static func run(_ arguments: [String]) async -> Int32 {
    let arguments = NotebookRunWords.joiningPairs(
      CommandWords.separatingValues(CommandWords.globalOptionsLast(arguments)))
    let console = Console(
      printsJSON: arguments.contains("--json"), isQuiet: false, colors: color(in: arguments))
    do {
      var command = try LoneCommand.parse(arguments) ?? RepriseCommand.parseAsRoot(arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      return 0
    } catch let status as ExitCode {
      return status.rawValue
    } catch let failure as Failure {
      console.report(failure)
      return failure.code.exitCode
    } catch is CancellationError {
      return Failure.Code.interrupted.exitCode
    } catch {
      return tell(error, arguments, console)
    }
  }

  /// Help and version are no failures; what the parser refuses is told in our words.
  private static func tell(_ error: any Error, _ arguments: [String], _ console: Console) -> Int32 {
    if RepriseCommand.exitCode(for: error) == .success {
      console.print(RepriseCommand.fullMessage(for: error))
      return 0
    }
    let message = RepriseCommand.message(for: error)
    let known = CommandWords.known(arguments)
    let help = (["reprise"] + known + ["--help"]).joined(separator: " ")
    let isUsage = RepriseCommand.exitCode(for: error) == .validationFailure
    guard isUsage else {
      console.report(
        Failure(
          .bug, "something went wrong that should not: \(error)",
          hint: "please report this with the command that you typed"))
      return Failure.Code.bug.exitCode
    }
    if let word = CommandWords.unknown(arguments) {
      console.report(word)
    } else {
      console.report(Failure(.usage, lowercasedFirst(message), hint: "see `\(help)`"))
    }
    return Failure.Code.usage.exitCode
  }

  private static func lowercasedFirst(_ text: String) -> String {
    text.prefix(1).lowercased() + text.dropFirst()
  }

  private static func color(in arguments: [String]) -> ColorChoice {
    for (index, word) in arguments.enumerated() {
      if word.hasPrefix("--color=") {
        return ColorChoice(rawValue: String(word.dropFirst(8))) ?? .auto
      }
      if word == "--color", index + 1 < arguments.count {
        return ColorChoice(rawValue: arguments[index + 1]) ?? .auto
      }
    }
    return .auto
  }
}
