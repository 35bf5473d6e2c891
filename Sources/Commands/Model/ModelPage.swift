import Compute
import Formats
import Learning
import Platform

/// A model for a terminal: what it is, and how much each column counts.
struct ModelPage {
  let model: any Model
  /// nil takes gains where there are some.
  let importance: BoostedModel.Importance?
  let console: Console

  private var boosted: BoostedModel? { (model as? BoostedTableModel)?.model }
  private var linear: LogisticModel? { model as? LogisticModel }
  private var forest: ForestModel? { model as? ForestModel }

  var text: String {
    let head = aligned(facts.map { ($0.name, $0.text) })
    guard !model.features.isEmpty else { return head }
    return head + "\n\n" + table
  }

  private var table: String {
    switch model {
    case let trees as BoostedTableModel: importances(trees.model)
    case let forest as ForestModel: importances(forest.forest)
    case let linear as LogisticModel: coefficients(linear)
    case let linear as LinearModel: coefficients(linear)
    case let network as NetworkModel:
      aligned(
        network.layers.enumerated().map { index, layer in
          let weights = layer.weights > 0 ? ", \(layer.weights) weights" : ""
          return ("\(index + 1) \(layer.name)", layer.output + weights)
        })
    default: model.features.map(singleLine).joined(separator: "\n")
    }
  }

  var json: JSONValue {
    var members = facts.map { JSONValue.Member($0.key, $0.json) }
    if let network = model as? NetworkModel {
      let layers = network.layers.map { layer in
        JSONValue.object([
          .init("name", .string(layer.name)), .init("output", .string(layer.output)),
          .init("weights", .int(Int64(layer.weights))),
        ])
      }
      members.append(.init("layers", .array(layers)))
    }
    members.append(.init("features", .array(features)))
    return .object(members)
  }

  // MARK: Facts

  private struct Fact {
    var name: String
    var key: String
    var text: String
    var json: JSONValue
  }

  private var facts: [Fact] {
    var facts: [Fact] = []
    func add(_ name: String, _ key: String, _ text: String, _ json: JSONValue? = nil) {
      facts.append(Fact(name: name, key: key, text: text, json: json ?? .string(text)))
    }
    func add(_ name: String, _ key: String, _ number: Int) {
      add(name, key, "\(number)", .int(Int64(number)))
    }
    add("kind", "kind", model.kind)
    add("target", "target", model.target)
    let network = model as? NetworkModel
    let classes =
      boosted?.classes ?? linear?.classes ?? forest?.classes ?? network?.classes ?? []
    if !classes.isEmpty {
      let shown = classes.prefix(12).joined(separator: ", ") + (classes.count > 12 ? ", …" : "")
      add("classes", "classes", shown, .array(classes.map { .string($0) }))
    }
    if let network {
      add("input", "input", network.input.shape.description)
      add("weights", "weights", network.layers.reduce(0) { $0 + $1.weights })
    }
    if let trees = forest?.forest.trees {
      add("trees", "trees", trees.count)
      add("leaves", "leaves", trees.reduce(0) { $0 + $1.leafCount })
      add("depth", "depth", trees.map(\.depth).max() ?? 0)
    }
    guard let boosted else { return facts }
    if !boosted.objective.isEmpty { add("objective", "objective", boosted.objective) }
    add("rounds", "rounds", boosted.roundCount)
    if let round = boosted.bestRound { add("best round", "best_round", round) }
    add("trees", "trees", boosted.trees.count)
    add("leaves", "leaves", boosted.trees.reduce(0) { $0 + $1.leafCount })
    add("depth", "depth", boosted.trees.map(\.depth).max() ?? 0)
    return facts
  }

  // MARK: Columns

  private func kind(_ boosted: BoostedModel) -> BoostedModel.Importance {
    importance ?? (boosted.importances(.totalGain).contains { $0 != 0 } ? .gain : .weight)
  }

  private static func type(_ feature: ModelFeature) -> String {
    switch feature.kind {
    case .categorical:
      feature.categories.isEmpty ? "category" : "\(feature.categories.count) categories"
    case .int: "whole numbers"
    case .indicator: "yes or no"
    case .float, .quantitative: "numbers"
    }
  }

  private func importances(_ boosted: BoostedModel) -> String {
    let kind = kind(boosted)
    let values = boosted.importances(kind)
    let splits = boosted.importances(.weight)
    var bars = BarTable(value: kind.rawValue.uppercased(), details: ["SPLITS", "TYPE"])
    let order = values.indices.sorted {
      values[$0] == values[$1] ? $0 < $1 : values[$0] > values[$1]
    }
    for index in order {
      bars.add(
        boosted.features[index].name, values[index],
        [shortNumber(splits[index]), Self.type(boosted.features[index])])
    }
    return bars.text(for: console)
  }

  /// scikit-learn's `feature_importances_`, the highest first.
  private func importances(_ forest: Forest) -> String {
    var bars = BarTable(value: "IMPORTANCE", details: ["TYPE"])
    let values = forest.importances
    let order = values.indices.sorted {
      values[$0] == values[$1] ? $0 < $1 : values[$0] > values[$1]
    }
    for index in order {
      bars.add(
        forest.features[index].name, values[index], [Self.type(forest.features[index])])
    }
    return bars.text(for: console)
  }

  /// In the table's own units.
  private func coefficients(_ linear: LinearModel) -> String {
    let own = linear.ownUnits
    var table = TextTable([
      .init(title: "COLUMN", isText: true), .init(title: "COEFFICIENT", alignment: .right),
    ])
    for (name, value) in zip(linear.encoder.columnNames, own.coefficients) {
      table.rows.append([.init(name), .init(shortNumber(value))])
    }
    table.rows.append([.init("(intercept)"), .init(shortNumber(own.intercept))])
    return table.text(for: console)
  }

  private func coefficients(_ linear: LogisticModel) -> String {
    let names = linear.encoder.columnNames
    let weights = linear.weights
    let outputs = weights.rows
    let classes = outputs == 1 ? [linear.classes[1]] : linear.classes
    var table = TextTable(
      [.init(title: "COLUMN", isText: true)]
        + classes.enumerated().map {
          .init(title: $1, alignment: .right, yields: $0 == 0 ? 0 : $0, isText: false)
        })
    for (column, name) in (names + ["(intercept)"]).enumerated() {
      table.rows.append(
        [.init(name)] + (0..<outputs).map { .init(shortNumber(weights[$0, column])) })
    }
    return table.text(for: console)
  }

  private var features: [JSONValue] {
    if let forest = forest?.forest {
      return zip(forest.features, forest.importances).map { feature, importance in
        Self.json(feature, [.init("importance", .double(importance))])
      }
    }
    guard let boosted else { return model.features.map { .object([.init("name", .string($0))]) } }
    let kind = kind(boosted)
    let values = boosted.importances(kind)
    let splits = boosted.importances(.weight)
    return boosted.features.enumerated().map { index, feature in
      Self.json(
        feature,
        [.init(kind.rawValue, .double(values[index])), .init("splits", .double(splits[index]))])
    }
  }

  private static func json(
    _ feature: ModelFeature, _ figures: [JSONValue.Member]
  ) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("name", .string(feature.name)), .init("type", .string(feature.kind.rawValue)),
    ]
    members += figures
    if !feature.categories.isEmpty {
      members.append(.init("categories", .array(feature.categories.map { .string($0) })))
    }
    return .object(members)
  }
}
