import Formats
import Platform

extension EntryPoint {
  /// The shell command of a run, as MLflow builds it: Python's `str.format` of the command with every value quoted for
  /// the shell, then each extra parameter as ` --name value`.
  ///
  /// Beyond MLflow: a parameter with `flag: --verbose` puts `--verbose` there when it is true and nothing when it is false.
  /// An optional parameter without a value puts nothing there; when it stands as a word of its own behind an option
  /// (`--depth {depth}`) or as the value of one (`--depth={depth}`), the option goes too.
  ///
  /// - Throws: ``Failure`` with Python's words as the cause when the command is no valid format string or names a
  ///   parameter that does not exist.
  package func command(with arguments: Arguments) throws(Failure) -> String {
    guard let command else {
      throw Failure(
        .invalid, "entry point `\(name)` has no command", hint: "add `command: …` below it",
        at: location)
    }
    var values: [String: String] = [:]
    var absent: Set<String> = []
    for argument in arguments.parameters where !argument.isExtra {
      if argument.isAbsent { absent.insert(argument.name) }
      values[argument.name] = text(of: argument)
    }
    var line = CommandLineBuilder(absent: absent)
    do throws(PythonFormatError) {
      for piece in try PythonFormat.pieces(of: command, value: { values[$0] }) { line.add(piece) }
    } catch {
      throw commandFailure(error, names: Array(values.keys))
    }
    var text = line.finished()
    for argument in arguments.parameters where argument.isExtra {
      text += " --\(ShellWord.quoted(argument.name)) \(ShellWord.quoted(argument.value))"
    }
    guard !text.utf8.contains(0) else {
      throw Failure(
        .invalid, "the command of `\(name)` has a NUL character, which no shell can be given",
        hint: "take `\\0` out of the command and of the defaults", at: commandLocation ?? location)
    }
    return text
  }

  /// What goes into the command for a declared parameter.
  private func text(of argument: ResolvedParameter) -> String {
    if argument.isAbsent { return "" }
    if let flag = parameter(named: argument.name)?.flag {
      return Parameter.truth(argument.value) == true ? flag : ""
    }
    return ShellWord.quoted(argument.value)
  }

  private func commandFailure(_ error: PythonFormatError, names: [String]) -> Failure {
    let braces = "write `{{` and `}}` for braces that the shell should see"
    guard error.kind == .key || error.kind == .index else {
      return Failure(
        .invalid, "the command of `\(name)` has braces that do not name a parameter",
        hint: braces, at: commandLocation ?? location, cause: error.pythonText)
    }
    let known = parameters.map(\.name)
    let hint =
      if error.kind == .key, let near = nearestName(to: error.message, among: known) {
        "did you mean `{\(near)}`?"
      } else {
        "declare it under `parameters:`, or \(braces)"
      }
    let message =
      error.kind == .key
      ? "the command of `\(name)` has `{\(error.message)}`, which is not one of its parameters"
      : "the command of `\(name)` has a placeholder that does not name a parameter"
    return Failure(
      .invalid, message, hint: hint, at: commandLocation ?? location, cause: error.pythonText)
  }
}
