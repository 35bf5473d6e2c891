import ArgumentParser
import Formats
import Glibc
import Platform

/// The program: parse, run, tell the failure, choose the exit code.
package enum Program {
  /// What `reprise --version` prints.
  static let version = "0.1.0"

  /// Runs the command line of this process and ends it.
  package static func main() async -> Never {
    Interruption.begin()
    exit(await run(Array(CommandLine.arguments.dropFirst())))
  }

  /// Runs a command line and gives the exit status.
  static func run(_ arguments: [String]) async -> Int32 {
    let console = Console(
      printsJSON: arguments.contains("--json"), isQuiet: false, colors: color(in: arguments))
    do {
      var command = try RepriseCommand.parseAsRoot(arguments)
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
    let words = arguments.prefix { !$0.hasPrefix("-") }.prefix(2)
    let help = (["reprise"] + knownCommands(words) + ["--help"]).joined(separator: " ")
    let isUsage = RepriseCommand.exitCode(for: error) == .validationFailure
    guard isUsage else {
      console.report(
        Failure(
          .bug, "something went wrong that should not: \(error)",
          hint: "please report this with the command that you typed"))
      return Failure.Code.bug.exitCode
    }
    console.report(Failure(.usage, lowercasedFirst(message), hint: "see `\(help)`"))
    return Failure.Code.usage.exitCode
  }

  private static func knownCommands(_ words: some Collection<String>) -> [String] {
    var known: [String] = []
    var candidates = RepriseCommand.configuration.subcommands
    for word in words {
      guard let command = candidates.first(where: { $0._commandName == word }) else { break }
      known.append(word)
      candidates = command.configuration.subcommands
    }
    return known
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
