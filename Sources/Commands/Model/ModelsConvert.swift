import ArgumentParser
import Formats
import Learning
import Platform
import SystemPackage

/// `reprise models convert`: the same model in another format.
struct ModelsConvert: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a model in another format.",
    discussion: """
      The end of the name says the format: .json and .ubj are XGBoost's, .txt is LightGBM's, .onnx is \
      ONNX; a name that ends in / becomes a folder of MLflow's.

        reprise models convert latest model.onnx
        reprise models convert model.txt model.ubj
        reprise models convert latest served/ --to mlflow
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case xgboost, lightgbm, onnx, mlflow
  }

  @Argument(help: "The model: a file, a folder of MLflow's, or the run that trained it.")
  var model: String

  @Argument(help: "The file or the folder to write.")
  var output: String

  @Option(help: ArgumentHelp("The format: xgboost, lightgbm, onnx or mlflow.", valueName: "format"))
  var to: Format?

  @Option(
    help: ArgumentHelp(
      "What MLflow loads: xgboost, lightgbm or onnx; by default what suits the model.",
      valueName: "flavor"))
  var flavor: String?

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try Place(global)
    let source = try ModelReference.path(of: model, in: place)
    let target = try FileSystem.absolute(FilePath(output), in: place.folder)
    let read = try ModelFile.read(source)
    let format: String
    if to == .mlflow || to == nil && output.hasSuffix("/") {
      try writeFolder(read, target)
      format = "mlflow"
    } else {
      guard flavor == nil else {
        throw Failure(.usage, "`--flavor` is for folders of MLflow's", hint: "add `--to mlflow`")
      }
      format = try writeFile(read, target)
    }
    let json = JSONValue.object([
      .init("model", .string(source.string)), .init("output", .string(target.string)),
      .init("format", .string(format)),
    ])
    if global.console.printsJSON {
      global.console.show(json) { "" }
    } else {
      global.console.note("wrote \(output), \(format)")
    }
  }

  private func writeFile(_ model: any Model, _ target: FilePath) throws -> String {
    let format = try fileFormat(target)
    try FileSystem.write(ModelExport.bytes(of: model, as: format), to: target)
    return format.rawValue
  }

  private func fileFormat(_ target: FilePath) throws -> ModelFormat {
    let named = try? ModelFormat(named: target)
    switch to {
    case nil: return try ModelFormat(named: target)
    case .xgboost: return named == .xgboostUBJSON ? .xgboostUBJSON : .xgboostJSON
    case .lightgbm: return .lightgbmText
    case .onnx: return .onnx
    case .mlflow: preconditionFailure("a folder is no file")
    }
  }

  private func writeFolder(_ model: any Model, _ target: FilePath) throws {
    let isFree =
      try !FileSystem.exists(target) || MLflowModelFolder.isOne(target)
      || FileSystem.isDirectory(target) && FileSystem.names(in: target).isEmpty
    guard isFree else {
      throw Failure(
        .conflict, "`\(output)` is there already, and holds no model of MLflow's",
        hint: "give the name of a new folder")
    }
    let known = MLflowModelFolder.Flavor.allCases
    let wanted = try flavor.map { text in
      guard let flavor = MLflowModelFolder.Flavor(rawValue: text) else {
        throw Failure(
          .usage, "there is no flavour `\(text)`",
          hint: "there are: \(known.map(\.rawValue).joined(separator: ", "))")
      }
      return flavor
    }
    var generator = SystemRandomNumberGenerator()
    let digits = (0..<32).map { _ in String(Int.random(in: 0..<16, using: &generator), radix: 16) }
    try MLflowModelFolder.write(
      model, to: target, flavor: wanted, uuid: digits.joined(),
      created: Clock.milliseconds() * 1000)
  }
}
