import Compute
import Formats
import Platform
import SystemPackage

/// A shell command that reads rows on its standard input and writes a prediction for each.
///
/// It gets CSV with a header, or an object in each line. It writes CSV: a column of numbers or classes, or a column for each
/// class with its probability, named `p(CLASS)` or by the class; with a header, or without one when it has a single column. Or
/// JSON: a list, or an object in each line; see ``AnswerText``.
package struct CommandPredictor: Predictor {
  private let command: String
  private let format: PredictorReference.RowFormat
  private let timeout: Double
  private let folder: FilePath
  private let variables: [String: String]

  package init(
    _ command: String, format: PredictorReference.RowFormat, timeout: Double, folder: FilePath,
    variables: [String: String]
  ) {
    self.command = command
    self.format = format
    self.timeout = timeout
    self.folder = folder
    self.variables = variables
  }

  package var name: String { "the command" }

  package func answers(for table: Table, threads: Int) throws -> Answers {
    let place = try TemporaryDirectory(prefix: "reprise-predict-")
    let (input, errors) = (place.path.appending("rows"), place.path.appending("errors"))
    let rows = TableText(table)
    try FileSystem.write(format == .csv ? rows.csv : rows.lines, to: input, durable: false)
    // On lines of their own, so that a comment or a line's end in the command does no harm.
    let script = "{\n\(command)\n} <\"$REPRISE_ROWS\" 2>\"$REPRISE_ERRORS\""
    var environment = variables
    environment["REPRISE_ROWS"] = input.string
    environment["REPRISE_ERRORS"] = errors.string
    let (end, output) = try ChildProcess.captureBlocking(
      ChildCommand("/bin/sh", ["-c", script], environment: environment, directory: folder),
      timeout: .milliseconds(Int64(timeout * 1000)), limit: 1 << 30)
    let said = (try? FileSystem.readText(errors)) ?? ""
    guard end.reason != .timeout else {
      throw Failure(
        .invalid,
        "the command had not answered \(DigitGroups.text(table.rowCount)) rows after \(shortNumber(timeout)) s",
        hint: "give it more time with `timeout: \(shortNumber(timeout * 10))s`, or fewer rows")
    }
    switch end.status {
    case .exited(0): break
    case .exited(let code):
      throw Failure(
        .invalid, "the command failed with status \(code)\(Self.last(said))",
        hint: "it has to read rows on its standard input, and to write predictions: \(command)")
    case .signalled(let signal):
      throw Failure(.invalid, "the command was killed by signal \(signal)\(Self.last(said))")
    }
    let answers: Answers
    do throws(ParseFailure) { answers = try AnswerText.answers(output) } catch {
      throw Failure(
        .invalid, "what the command wrote is no table of predictions: \(error.message)",
        hint: error.hint ?? "it has to write a prediction for each row, as CSV or as JSON")
    }
    return try answers.checked(rows: table.rowCount, by: name)
  }

  /// The last line that says something.
  private static func last(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).last {
      !$0.allSatisfy(\.isWhitespace)
    }
    return line.map { ": \($0.prefix(200))" } ?? ""
  }
}
