import Formats
import Platform

/// Takes the parallel arrays of ONNX's operators for trees apart, believing nothing.
struct TreeEnsembleReader {
  let node: ONNXNode
  /// `class` or `target`.
  let prefix: String
  private(set) var trees: [ONNXTree] = []
  private(set) var outputs: Int
  private(set) var base: [Double] = []

  /// - Throws: ``Failure`` with code `.corrupt` for arrays that do not fit together, `.unsupported`
  ///   for doubles, and for other ways to join trees than to add them.
  init(_ node: ONNXNode) throws {
    self.node = node
    prefix = node.operation == "TreeEnsembleClassifier" ? "class" : "target"
    outputs = 0
    try refuseWhatIsNotRead()
    outputs = try countOutputs()
    trees = try readTrees()
    try readLeaves()
    try readBase()
  }

  private func refuseWhatIsNotRead() throws {
    for attribute in node.attributes where attribute.name.hasSuffix("_as_tensor") {
      throw Failure(
        .unsupported, "its trees are of doubles (`\(attribute.name)`)",
        hint: "models of floats can be read")
    }
    if let joining = node["aggregate_function"]?.string, !["SUM", "AVERAGE"].contains(joining) {
      throw Failure(.unsupported, "its trees are joined by `\(joining)`, not added")
    }
  }

  private func countOutputs() throws -> Int {
    let labels =
      node["classlabels_int64s"]?.ints?.count ?? node["classlabels_strings"]?.strings?.count
    let count = prefix == "class" ? labels : node["n_targets"]?.int.flatMap(Int.init(exactly:)) ?? 1
    guard let count, (1...1 << 20).contains(count) else {
      throw Failure(.corrupt, "its trees do not say how many outputs they have")
    }
    return count
  }

  private func ints(_ name: String, count: Int? = nil) throws -> [Int64] {
    try checked(node[name]?.ints ?? [], name, count)
  }

  private func checked<T>(_ values: [T], _ name: String, _ count: Int?) throws -> [T] {
    guard let count, values.count != count else { return values }
    throw Failure(.corrupt, "`\(name)` has \(values.count) elements, not \(count)")
  }

  private func readTrees() throws -> [ONNXTree] {
    let numbers = try ints("nodes_treeids")
    let count = numbers.count
    guard count > 0, count < 1 << 27 else {
      throw Failure(.corrupt, "its trees have \(count) nodes")
    }
    let nodes = try ints("nodes_nodeids", count: count)
    let features = try ints("nodes_featureids", count: count)
    let values = try checked(node["nodes_values"]?.floats ?? [], "nodes_values", count)
    let modes = try checked(node["nodes_modes"]?.strings ?? [], "nodes_modes", count)
    let isTrue = try ints("nodes_truenodeids", count: count)
    let isFalse = try ints("nodes_falsenodeids", count: count)
    var rates = node["nodes_hitrates"]?.floats ?? []
    if rates.count != count { rates = [Float](repeating: 0, count: count) }
    var missing = node["nodes_missing_value_tracks_true"]?.ints ?? []
    if missing.isEmpty { missing = [Int64](repeating: 0, count: count) }
    _ = try checked(missing, "nodes_missing_value_tracks_true", count)
    var places: [Int64: Int] = [:]
    var trees: [ONNXTree] = []
    for index in 0..<count {
      guard let mode = TreeEnsembleGraph.Mode(rawValue: modes[index]) else {
        throw Failure(.unsupported, "a node compares by `\(modes[index])`")
      }
      let place = places[numbers[index]] ?? trees.count
      if place == trees.count {
        places[numbers[index]] = place
        trees.append(ONNXTree(number: numbers[index]))
      }
      guard let feature = Int32(exactly: features[index]), mode == .leaf || feature >= 0 else {
        throw Failure(.corrupt, "a node asks for feature \(features[index])")
      }
      try trees[place].add(
        ONNXTree.Node(
          mode: mode, feature: feature, value: values[index], isTrue: isTrue[index],
          isFalse: isFalse[index], missingIsTrue: missing[index] != 0, rate: rates[index]),
        number: nodes[index])
    }
    return trees
  }

  private mutating func readLeaves() throws {
    let numbers = try ints("\(prefix)_treeids")
    let nodes = try ints("\(prefix)_nodeids", count: numbers.count)
    let ids = try ints("\(prefix)_ids", count: numbers.count)
    let name = "\(prefix)_weights"
    let weights = try checked(node[name]?.floats ?? [], name, numbers.count)
    var places: [Int64: Int] = [:]
    for (place, tree) in trees.enumerated() { places[tree.number] = place }
    for index in numbers.indices {
      guard let place = places[numbers[index]], let output = Int(exactly: ids[index]),
        (0..<outputs).contains(output), weights[index].isFinite
      else {
        throw Failure(
          .corrupt,
          "a leaf of tree \(numbers[index]) adds \(weights[index]) to output \(ids[index])")
      }
      try trees[place].addWeight(
        Double(weights[index]), output: output, to: nodes[index])
    }
  }

  private mutating func readBase() throws {
    base = (node["base_values"]?.floats ?? []).map(Double.init)
    guard base.allSatisfy(\.isFinite) else {
      throw Failure(.corrupt, "its base values are not finite")
    }
  }
}
