import ArgumentParser
import Compute
import Formats
import Learning
import Platform
import SystemPackage

/// `reprise models explain`: what each column adds to the predictions of a table's rows.
struct ModelsExplain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain predictions by SHAP values: what each column adds.",
    discussion: """
      Shares are those of a margin: with the mean margin (`bias`) they add up to it exactly. Without \
      further options the mean size of each column's shares is shown.

        boosted trees  the number, or a class's score before it is a probability
        forest         the number, or the probability of each class
        linear         the number
        logistic       log odds of the second of two classes, or each class's score

      The mean of trees is that of the rows they learnt from. That of linear and logistic models is the mean of \
      the whole table that is given, with --row too: a share is the coefficient times (value - mean).

        reprise models explain latest data/new.csv
        reprise models explain latest data/new.csv -o shares.csv
        reprise models explain latest data/new.csv --row 3 --svg row3.svg
      """)

  @Argument(help: "The model: a file, a folder of MLflow's, or the run that trained it.")
  var model: String

  @Argument(
    help:
      "The table: CSV with a header, JSON Lines, Parquet, FILE#TABLE of SQLite, or an array of NumPy's."
  )
  var data: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the shares of every row to this CSV file.", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Explain one row, counted from 1.", valueName: "number"))
  var row: Int?

  @Option(
    name: .customLong("class"),
    help: ArgumentHelp("The class to explain; by default the likeliest.", valueName: "name"))
  var chosen: String?

  @Option(help: ArgumentHelp("Draw the row's shares into this file.", valueName: "file"))
  var svg: String?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard svg == nil || row != nil else {
      throw ValidationError("--svg draws one row: add `--row 1`")
    }
    guard chosen == nil || row != nil else { throw ValidationError("--class is for --row") }
  }

  func run() async throws {
    let place = try Place(global)
    let console = global.console
    let model = try ModelFile.read(ModelReference.path(of: self.model, in: place))
    let path = try FileSystem.absolute(FilePath(data), in: place.folder)
    let table = try TableFile.read(path, asText: model.textColumns)
    if let row { try check(row: row, of: table) }
    // All rows only where all are written: those of large forests take their time.
    let explanation = try model.explain(
      table, rows: output == nil ? row.map { $0 - 1..<$0 } : nil,
      on: WorkerPool(threads: WorkerPool.processorCount))
    for note in explanation.notes { console.warn(Failure(.invalid, note)) }
    if let output {
      try FileSystem.write(
        explanation.csv, to: FileSystem.absolute(FilePath(output), in: place.folder))
      console.note("wrote the shares of \(explanation.rowCount) rows to \(output)")
    }
    if let row {
      let page = try ExplainedRow(
        explanation, table, row: row, output: output(of: row, explanation), target: model.target)
      if let svg {
        try FileSystem.write(
          page.svg, to: FileSystem.absolute(FilePath(svg), in: place.folder))
        console.note("wrote row \(row) to \(svg)")
      }
      if svg == nil || console.printsJSON { console.show(page.json) { page.text(for: console) } }
    } else if output == nil || console.printsJSON {
      let page = ShareSummary(explanation: explanation)
      console.show(page.json) { page.text(for: console) }
    }
  }

  private func check(row: Int, of table: Table) throws {
    guard row > 0, row <= table.rowCount else {
      throw Failure(
        .notFound, "there is no row \(row)",
        hint: "the table has \(table.rowCount) rows, counted from 1")
    }
  }

  private func output(of row: Int, _ explanation: TableExplanation) throws -> Int {
    guard let chosen else { return explanation.likeliest(row: row - 1) }
    guard let output = explanation.outputs.firstIndex(of: chosen) else {
      throw Failure(
        .notFound, "there is no class `\(chosen)` to explain",
        hint: explanation.outputs.isEmpty
          ? "the model has one margin; leave `--class` out"
          : "there are: \(explanation.outputs.joined(separator: ", "))")
    }
    return output
  }
}
