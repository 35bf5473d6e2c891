import Platform

/// A suite that nobody has looked at yet, with what it was guessed from.
package struct InferredSuite: Sendable {
  package var suite: DataSuite
  /// What was seen in columns.
  var notes: [String: String]
  package var rows: Int
  package var columns: Int

  /// The file: what was looked at, and behind each line of tests a comment that it is a guess.
  ///
  /// - Parameter origin: what the rows are from, such as a path and a hash; a line.
  package func text(origin: String) -> String {
    let head = """
      # Guessed by `reprise data infer` from \(Self.line(origin)):
      # \(DigitGroups.text(rows)) row\(rows == 1 ? "" : "s"), \(columns) column\(columns == 1 ? "" : "s"). Limits leave room for what may come.
      # Look at each line, mend it, and remove its `# guess`.

      """
    var bare = suite
    for place in bare.tests.indices { bare.tests[place].isGuess = false }
    let text = head + marked(bare.yaml())
    // A text of several lines has no place for a comment: then each test has a mark of its own.
    let isSame =
      (try? DataSuite(parsing: Array(text.utf8), file: suite.file)).map { read in
        read.tests.map(\.kind) == suite.tests.map(\.kind)
          && read.tests.map(\.column) == suite.tests.map(\.column)
          && read.tests.allSatisfy(\.isGuess)
      } ?? false
    return isSame ? text : head + suite.yaml()
  }

  private static func line(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
  }

  /// With comments behind the lines of `columns` and `table`.
  private func marked(_ yaml: String) -> String {
    var section = ""
    var lines: [String] = []
    var names = suite.columns.map(\.name)[...]
    for line in yaml.split(separator: "\n", omittingEmptySubsequences: false) {
      let isItem = line.hasPrefix("- ") || line.hasPrefix("  - ")
      if !line.hasPrefix(" "), !isItem { section = String(line.prefix { $0 != ":" }) }
      guard section == "columns" || section == "table", isItem || line.hasPrefix("  ") else {
        lines.append(String(line))
        continue
      }
      var note = ""
      if section == "columns", !isItem, let name = names.popFirst(), let said = notes[name] {
        note = said
      }
      if line.hasSuffix(":") {
        lines.append(note.isEmpty ? String(line) : "\(line)  # \(note)")
      } else {
        lines.append("\(line)  # guess" + (note.isEmpty ? "" : ": \(note)"))
      }
    }
    return lines.joined(separator: "\n")
  }
}
