import ArgumentParser

/// Parses a command line that needs nothing of the program but one command; 1 ms less of every start.
///
/// The parser looks at every command on the way down, and twice for requests of completion scripts; most of what that
/// takes is finding conformances for the first time. What is not plainly fine is left to it: help, completion, and all
/// that is wrong, so that what people read is the same.
enum LoneCommand {
  /// The command, ready to run; nil when the whole tree has to be asked.
  static func parse(_ arguments: [String]) -> (any ParsableCommand)? {
    let words = CommandWords.known(arguments)
    var command: any ParsableCommand.Type = RepriseCommand.self
    for word in words {
      command = command.configuration.subcommands.first { $0._commandName == word } ?? command
    }
    guard command.configuration.subcommands.isEmpty else { return nil }
    return parse(command, Array(arguments.dropFirst(words.count)))
  }

  private static func parse<Command: ParsableCommand>(
    _ command: Command.Type, _ arguments: [String]
  ) -> (any ParsableCommand)? {
    let root = try? Root<Command>.parseAsRoot(arguments)
    return (root as? Root<Command>)?.command
  }

  /// A program of one command.
  private struct Root<Command: ParsableCommand>: ParsableCommand {
    /// With a command above, requests of completion scripts are not for this one.
    static var configuration: CommandConfiguration {
      CommandConfiguration(_superCommandName: "reprise")
    }

    @OptionGroup var command: Command
  }
}
