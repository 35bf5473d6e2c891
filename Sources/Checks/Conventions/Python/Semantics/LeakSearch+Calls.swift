import Python

extension LeakSearch {
  /// Modules whose classes learn from the data that they are fitted on.
  private static let modules = [
    "sklearn.preprocessing.", "sklearn.decomposition.", "sklearn.impute.",
    "sklearn.feature_selection.", "sklearn.feature_extraction.", "sklearn.random_projection.",
    "sklearn.kernel_approximation.", "sklearn.manifold.", "sklearn.compose.ColumnTransformer",
    "sklearn.compose.make_column_transformer", "imblearn.over_sampling.",
    "imblearn.under_sampling.", "imblearn.combine.", "category_encoders.",
  ]

  /// Classes of these modules that learn nothing, or only the classes' names.
  private static let harmless: Set<String> = [
    "LabelEncoder", "LabelBinarizer", "MultiLabelBinarizer", "FunctionTransformer", "Normalizer",
    "Binarizer", "HashingVectorizer", "FeatureHasher", "PolynomialFeatures", "AdditiveChi2Sampler",
  ]

  /// Functions that learn from the data and change it at once.
  private static let functions: Set<String> = [
    "sklearn.preprocessing.scale", "sklearn.preprocessing.minmax_scale",
    "sklearn.preprocessing.maxabs_scale", "sklearn.preprocessing.robust_scale",
    "sklearn.preprocessing.quantile_transform", "sklearn.preprocessing.power_transform",
  ]

  /// Functions that train and test, and where their data are among the arguments.
  private static let validations: Set<String> = [
    "cross_val_score", "cross_val_predict", "cross_validate", "learning_curve", "validation_curve",
    "permutation_test_score",
  ]

  func isTransformer(_ value: NodeID) -> Bool {
    let tree = source.tree
    guard tree.kind(value) == .call else { return false }
    let function = tree.function(of: value)
    // `StandardScaler().fit(X)` is one too.
    if tree.kind(function) == .attribute, tree.name(of: function) == "fit",
      let receiver = tree.operand(of: function)
    {
      return isTransformer(receiver)
    }
    guard let name = source.qualifiedName(function),
      let last = name.split(separator: ".").last.map(String.init)
    else { return false }
    return !Self.harmless.contains(last) && !Self.functions.contains(name)
      && Self.modules.contains { name.hasPrefix($0) }
  }

  func isSplitter(_ value: NodeID) -> Bool {
    guard source.tree.kind(value) == .call,
      let name = source.qualifiedName(source.tree.function(of: value)),
      name.hasPrefix("sklearn.model_selection.")
    else { return false }
    return name.hasSuffix("Fold") || name.hasSuffix("Split") || name.hasSuffix("Out")
      || name.hasSuffix("SearchCV")
  }

  /// Whether a call fits a transformer.
  func isFit(_ call: NodeID) -> Bool {
    let tree = source.tree
    let function = tree.function(of: call)
    if let name = source.qualifiedName(function), Self.functions.contains(name) { return true }
    guard tree.kind(function) == .attribute, let receiver = tree.operand(of: function) else {
      return false
    }
    switch tree.name(of: function) {
    case "fit", "fit_transform", "fit_resample", "partial_fit": return holdsTransformer(receiver)
    default: return false
    }
  }

  /// What a call is fitted on.
  func data(of call: NodeID) -> NodeID? {
    source.tree.positionalArguments(of: call).first ?? source.tree.argument("X", of: call)
  }

  /// The data that a call splits.
  func splitData(_ call: NodeID) -> [NodeID] {
    let tree = source.tree
    let function = tree.function(of: call)
    if let name = source.qualifiedName(function), name.hasPrefix("sklearn.model_selection.") {
      let arguments = tree.positionalArguments(of: call)
      let last = name.dropFirst("sklearn.model_selection.".count)
      if last == "train_test_split" { return arguments }
      guard Self.validations.contains(String(last)) else { return [] }
      return Array(arguments.dropFirst().prefix(1))
        + [tree.argument("X", of: call)].compactMap { $0 }
    }
    guard tree.kind(function) == .attribute, let receiver = tree.operand(of: function),
      let method = tree.name(of: function), method == "split" || method == "fit",
      holdsSplitter(receiver)
    else { return [] }
    return data(of: call).map { [$0] } ?? []
  }
}
