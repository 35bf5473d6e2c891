import Formats
import Platform

/// Trees as ONNX's operators for them hold them: parallel arrays of all nodes of all trees, and a
/// list of what the leaves add to which output (ai.onnx.ml, version 3).
struct TreeEnsembleGraph {
  enum Mode: String, CaseIterable {
    case less = "BRANCH_LT"
    case atMost = "BRANCH_LEQ"
    case greater = "BRANCH_GT"
    case atLeast = "BRANCH_GTE"
    case equal = "BRANCH_EQ"
    case unequal = "BRANCH_NEQ"
    case leaf = "LEAF"
  }

  struct Branch {
    var feature: Int32
    var mode: Mode
    var value: Float
    /// The children, where the comparison holds and where it does not.
    var isTrue: Int
    var isFalse: Int
    /// Whether missing values go where the comparison holds.
    var missingIsTrue: Bool
  }

  struct Leaf {
    var tree: Int64
    var node: Int64
    var output: Int64
    var weight: Float
  }

  private var trees: [Int64] = []
  private var nodes: [Int64] = []
  private var features: [Int64] = []
  private var values: [Float] = []
  private var rates: [Float] = []
  private var modes: [String] = []
  private var trueNodes: [Int64] = []
  private var falseNodes: [Int64] = []
  private var missing: [Int64] = []
  private(set) var leaves: [Leaf] = []
  /// Features that are compared with categories.
  private(set) var categorical: Set<Int32> = []
  /// Features that are compared by their size.
  private(set) var ordered: Set<Int32> = []

  /// - Parameter rate: how many training rows came by, or a weight of them: ONNX's `hitrates`.
  mutating func add(tree: Int, node: Int, _ branch: Branch, rate: Float) {
    add(tree, node, branch.mode, rate)
    if branch.mode == .equal {
      categorical.insert(branch.feature)
    } else {
      ordered.insert(branch.feature)
    }
    features.append(Int64(branch.feature))
    values.append(branch.value)
    trueNodes.append(Int64(branch.isTrue))
    falseNodes.append(Int64(branch.isFalse))
    missing.append(branch.missingIsTrue ? 1 : 0)
  }

  /// Adds a leaf that adds to several outputs; a tree of boosting has one for each leaf.
  mutating func addLeaf(
    tree: Int, node: Int, _ weights: [(output: Int, weight: Float)], rate: Float
  ) {
    add(tree, node, .leaf, rate)
    features.append(0)
    values.append(0)
    trueNodes.append(0)
    falseNodes.append(0)
    missing.append(0)
    for (output, weight) in weights {
      leaves.append(
        Leaf(tree: Int64(tree), node: Int64(node), output: Int64(output), weight: weight))
    }
  }

  /// - Throws: ``Failure`` for a feature that is compared both ways: its column holds either codes or
  ///   numbers.
  func checkFeatures() throws {
    guard let feature = categorical.intersection(ordered).min() else { return }
    throw Failure(
      .unsupported, "feature \(feature) is compared by its size and by categories")
  }

  private mutating func add(_ tree: Int, _ node: Int, _ mode: Mode, _ rate: Float) {
    trees.append(Int64(tree))
    nodes.append(Int64(node))
    modes.append(mode.rawValue)
    rates.append(rate)
  }

  /// Takes the same off all leaves of a tree.
  mutating func lower(tree: Int, by weight: Float) {
    for index in leaves.indices where leaves[index].tree == Int64(tree) {
      leaves[index].weight -= weight
    }
  }

  /// The operator that gives a class and its probabilities.
  ///
  /// - Parameters:
  ///   - base: what each output has before any tree; empty for zeros.
  ///   - transform: ONNX's `post_transform`: `NONE`, `LOGISTIC`, `SOFTMAX`.
  func classifier(
    from input: String, to outputs: [String], _ classes: ONNXClassNames, base: [Float],
    transform: String
  ) -> ONNXNode {
    ONNXNode(
      "TreeEnsembleClassifier", domain: ONNXModel.learning, name: "trees", from: [input],
      to: outputs,
      nodeAttributes + [
        ONNXAttribute("class_treeids", .ints(leaves.map(\.tree))),
        ONNXAttribute("class_nodeids", .ints(leaves.map(\.node))),
        ONNXAttribute("class_ids", .ints(leaves.map(\.output))),
        ONNXAttribute("class_weights", .floats(leaves.map(\.weight))),
        classes.attribute("classlabels"),
        ONNXAttribute("post_transform", .string(transform)),
      ] + (base.isEmpty ? [] : [ONNXAttribute("base_values", .floats(base))]))
  }

  /// The operator that gives numbers: the sums of each output.
  func regressor(from input: String, to output: String, base: [Float]) -> ONNXNode {
    ONNXNode(
      "TreeEnsembleRegressor", domain: ONNXModel.learning, name: "trees", from: [input],
      to: [output],
      nodeAttributes + [
        ONNXAttribute("target_treeids", .ints(leaves.map(\.tree))),
        ONNXAttribute("target_nodeids", .ints(leaves.map(\.node))),
        ONNXAttribute("target_ids", .ints(leaves.map(\.output))),
        ONNXAttribute("target_weights", .floats(leaves.map(\.weight))),
        ONNXAttribute("n_targets", .int(Int64(base.count))),
        ONNXAttribute("base_values", .floats(base)),
        ONNXAttribute("aggregate_function", .string("SUM")),
        ONNXAttribute("post_transform", .string("NONE")),
      ])
  }

  private var nodeAttributes: [ONNXAttribute] {
    [
      ONNXAttribute("nodes_treeids", .ints(trees)), ONNXAttribute("nodes_nodeids", .ints(nodes)),
      ONNXAttribute("nodes_featureids", .ints(features)),
      ONNXAttribute("nodes_values", .floats(values)),
      ONNXAttribute("nodes_hitrates", .floats(rates)),
      ONNXAttribute("nodes_modes", .strings(modes)),
      ONNXAttribute("nodes_truenodeids", .ints(trueNodes)),
      ONNXAttribute("nodes_falsenodeids", .ints(falseNodes)),
      ONNXAttribute("nodes_missing_value_tracks_true", .ints(missing)),
    ]
  }
}
