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
      The model is a file, a folder of MLflow's, or a run that trained one: id, prefix, name, `latest` \
      or `latest~N`. What is written has a header and a line for each row: the number that is predicted, the \
      probability of the second of two classes, or a probability for each of several; --labels gives the likeliest class \
      and the probability of every class.

        reprise predict latest data/new.csv --labels
        reprise predict models/penguins.json data/new.csv -o predictions.csv
        reprise predict --model price.ubj --data new.parquet --output prices.csv
      """)

  @Argument(help: "The model: a file, a folder of MLflow's, or the run that trained it.")
  var modelArgument: String?

  @Argument(
    help:
      "The table: CSV with a header, JSON Lines, Parquet, FILE#TABLE of SQLite, or an array of NumPy's."
  )
  var dataArgument: String?

  @Option(help: ArgumentHelp("The model, in place of the first argument.", valueName: "model"))
  var model: String?

  @Option(help: ArgumentHelp("The table, in place of the last argument.", valueName: "file"))
  var data: String?

  @Flag(help: "Write the likeliest class of each row, and every probability.")
  var labels = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write to this file; .json gives JSON, anything else CSV.", valueName: "file"))
  var output: String?

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try Place(global)
    let console = global.console
    let (model, data) = try given()
    let table = try FileSystem.absolute(FilePath(data), in: place.folder)
    let predictions = try predict(
      model: ModelReference.path(of: model, in: place), data: table)
    guard !labels || predictions.values == nil else {
      throw Failure(
        .usage, "`--labels` is for classes, and this model predicts numbers", hint: "leave it out")
    }
    for note in predictions.notes { console.warn(Failure(.invalid, note)) }
    let isJSON = output.map { $0.hasSuffix(".json") } ?? console.printsJSON
    let bytes =
      isJSON
      ? Array((predictions.json.text(.indented) + "\n").utf8) : predictions.csv(labels: labels)
    guard let output else { return console.write(bytes) }
    try FileSystem.write(bytes, to: FileSystem.absolute(FilePath(output), in: place.folder))
    console.note("wrote \(predictions.count) predictions to \(output)")
  }

  /// The model and the table, by name or by place: what is left of the arguments fills what is not named.
  private func given() throws -> (model: String, data: String) {
    var places = [modelArgument, dataArgument].compactMap(\.self)
    let names = try [("model", model), ("data", data)].map { name, option in
      if let option { return option }
      guard !places.isEmpty else {
        throw Failure(
          .usage, "no \(name == "model" ? "model" : "table") is given",
          hint: "write `reprise predict MODEL DATA`, or `--\(name) FILE`")
      }
      return places.removeFirst()
    }
    if let more = places.first {
      throw Failure(.usage, "`\(more)` is one argument too many", hint: "leave it out")
    }
    return (names[0], names[1])
  }
}
