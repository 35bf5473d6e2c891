import ArgumentParser

/// `reprise models`: what is in model files, the same models in other formats, and the model registry.
struct ModelsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "Show, explain, convert and register models.",
    discussion: """
      A model is a file of XGBoost, LightGBM, ONNX or reprise, a folder of MLflow's, a run that \
      trained one (id, prefix, name, `latest` or `latest~N`), or a registered version: `models:/NAME/VERSION`, \
      `models:/NAME@ALIAS`.

        reprise models show latest
        reprise models explain latest data/new.csv
        reprise models convert latest model.onnx
        reprise models register latest churn --alias champion
      """,
    subcommands: [
      ModelsShow.self, ModelsExplain.self, ModelsConvert.self, ModelsList.self,
      ModelsVersions.self, ModelsRegister.self, ModelsAlias.self, ModelsStage.self, ModelsTag.self,
      ModelsRename.self, ModelsDelete.self,
    ])
}
