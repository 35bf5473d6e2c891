import Formats
import Platform

/// Makes a text file of LightGBM, version 4: what `save_model` writes, without the parameters of
/// training.
///
/// Names lose their spaces; those, and whatever else the format has no place for, are kept in a
/// header line `reprise_model` that the library passes over (see ``ModelSupplement``).
struct LightGBMWriter {
  private let model: BoostedModel

  /// - Parameter model: of LightGBM's flavour.
  init(_ model: BoostedModel) {
    var model = model
    model.foldTreeWeights()
    model.squareRounds()
    model.foldBaseMargins()
    self.model = model
  }

  /// A column's name as LightGBM spells it: without spaces, and not empty.
  static func spelled(_ name: String) -> String {
    let spelled = String(
      String.UnicodeScalarView(
        name.unicodeScalars.map { $0.properties.isWhitespace || $0.value < 0x20 ? "_" : $0 }))
    return spelled.isEmpty ? "_" : spelled
  }

  /// - Throws: ``Failure`` for a model without columns.
  func text() throws -> [UInt8] {
    guard !model.features.isEmpty else {
      throw Failure(.unsupported, "LightGBM has no models without columns")
    }
    let trees = model.trees.enumerated().map { LightGBMTreeWriter($1).text(index: $0) }
    var lines = ["tree", "version=v4"]
    lines.append("num_class=\(model.outputs)")
    lines.append("num_tree_per_iteration=\(model.outputs)")
    lines.append("label_index=0")
    lines.append("max_feature_idx=\(model.features.count - 1)")
    if !model.objective.isEmpty { lines.append("objective=\(model.objective)") }
    if model.averagesRounds { lines.append("average_output") }
    lines.append("feature_names=" + words(model.features.map { Self.spelled($0.name) }))
    lines.append("feature_infos=" + words(model.features.indices.map(info)))
    lines.append("tree_sizes=" + words(trees.map { "\($0.utf8.count)" }))
    if let note = supplement.text {
      // The library takes a line with two equals signs for a broken one.
      let safe = note.split(separator: "=", omittingEmptySubsequences: false)
        .joined(separator: "\\u003d")
      lines.append("\(ModelSupplement.headerKey)=\(safe)")
    }
    let head = lines.joined(separator: "\n") + "\n\n"
    return Array((head + trees.joined() + "end of trees\n\n" + tail).utf8)
  }

  private func words(_ words: [String]) -> String { words.joined(separator: " ") }

  private func info(_ index: Int) -> String {
    let feature = model.features[index]
    guard feature.kind == .categorical else {
      guard let range = feature.range, range.lowerBound.isFinite, range.upperBound.isFinite else {
        return "none"
      }
      return "[\(range.lowerBound):\(range.upperBound)]"
    }
    var codes = categories(of: index)
    if let range = feature.range, let least = Int32(exactly: range.lowerBound),
      let largest = Int32(exactly: range.upperBound)
    {
      codes.formUnion([least, largest])
      if Int(largest) - Int(least) < 1 << 16 { codes.formUnion(least...largest) }
    }
    return codes.isEmpty ? "none" : codes.sorted().map { "\($0)" }.joined(separator: ":")
  }

  /// The categories that have names or that a split lists.
  private func categories(of feature: Int) -> Set<Int32> {
    var codes = Set((0..<Int32(clamping: model.features[feature].categories.count)))
    for tree in model.trees {
      for node in 0..<tree.nodeCount where tree.categorySet[node] >= 0 {
        guard Int(tree.feature[node]) == feature else { continue }
        codes.formUnion(tree.categorySets[Int(tree.categorySet[node])])
      }
    }
    return codes
  }

  /// Everything, when the header's own lines say less than all.
  private var supplement: ModelSupplement {
    var supplement = ModelSupplement()
    supplement.features = model.features
    supplement.classes = model.classes
    supplement.bestRound = model.bestRound
    supplement.bestScore = model.bestScore
    supplement.attributes = model.attributes
    supplement.objectiveParameters = model.objectiveParameters
    let plain = model.features.indices.allSatisfy { index in
      let feature = model.features[index]
      return feature.categories.isEmpty && feature.name == Self.spelled(feature.name)
        && (feature.kind == .categorical || feature.kind == .float)
        && (info(index) == "none") == (feature.range == nil && feature.kind == .float)
    }
    if plain, missingRulesAreWritten { supplement.features = nil }
    return supplement
  }

  /// Whether the nodes say of each column what is missing there.
  private var missingRulesAreWritten: Bool {
    var rules = [MissingRule](repeating: .nan, count: model.features.count)
    var isKnown = [Bool](repeating: false, count: rules.count)
    for tree in model.trees {
      for node in 0..<tree.nodeCount where !tree.isLeaf(node) {
        let feature = Int(tree.feature[node])
        if !isKnown[feature] { (isKnown[feature], rules[feature]) = (true, tree.missing[node]) }
      }
    }
    return rules == model.features.map(\.missing)
  }

  private var tail: String {
    let splits = model.importances(.weight)
    let used = splits.indices.filter { splits[$0] > 0 }.sorted {
      splits[$0] == splits[$1] ? $0 < $1 : splits[$0] > splits[$1]
    }
    let importances = used.map {
      "\(Self.spelled(model.features[$0].name))=\(Int(splits[$0]))\n"
    }
    let columns = model.features.filter { $0.kind == .categorical }
    let hasNames = !columns.isEmpty && columns.allSatisfy { !$0.categories.isEmpty }
    let names = columns.map { column in
      JSONValue.array(column.categories.map { .string($0) })
    }
    return "feature_importances:\n" + importances.joined() + "\nparameters:\n\n"
      + "end of parameters\n\npandas_categorical:"
      + (hasNames ? JSONValue.array(names).text() : "null") + "\n"
  }
}
