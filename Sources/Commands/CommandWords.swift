import ArgumentParser
import Platform

/// The words of a command line that name commands, before anything is parsed.
enum CommandWords {
  /// The leading words that are commands: `["runs", "show"]`.
  static func known(_ arguments: [String]) -> [String] {
    var known: [String] = []
    var candidates = RepriseCommand.configuration.subcommands
    for word in arguments {
      guard let command = candidates.first(where: { $0._commandName == word }) else { break }
      known.append(word)
      candidates = command.configuration.subcommands
    }
    return known
  }

  /// What to say when the word after the commands should have been one; nil when it need not be.
  static func unknown(_ arguments: [String]) -> Failure? {
    let commands = Self.known(arguments)
    var command: any ParsableCommand.Type = RepriseCommand.self
    for word in commands {
      command = command.configuration.subcommands.first { $0._commandName == word } ?? command
    }
    let names = command.configuration.subcommands.map { $0._commandName }
    // The word after `export` may be a run.
    guard !names.isEmpty, command != ExportCommand.self,
      let word = arguments.dropFirst(commands.count).first,
      !word.hasPrefix("-")
    else { return nil }
    let line = (["reprise"] + commands).joined(separator: " ")
    let near = nearestName(to: word, among: names).map { "did you mean `\(line) \($0)`? " } ?? ""
    return Failure(
      .usage, "there is no command `\(line) \(word)`",
      hint: near + "there are: \(names.joined(separator: ", "))")
  }

  /// The command line with the global options that stand before the command put behind it, where the parser wants them:
  /// `-C folder runs show` becomes `runs show -C folder`.
  static func globalOptionsLast(_ arguments: [String]) -> [String] {
    var options: [String] = []
    var rest = arguments[...]
    while let word = rest.first {
      if ["--json", "-q", "--quiet"].contains(word) || word.hasPrefix("--color=")
        || word.hasPrefix("--directory=")
      {
        options.append(rest.removeFirst())
      } else if ["-C", "--directory", "--color"].contains(word), rest.count > 1 {
        options += [rest.removeFirst(), rest.removeFirst()]
      } else {
        break
      }
    }
    let commands = known(Array(rest))
    guard !options.isEmpty, !commands.isEmpty else { return arguments }
    // `new --directory` is cookiecutter's: a folder of the template.
    if commands == ["new"] {
      options = options.map { $0 == "--directory" ? "-C" : $0 }
    }
    return commands + options + rest.dropFirst(commands.count)
  }

  /// The command line with `-Palpha=1` as `-P alpha=1`, as mlflow's users type it: the parser takes what stands before the
  /// `=` for the name of an option.
  static func separatingValues(_ arguments: [String]) -> [String] {
    let commands = known(arguments)
    guard commands == ["run"] || commands == ["train"] else { return arguments }
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    return arguments[..<end].flatMap { word in
      let isJoined = ["-P", "-A"].contains(String(word.prefix(2))) && word.contains("=")
      return isJoined && word.count > 2
        ? [String(word.prefix(2)), String(word.dropFirst(2))] : [word]
    } + arguments[end...]
  }
}
