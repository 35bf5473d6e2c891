import Platform

/// One tree as ONNX has it: nodes by their numbers, which may share children.
struct ONNXTree {
  struct Node {
    var mode: TreeEnsembleGraph.Mode
    var feature: Int32
    var value: Float
    var isTrue: Int64
    var isFalse: Int64
    var missingIsTrue: Bool
    var rate: Float
    /// What a leaf adds to each output.
    var weights: [(output: Int, weight: Double)] = []
  }

  let number: Int64
  private(set) var nodes: [Node] = []
  private var places: [Int64: Int] = [:]

  init(number: Int64) { self.number = number }

  mutating func add(_ node: Node, number: Int64) throws {
    guard places.updateValue(nodes.count, forKey: number) == nil else {
      throw Failure(.corrupt, "tree \(self.number) has two nodes \(number)")
    }
    guard !node.value.isNaN || node.mode == .leaf else {
      throw Failure(.corrupt, "node \(number) of tree \(self.number) compares with no number")
    }
    nodes.append(node)
  }

  mutating func addWeight(_ weight: Double, output: Int, to number: Int64) throws {
    guard let place = places[number], nodes[place].mode == .leaf else {
      throw Failure(.corrupt, "tree \(self.number) has no leaf \(number)")
    }
    nodes[place].weights.append((output, weight))
  }

  /// Where a node's child is.
  func place(of number: Int64) throws -> Int {
    guard let place = places[number] else {
      throw Failure(.corrupt, "tree \(self.number) has no node \(number)")
    }
    return place
  }

  /// The outputs that its leaves add to, in ascending order.
  var outputs: [Int] { Set(nodes.flatMap { $0.weights.map(\.output) }).sorted() }

  /// The node that is no other's child: runtimes begin there.
  ///
  /// - Throws: ``Failure`` with code `.corrupt` unless it leads to every other node.
  func root() throws -> Int {
    var isChild = [Bool](repeating: false, count: nodes.count)
    for node in nodes where node.mode != .leaf {
      isChild[try place(of: node.isTrue)] = true
      isChild[try place(of: node.isFalse)] = true
    }
    let roots = isChild.indices.filter { !isChild[$0] }
    var isReached = [Bool](repeating: false, count: nodes.count)
    var open = roots.count == 1 ? roots : []
    while let index = open.popLast() {
      guard !isReached[index] else { continue }
      isReached[index] = true
      guard nodes[index].mode != .leaf else { continue }
      open += [try place(of: nodes[index].isTrue), try place(of: nodes[index].isFalse)]
    }
    guard let root = roots.first, isReached.allSatisfy({ $0 }) else {
      throw Failure(
        .corrupt,
        roots.count > 1
          ? "tree \(number) has \(roots.count) nodes that no branch leads to"
          : "tree \(number) has branches that lead in a circle")
    }
    return root
  }
}
