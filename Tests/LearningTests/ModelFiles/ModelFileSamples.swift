import Compute
import Formats
import Platform
import Testing

@testable import Learning

/// Models to write and read.
enum ModelFileSamples {
  /// Numbers with holes, and a column of categories with names.
  static func mixed(rows: Int) throws -> TrainingSet {
    let numbers = try TreeSamples.binary(rows: rows, missing: 0.1)
    var stream = RandomStream(seed: 5, purpose: "model files")
    var columns = (0..<numbers.matrix.featureCount).map { feature in
      (0..<rows).map { numbers.matrix[$0, feature] }
    }
    columns[3] = (0..<rows).map { _ in
      stream.unit() < 0.1 ? .nan : Double(stream.integer(below: 7))
    }
    var features = numbers.matrix.features
    features[1].name = "a name = two"
    features[3] = ModelFeature(
      name: "kind", kind: .categorical, categories: ["a", "b", "c", "d", "é", "f", "g"])
    var labels = numbers.labels
    for row in 0..<rows where columns[3][row].truncatingRemainder(dividingBy: 2) == 1 {
      labels[row] = 1
    }
    return TrainingSet(try FeatureMatrix(columns: columns, features: features), labels: labels)
  }

  static func trained(
    _ flavour: TreeFlavour, _ change: (inout BoostingOptions) -> Void = { _ in }
  ) throws -> BoostedModel {
    var options = TreeSamples.options(flavour, .logistic, rounds: 6)
    change(&options)
    var model = try TreeSamples.train(mixed(rows: 200), options)
    model.classes = ["no", "ja = é"]
    model.bestRound = 3
    model.bestScore = 0.1
    model.attributes = ["note": "made here"]
    return model
  }

  static func variants(_ flavour: TreeFlavour) throws -> [(name: String, model: BoostedModel)] {
    [
      ("plain", try trained(flavour)),
      (
        "dart",
        try trained(flavour) {
          $0.dropout = Dropout(flavour)
          $0.dropout?.rate = 0.5
          $0.dropout?.skip = 0
        }
      ),
      (
        "parallel",
        try trained(flavour) { ($0.parallelTrees, $0.sampling.share) = (3, 0.6) }
      ),
      (
        "classes",
        try TreeSamples.train(
          TreeSamples.classes(rows: 150),
          TreeSamples.options(flavour, .softmax(classes: 3), rounds: 3))
      ),
      (
        "quantile",
        try TreeSamples.train(
          TreeSamples.regression(rows: 150), TreeSamples.options(flavour, .quantile(0.8)))
      ),
    ]
  }

  /// Two splits, by a number and by categories; a file of XGBoost 1.x.
  static let oldXGBoost = """
    {"learner":{"attributes":{"best_iteration":"0","best_score":"0.25","other":"x"},
    "gradient_booster":{"model":{"gbtree_model_param":{"num_parallel_tree":"1","num_trees":"1",
    "size_leaf_vector":"0"},"tree_info":[0],"trees":[{"base_weights":[0.1,-0.2,3E-1,1,2],
    "categories":[1,3],"categories_nodes":[2],"categories_segments":[0],"categories_sizes":[2],
    "default_left":[true,false,false,false,false],"id":0,"left_children":[1,-1,3,-1,-1],
    "loss_changes":[5.5,0,1,0,0],"parents":[2147483647,0,0,2,2],
    "right_children":[2,-1,4,-1,-1],"split_conditions":[0.5,-0.25,1e-45,0.75,2],
    "split_indices":[0,0,1,0,0],"split_type":[0,0,1,0,0],"sum_hessian":[9,4,5,2,3],
    "tree_param":{"num_deleted":"0","num_feature":"2","num_nodes":"5","size_leaf_vector":"0"}}]},
    "name":"gbtree"},"learner_model_param":{"base_score":"5E-1","num_class":"0",
    "num_feature":"2"},"objective":{"name":"binary:logistic",
    "reg_loss_param":{"scale_pos_weight":"1"}}},"version":[1,7,6]}
    """

  /// The same splits of LightGBM: its categories go left.
  static let lightGBM = """
    tree
    version=v4
    num_class=1
    num_tree_per_iteration=1
    label_index=0
    max_feature_idx=1
    objective=binary sigmoid:2
    feature_names=size kind
    feature_infos=[-1.5:2] 3:1:0

    Tree=0
    num_leaves=3
    num_cat=1
    split_feature=0 1
    split_gain=5.5 1
    threshold=0.5 0
    decision_type=10 9
    left_child=-1 -2
    right_child=1 -3
    leaf_value=-0.25 2 0.75
    leaf_weight=4 3 2
    leaf_count=40 30 20
    internal_value=0.1 0.3
    internal_weight=9 5
    internal_count=90 50
    cat_boundaries=0 1
    cat_threshold=10
    is_linear=0
    shrinkage=0.1


    end of trees

    pandas_categorical:[["red", "green", "blue", "grey"]]
    """

  static func parse(_ text: String) throws -> BoostedModel {
    try BoostedModel(parsing: Array(text.utf8))
  }

  /// The margin of one row.
  static func margin(_ model: BoostedModel, _ cells: Double...) throws -> Double {
    try BatchPredictor(model).margins(
      FeatureMatrix(columns: cells.map { [$0] }, features: model.features),
      on: WorkerPool(threads: 1))[0]
  }
}

extension TreeFlavour {
  /// The formats of its own library.
  var formats: [ModelFormat] { ModelFormat.allCases.filter { $0.flavour == self } }
}
