import Formats
import Python

/// Reads values from literals of Python.
enum PythonValue {
  /// The value of an expression that is a literal, or `float("nan")` and `float("inf")`; nil for every other.
  static func value(of node: NodeID, in tree: Tree) -> YAMLValue? {
    switch tree.kind(node) {
    case .noneConstant: return YAMLValue.none
    case .trueConstant: return .bool(true)
    case .falseConstant: return .bool(false)
    case .number: return number(tree.text(node))
    case .string: return tree.stringValue(of: node).map { .string($0) }
    case .list, .set: return values(of: node, in: tree).map { .list($0) }
    case .tuple: return values(of: node, in: tree).map { .tuple($0) }
    case .dict: return dictionary(node, in: tree)
    case .unaryOperation:
      guard let operand = tree.child(0, of: node), let value = value(of: operand, in: tree) else {
        return nil
      }
      switch tree.operation(of: node) {
      case .minus: return negative(value)
      case .plus: return value.number == nil ? nil : value
      default: return nil
      }
    case .call:
      let arguments = tree.positionalArguments(of: node)
      guard tree.text(tree.function(of: node)) == "float", arguments.count == 1,
        tree.keywordArguments(of: node).isEmpty, let text = tree.stringValue(of: arguments[0])
      else { return nil }
      return PythonNumber.float(text).map { .float($0) }
    default: return nil
    }
  }

  private static func values(of node: NodeID, in tree: Tree) -> [YAMLValue]? {
    var values: [YAMLValue] = []
    for child in tree.children(of: node) {
      guard let value = value(of: child, in: tree) else { return nil }
      values.append(value)
    }
    return values
  }

  private static func dictionary(_ node: NodeID, in tree: Tree) -> YAMLValue? {
    guard let parts = values(of: node, in: tree), parts.count % 2 == 0 else { return nil }
    return .map(
      stride(from: 0, to: parts.count, by: 2).map { .init(parts[$0], parts[$0 + 1]) })
  }

  private static func number(_ text: String) -> YAMLValue? {
    let digits = text.lowercased().filter { $0 != "_" }
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(prefix) {
      return Int64(digits.dropFirst(2), radix: radix).map { .int($0) }
    }
    return PythonNumber.wholeNumber(digits) ?? PythonNumber.float(digits).map { .float($0) }
  }

  private static func negative(_ value: YAMLValue) -> YAMLValue? {
    switch value {
    case .int(let value): .int(-value)
    case .bigInt(let digits): PythonNumber.wholeNumber("-" + digits)
    case .float(let value): .float(-value)
    default: nil
    }
  }
}
