import Platform

/// What a node asks, in words.
struct SplitText {
  let name: String
  /// `< 35.5`, `in {red, blue}`.
  let condition: String
  /// Whether a row goes left when the answer is yes.
  let yesIsLeft: Bool
  let missingIsLeft: Bool

  var text: String { "\(name) \(condition)" }

  init(_ tree: DecisionTree, _ node: Int, _ model: BoostedModel) {
    let feature = Int(tree.feature[node])
    let known = model.features.indices.contains(feature) ? model.features[feature] : nil
    name = known?.name ?? "feature \(feature)"
    let set = Int(tree.categorySet[node])
    let isLightGBM = model.flavour == .lightgbm
    guard set < 0 else {
      let names = tree.categorySets[set].map { code in
        known.flatMap { feature in
          feature.categories.indices.contains(Int(code)) ? feature.categories[Int(code)] : nil
        } ?? "\(code)"
      }
      condition =
        names.count == 1 ? "is \(names[0])" : "in {\(names.joined(separator: ", "))}"
      yesIsLeft = isLightGBM
      missingIsLeft = isLightGBM ? false : tree.defaultLeft[node]
      return
    }
    let threshold = tree.threshold[node]
    condition =
      isLightGBM ? "≤ \(PictureStyle.short(threshold))" : "< \(PictureStyle.short(threshold))"
    yesIsLeft = true
    missingIsLeft =
      isLightGBM && tree.missing[node] == .none ? 0 <= threshold : tree.defaultLeft[node]
  }

  /// The question cut to a width: the name gives way before the number does.
  func fitted(to width: Double) -> String {
    let rest = PictureStyle.width(" " + condition, bold: true)
    let room = max(width - rest, width * 0.4)
    let short = PictureStyle.fitted(name, room, bold: true)
    return PictureStyle.fitted("\(short) \(condition)", width, bold: true)
  }
}
