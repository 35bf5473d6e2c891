import Formats

/// What goes into a model and what comes out, as MLflow writes it.
///
/// Columns of numbers are of any type: MLflow refuses whole numbers where a signature says `double`,
/// and a column may hold whole numbers by chance. Models of ONNX take named tensors, one for each
/// column: only those are given the columns of a `DataFrame` by their names, turned to the type of
/// the input.
struct MLflowSignature {
  let inputs: JSONValue
  let outputs: JSONValue

  /// - Parameter loader: the flavour that predicts for `python_function`.
  init(_ model: any Model, loader: MLflowModelFolder.Flavor) {
    let boosted = (model as? BoostedTableModel)?.model
    let text = model.textColumns
    if let network = model as? NetworkModel, case .images(let shape, _, _) = network.input {
      let sizes = [shape.channels, shape.height, shape.width].map { Int64($0) }
      inputs = .array([Self.tensor("image", "float32", [-1] + sizes)])
      outputs = .array(
        network.classes.isEmpty
          ? [Self.tensor("prediction", "float64", [-1, 1])]
          : [
            Self.tensor("label", Self.labelType(boosted, model), [-1]),
            Self.tensor("probabilities", "float32", [-1, -1]),
          ])
      return
    }
    if loader == .onnx {
      let own = model as? any ONNXConvertible
      let number = own.map { type(of: $0).cells == .double } ?? false ? "float64" : "float32"
      inputs = .array(
        model.features.map {
          Self.tensor($0, text.contains($0) ? "str" : number, [-1, 1])
        })
      let isNumber = own.map(\.classes.isEmpty) ?? boosted.map { !$0.tellsClasses } ?? false
      outputs = .array(
        isNumber
          ? [Self.tensor("prediction", number, [-1, Int64(boosted?.outputs ?? 1)])]
          : [
            Self.tensor("label", Self.labelType(boosted, model), [-1]),
            Self.tensor("probabilities", number, [-1, -1]),
          ])
      return
    }
    inputs = .array(
      model.features.map {
        .object([.init("type", "any"), .init("name", .string($0)), .init("required", true)])
      })
    let shape: [Int64] = (boosted?.outputs ?? 1) > 1 ? [-1, Int64(boosted?.outputs ?? 1)] : [-1]
    outputs = .array([
      Self.tensor(nil, loader == .xgboost ? "float32" : "float64", shape)
    ])
  }

  private static func labelType(_ boosted: BoostedModel?, _ model: any Model) -> String {
    let classes = boosted?.classes ?? (model as? any ONNXConvertible)?.classes ?? []
    return ONNXClassNames(classes).type == .int64 ? "int64" : "object"
  }

  private static func tensor(_ name: String?, _ type: String, _ shape: [Int64]) -> JSONValue {
    var members: [JSONValue.Member] = [.init("type", "tensor")]
    if let name { members.append(.init("name", .string(name))) }
    members.append(
      .init(
        "tensor-spec",
        .object([
          .init("dtype", .string(type)), .init("shape", .array(shape.map { .int($0) })),
        ])))
    return .object(members)
  }
}
