import Checks
import Compute
import Formats
import Platform
import Support
import Testing

/// Expressions of data tests are read as Python reads them: what is written without brackets has the same tree.
@Suite("Row expressions beside Python") struct DataExpressionInterop {
  /// Random operators in a row, with brackets here and there.
  private static func text(seed: UInt64) -> String {
    var random = SeededRandom(seed: seed)
    func number(_ depth: Int) -> String {
      guard depth > 0 else { return random.pick(["a", "b", "c", "1", "2.5", "-3", "0.1", "1e3"]) }
      let left = number(depth - 1)
      let right = number(Int(random.next() % UInt64(depth)))
      let joined = "\(left) \(random.pick(["+", "-", "*", "/"])) \(right)"
      return random.chance(1, of: 4) ? "(\(joined))" : joined
    }
    func condition(_ depth: Int) -> String {
      guard depth > 0 else {
        switch random.next() % 5 {
        case 0: return "\(number(1)) in [1, 2.5]"
        case 1: return "\(random.pick(["a", "b"])) not in ['y', 'it', 5]"
        case 2:
          // A chain.
          let signs = ["<", "<=", ">", ">="]
          return
            "\(number(1)) \(random.pick(signs)) \(number(1)) \(random.pick(signs)) \(number(0))"
        default:
          return "\(number(2)) \(random.pick(["==", "!=", "<", "<=", ">", ">="])) \(number(1))"
        }
      }
      let left = condition(depth - 1)
      let right = condition(Int(random.next() % UInt64(depth)))
      let no = random.chance(1, of: 4) ? "not " : ""
      let joined = "\(no)\(left) \(random.pick(["and", "or"])) \(right)"
      return random.chance(1, of: 4) ? "(\(joined))" : joined
    }
    return condition(Int(random.next() % 4))
  }

  private static let peer = """
    import ast

    SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Eq: "==", ast.NotEq: "!=",
             ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.In: "in", ast.NotIn: "not in"}

    def tree(n):
        if isinstance(n, ast.BoolOp):
            word = "and" if isinstance(n.op, ast.And) else "or"
            text = tree(n.values[0])
            for value in n.values[1:]:
                text = f"({text} {word} {tree(value)})"
            return text
        if isinstance(n, ast.UnaryOp):
            if isinstance(n.op, ast.Not):
                return f"(not {tree(n.operand)})"
            return tree(ast.Constant(-n.operand.value))
        if isinstance(n, ast.BinOp):
            return f"({tree(n.left)} {SIGNS[type(n.op)]} {tree(n.right)})"
        if isinstance(n, ast.Compare):
            text, left = None, n.left
            for op, right in zip(n.ops, n.comparators):
                link = f"({tree(left)} {SIGNS[type(op)]} {tree(right)})"
                text, left = link if text is None else f"({text} and {link})", right
            return text
        if isinstance(n, ast.List):
            return "[" + ", ".join(tree(e) for e in n.elts) + "]"
        if isinstance(n, ast.Name):
            return n.id
        if isinstance(n.value, str):
            return repr(n.value)
        return str(float(n.value))

    def answer(case):
        return tree(ast.parse(case, mode="eval").body)
    """

  @Test("a thousand conditions have Python's tree") func trees() throws {
    let texts = (0..<1000).map { Self.text(seed: $0) }
    let answers = try Peer.ask(Self.peer, about: texts.map { .string($0) })
    for (text, answer) in zip(texts, answers) {
      let ours = try RowExpression(parsing: text)
      #expect(ours.bracketed == answer.string, "\(text)")
      #expect(try RowExpression(parsing: ours.text) == ours)
    }
    #expect(texts.contains { $0.contains("not ") } && texts.contains { $0.contains("(") })
  }
}

extension RowExpression {
  /// Every part in brackets, numbers as Python's `float` writes them.
  fileprivate var bracketed: String {
    switch self {
    case .column(let name): name
    case .number(let value): PythonText.repr(value)
    case .great(let value): PythonText.repr(value.nearest)
    case .text(let text): PythonText.repr(text)
    case .truth(let truth): truth ? "True" : "False"
    case .arithmetic(let sign, let a, let b): "(\(a.bracketed) \(sign.rawValue) \(b.bracketed))"
    case .comparison(let sign, let a, let b): "(\(a.bracketed) \(sign.rawValue) \(b.bracketed))"
    case .among(let a, let list, let isNegated):
      "(\(a.bracketed) \(isNegated ? "not in" : "in") [\(list.map(\.bracketed).joined(separator: ", "))])"
    case .isMissing(let a, let isNegated): "(\(a.bracketed) is \(isNegated ? "not " : "")None)"
    case .not(let a): "(not \(a.bracketed))"
    case .and(let a, let b): "(\(a.bracketed) and \(b.bracketed))"
    case .or(let a, let b): "(\(a.bracketed) or \(b.bracketed))"
    }
  }
}
