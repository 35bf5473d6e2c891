import Formats
import Platform
import SystemPackage

/// Folders that MLflow keeps models in: the model's file, `MLmodel`, which says what it is and how it
/// is loaded, and what has to be installed for that.
package enum MLflowModelFolder {
  /// Whose format the model's file has; MLflow's word for it.
  package enum Flavor: String, Sendable, Hashable, CaseIterable {
    case xgboost, lightgbm, onnx
  }

  /// Writes a model as a folder that `mlflow.pyfunc.load_model` and the flavours' own `load_model`
  /// accept.
  ///
  /// Without a flavour, trees are written in the format of the library whose rules they follow.
  /// Linear models and forests, and models that look at text, are written as ONNX, which takes the columns of a
  /// `DataFrame` as they are; trees have their library's file and flavour beside it.
  ///
  /// The `MLmodel` is written last: a folder that has one is complete.
  ///
  /// - Parameters:
  ///   - uuid: 32 hexadecimal digits that no other model has.
  ///   - created: microseconds since 1970.
  ///   - run: the id of the run that trained it.
  /// - Throws: ``Failure`` for models that the flavour cannot hold.
  package static func write(
    _ model: any Model, to folder: FilePath, flavor: Flavor? = nil, uuid: String, created: Int64,
    run: String? = nil
  ) throws {
    let parts = try parts(of: model, flavor)
    let description = MLflowDescription(
      parts: parts.map { ($0.flavor, $0.name) },
      signature: MLflowSignature(model, loader: parts[0].flavor),
      size: parts.reduce(0) { $0 + $1.bytes.count }, uuid: uuid, created: created, run: run)
    let environment = MLflowEnvironment(parts.map(\.flavor))
    try FileSystem.createDirectory(folder)
    for part in parts { try FileSystem.write(part.bytes, to: folder.appending(part.name)) }
    try FileSystem.write(environment.requirements, to: folder.appending("requirements.txt"))
    try FileSystem.write(environment.conda, to: folder.appending("conda.yaml"))
    try FileSystem.write(environment.python, to: folder.appending("python_env.yaml"))
    try FileSystem.write(description.text, to: folder.appending("MLmodel"))
  }

  private typealias Part = (flavor: Flavor, name: String, bytes: [UInt8])

  /// The files; MLflow's `python_function` loads the first.
  private static func parts(of model: any Model, _ wanted: Flavor?) throws -> [Part] {
    if let own = model as? any ONNXConvertible {
      guard wanted ?? .onnx == .onnx else { throw noFlavor(model, wanted) }
      return [(.onnx, "model.onnx", try own.onnx(layout: .columns))]
    }
    guard let boosted = (model as? BoostedTableModel)?.model else { throw noFlavor(model, wanted) }
    let native: Flavor = boosted.flavour == .xgboost ? .xgboost : .lightgbm
    let hasText = boosted.features.contains { !$0.categories.isEmpty }
    switch wanted {
    case nil where hasText: return [try part(boosted, .onnx), try part(boosted, native)]
    case nil: return [try part(boosted, native)]
    case .some(let flavor): return [try part(boosted, flavor)]
    }
  }

  private static func part(_ model: BoostedModel, _ flavor: Flavor) throws -> Part {
    switch flavor {
    case .xgboost: (flavor, "model.json", try model.encoded(as: .xgboostJSON))
    case .lightgbm: (flavor, "model.lgb", try model.encoded(as: .lightgbmText))
    case .onnx: (flavor, "model.onnx", try model.onnx(layout: .columns))
    }
  }

  private static func noFlavor(_ model: any Model, _ flavor: Flavor?) -> Failure {
    Failure(
      .unsupported,
      "a model of the kind `\(model.kind)` cannot be written as \(flavor?.rawValue ?? "MLflow's")",
      hint: "linear models and forests are written as onnx, boosted trees as xgboost, lightgbm or "
        + "onnx")
  }
}
