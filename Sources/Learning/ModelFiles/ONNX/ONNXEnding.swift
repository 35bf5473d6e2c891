import Formats
import Platform

/// What a graph does with what its trees answer.
enum ONNXEnding {
  case none
  case exponential
  case signedSquare

  /// Looks at all operators behind the trees.
  ///
  /// - Throws: ``Failure`` with code `.unsupported` for what would change the answers in another
  ///   way.
  init(_ graph: ONNXGraph, _ trees: ONNXNode) throws {
    var names = Set(trees.outputs)
    var found: Set<String> = []
    // Operators stand behind those whose outputs they take.
    for node in graph.nodes where node.inputs.contains(where: names.contains) && node != trees {
      names.formUnion(node.outputs)
      switch node.operation {
      case "Cast", "Identity", "ZipMap", "Reshape", "Flatten": continue
      // The name of the likeliest class.
      case "ArgMax", "LabelEncoder": continue
      // onnxmltools multiplies by one.
      case "Mul" where Self.multipliesByOne(node, names, graph): continue
      case "Exp", "Abs", "Mul": found.insert(node.operation)
      default:
        throw Failure(
          .unsupported, "it gives what its trees answer to `\(node.operation)`",
          hint: "such graphs can be run by onnxruntime")
      }
      // A number for a mean would be a constant; ours multiply with themselves.
      guard node.inputs.allSatisfy(names.contains) else {
        throw Failure(.unsupported, "it multiplies what its trees answer by something")
      }
    }
    switch found {
    case []: self = .none
    case ["Exp"]: self = .exponential
    case ["Abs", "Mul"]: self = .signedSquare
    default: throw Failure(.unsupported, "it does several things with what its trees answer")
    }
  }

  private static func multipliesByOne(
    _ node: ONNXNode, _ names: Set<String>, _ graph: ONNXGraph
  ) -> Bool {
    let others = node.inputs.filter { !names.contains($0) }
    return !others.isEmpty
      && others.allSatisfy { graph.initializer($0)?.numbers?.allSatisfy { $0 == 1 } ?? false }
  }
}
