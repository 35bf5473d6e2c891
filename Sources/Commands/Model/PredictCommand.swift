import ArgumentParser
import Formats
import Learning
import Platform
import SystemPackage

/// `reprise predict`: a model's answers for the rows of a table.
struct PredictCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Predict the rows of a table with a trained model.",
    discussion: """
      The model is a file, a folder of MLflow's, or a run that trained one: id, prefix, name, `latest`
      or `latest~N`.

        reprise predict latest data/new.csv
        reprise predict models/penguins.json data/new.csv -o predictions.csv
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
    help: ArgumentHelp(
      "Write to this file; .json gives JSON, anything else CSV.", valueName: "file"))
  var output: String?

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try Place(global)
    let console = global.console
    let table = try FileSystem.absolute(FilePath(data), in: place.folder)
    let predictions = try predict(
      model: ModelReference.path(of: model, in: place), data: table)
    for note in predictions.notes { console.warn(Failure(.invalid, note)) }
    let isJSON = output.map { $0.hasSuffix(".json") } ?? console.printsJSON
    let bytes =
      isJSON
      ? Array((predictions.json.text(.indented) + "\n").utf8) : predictions.csv
    guard let output else { return console.write(bytes) }
    try FileSystem.write(bytes, to: FileSystem.absolute(FilePath(output), in: place.folder))
    console.note("wrote \(predictions.count) predictions to \(output)")
  }
}
