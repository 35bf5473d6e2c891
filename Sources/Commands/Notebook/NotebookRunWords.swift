/// The words of `reprise notebook run` before they are parsed.
///
/// papermill's `-p NAME VALUE` has two values, and our parser knows options of one: the two become one word.
enum NotebookRunWords {
  private static let pairs = ["-p", "--parameters", "-r", "--parameters_raw"]

  /// Options whose next word is their value, whatever it looks like.
  private static let singles: Set<String> = [
    "-f", "--parameters_file", "-y", "--parameters_yaml", "-b", "--parameters_base64", "--engine",
    "--autosave-cell-every", "-k", "--kernel", "-l", "--language", "--cwd", "--stdout-file",
    "--stderr-file", "--log-level", "--start-timeout", "--start_timeout", "--execution-timeout",
    "--only", "--skip", "--until", "-j", "--jobs", "--sweep", "--into", "--color", "-C",
    "--directory",
  ]

  static func joiningPairs(_ arguments: [String]) -> [String] {
    guard CommandWords.known(arguments) == ["notebook", "run"] else { return arguments }
    var words: [String] = []
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "--" { return words + [word] + rest }
      if pairs.contains(word) {
        words.append(word)
        if let name = rest.popFirst() { words.append(joined(name, &rest)) }
      } else if let option = pairs.first(where: { $0.count > 2 && word.hasPrefix($0 + "=") }) {
        words += [option, joined(String(word.dropFirst(option.count + 1)), &rest)]
      } else if word.count > 2, word.hasPrefix("-p") || word.hasPrefix("-r") {
        words += [String(word.prefix(2)), joined(String(word.dropFirst(2)), &rest)]
      } else {
        words.append(word)
        if singles.contains(word), let value = rest.popFirst() { words.append(value) }
      }
    }
    return words
  }

  private static func joined(_ name: String, _ rest: inout ArraySlice<String>) -> String {
    rest.popFirst().map { name + String(GivenPair.separator) + $0 } ?? name
  }
}
