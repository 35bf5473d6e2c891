import ArgumentParser

/// `reprise models`: what is in model files, and the same models in other formats.
struct ModelsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "Show, explain and convert models.",
    discussion: """
      A model is a file of XGBoost, LightGBM, ONNX or reprise, a folder of MLflow's, or a run that \
      trained one: id, prefix, name, `latest` or `latest~N`.

        reprise models show latest
        reprise models explain latest data/new.csv
        reprise models convert latest model.onnx
      """,
    subcommands: [ModelsShow.self, ModelsExplain.self, ModelsConvert.self])
}
