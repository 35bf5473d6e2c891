import Formats

extension NetworkGraphReader {
  /// x/2 · (1 + erf(x/√2)) out of five operators, as PyTorch exports it, whichever of the products comes first.
  ///
  /// - Parameter next: the operators that take x.
  /// - Returns: where the result is; nil when these do something else.
  func gelu(_ next: [ONNXNode]) throws -> String? {
    guard next.count == 2, let first = next.first(where: { isRoot($0) }),
      let function = first.outputs.first.flatMap(user), function.operation == "Erf",
      let adding = function.outputs.first.flatMap(user), adding.operation == "Add",
      other(adding, than: function.outputs[0]).flatMap(constants.number) == 1,
      let sum = adding.outputs.first
    else { return nil }
    guard let product = user(of: sum), product.operation == "Mul",
      let result = product.outputs.first
    else { return nil }
    let factor = other(product, than: sum)
    if factor == value {
      guard let halving = user(of: result), isHalf(halving, of: result) else { return nil }
      return halving.outputs.first
    }
    if isHalf(product, of: sum) {
      guard let last = user(of: result), last.operation == "Mul",
        other(last, than: result) == value
      else { return nil }
      return last.outputs.first
    }
    // x/2 first, times the sum.
    guard let factor, let halving = maker(of: factor), isHalf(halving, of: value) else {
      return nil
    }
    return result
  }

  /// Whether an operator divides by √2.
  private func isRoot(_ node: ONNXNode) -> Bool {
    guard node.inputs.count == 2, node.inputs[0] == value,
      let number = constants.number(node.inputs[1])
    else { return false }
    let factor = node.operation == "Div" ? 1 / number : node.operation == "Mul" ? number : 0
    return abs(factor - 0.5.squareRoot()) < 1e-6
  }

  private func isHalf(_ node: ONNXNode, of name: String) -> Bool {
    node.operation == "Mul" && other(node, than: name).flatMap(constants.number) == 0.5
  }

  /// The other input of an operator with two.
  private func other(_ node: ONNXNode, than name: String) -> String? {
    guard node.inputs.count == 2, let place = node.inputs.firstIndex(of: name) else { return nil }
    return node.inputs[1 - place]
  }
}
