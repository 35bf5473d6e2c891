import Python

/// Writes our tree as CPython's `ast` would have it, every field and every place, in a form that a few lines of Python
/// make of the real one. One branch for each of Python's about ninety kinds of nodes, side by side as in its grammar: that is
/// its length.
struct PythonTreeText {
  let tree: Tree
  private(set) var out: [UInt8] = []

  init(_ tree: Tree, skipsFormatPlaces: Bool) {
    self.tree = tree
    self.skipsFormatPlaces = skipsFormatPlaces
  }

  mutating func start() {
    write("Module(body=")
    suite(.module)
    write(")")
  }

  private mutating func write(_ text: String) { out.append(contentsOf: text.utf8) }

  private func place(_ offset: Int) -> String {
    let line = tree.list.lines.line(of: offset)
    var start = tree.list.lines.start(ofLine: line)
    if start == 0, tree.source.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    return "\(line):\(offset - start)"
  }

  private mutating func end(_ range: Range<Int>) {
    write(")")
    guard formatDepth == 0 else { return }
    write("@\(place(range.lowerBound))-\(place(range.upperBound))")
  }

  private mutating func end(_ node: NodeID) { end(tree.range(of: node)) }

  /// Places inside f-strings differ between CPython's versions.
  private var formatDepth = 0
  var skipsFormatPlaces = false

  private mutating func suite(_ node: NodeID?) {
    write("[")
    if let node {
      for statement in tree.children(of: node) { self.node(statement) }
    }
    write("]")
  }

  private mutating func nodes(_ list: some Sequence<NodeID>) {
    write("[")
    for item in list { node(item) }
    write("]")
  }

  private mutating func optional(_ node: NodeID?) {
    if let node { self.node(node) } else { write("None") }
  }

  private mutating func name(_ text: String?) {
    guard let text else { return write("None") }
    write("'")
    escape(Array(text.utf8))
    write("'")
  }

  private mutating func escape(_ bytes: [UInt8]) {
    for byte in bytes {
      if byte >= 0x20, byte < 0x7F, byte != 0x5C, byte != 0x27 {
        out.append(byte)
      } else {
        write("\\" + String(byte, radix: 16) + ";")
      }
    }
  }

  private mutating func field(_ name: String, _ value: NodeID?) {
    write(name + "=")
    optional(value)
  }

  private mutating func node(_ node: NodeID) {
    let kind = tree.kind(node)
    if kind.isStatement {
      statement(node, kind)
    } else if kind.isPattern {
      pattern(node, kind)
    } else {
      expression(node, kind)
    }
  }

  private mutating func statement(_ node: NodeID, _ kind: NodeKind) {
    let flags = tree.flags(node)
    let children = Array(tree.children(of: node))
    switch kind {
    case .functionDef:
      write(flags.contains(.isMarked) ? "AsyncFunctionDef(name=" : "FunctionDef(name=")
      name(tree.name(of: node))
      write("args=")
      arguments(tree.parameterList(of: node))
      write("body=")
      suite(tree.body(of: node))
      write("decorator_list=")
      nodes(tree.decorators(of: node).map { tree.operand(of: $0)! })
      field("returns", tree.returns(of: node))
      typeParameters(node)
    case .classDef:
      write("ClassDef(name=")
      name(tree.name(of: node))
      write("bases=")
      nodes(tree.bases(of: node))
      write("keywords=")
      nodes(tree.keywordArguments(of: node))
      write("body=")
      suite(tree.body(of: node))
      write("decorator_list=")
      nodes(tree.decorators(of: node).map { tree.operand(of: $0)! })
      typeParameters(node)
    case .returnStatement:
      write("Return(")
      field("value", children.first)
    case .delete:
      write("Delete(targets=")
      nodes(children)
    case .assign:
      write("Assign(targets=")
      nodes(tree.targets(of: node))
      field("value", tree.value(of: node))
    case .augmentedAssign:
      write("AugAssign(")
      field("target", children[0])
      write("op=\(tree.operation(of: node)!)")
      field("value", children[1])
    case .annotatedAssign:
      write("AnnAssign(")
      field("target", children[0])
      field("annotation", tree.annotation(of: node))
      field("value", tree.value(of: node))
      write("simple=\(flags.contains(.isSimple) ? 1 : 0)")
    case .typeAlias:
      write("TypeAlias(")
      field("name", children[0])
      typeParameters(node)
      field("value", tree.value(of: node))
    case .forLoop:
      write(flags.contains(.isMarked) ? "AsyncFor(" : "For(")
      field("target", children[0])
      field("iter", children[1])
      write("body=")
      suite(tree.body(of: node))
      write("orelse=")
      suite(tree.elseSuite(of: node))
    case .whileLoop, .ifStatement:
      write(kind == .whileLoop ? "While(" : "If(")
      field("test", tree.test(of: node))
      write("body=")
      suite(tree.body(of: node))
      write("orelse=")
      suite(tree.elseSuite(of: node))
    case .with:
      write(flags.contains(.isMarked) ? "AsyncWith(items=" : "With(items=")
      write("[")
      for item in children where tree.kind(item) == .withItem {
        write("withitem(")
        field("context_expr", tree.value(of: item))
        field("optional_vars", tree.targets(of: item).first)
        write(")")
      }
      write("]body=")
      suite(tree.body(of: node))
    case .match:
      write("Match(")
      field("subject", children[0])
      write("cases=[")
      for item in children.dropFirst() {
        let parts = Array(tree.children(of: item))
        write("match_case(")
        field("pattern", parts[0])
        field("guard", tree.flags(item).contains(.hasExtra) ? parts[1] : nil)
        write("body=")
        suite(tree.body(of: item))
        write(")")
      }
      write("]")
    case .raise:
      write("Raise(")
      field("exc", children.first)
      field("cause", children.count > 1 ? children[1] : nil)
    case .tryStatement:
      write(flags.contains(.isMarked) ? "TryStar(body=" : "Try(body=")
      suite(tree.body(of: node))
      write("handlers=[")
      for handler in tree.handlers(of: node) {
        write("ExceptHandler(")
        field("type", tree.exceptionType(of: handler))
        write("name=")
        name(tree.name(of: handler))
        write("body=")
        suite(tree.body(of: handler))
        end(handler)
      }
      write("]orelse=")
      suite(tree.elseSuite(of: node))
      write("finalbody=")
      suite(tree.finallySuite(of: node))
    case .assert:
      write("Assert(")
      field("test", children[0])
      field("msg", children.count > 1 ? children[1] : nil)
    case .importStatement:
      write("Import(names=")
      nodes(children)
    case .importFrom:
      write("ImportFrom(module=")
      name(tree.importModule(of: node))
      write("names=")
      nodes(tree.aliases(of: node))
      write("level=\(tree.importLevel(of: node))")
    case .global, .nonlocal:
      write(kind == .global ? "Global(names=[" : "Nonlocal(names=[")
      for child in children { name(tree.name(of: child)) }
      write("]")
    case .expressionStatement:
      write("Expr(")
      field("value", children[0])
    case .pass: write("Pass(")
    case .breakStatement: write("Break(")
    case .continueStatement: write("Continue(")
    default: write("?\(kind)(")
    }
    end(node)
  }

  private mutating func typeParameters(_ node: NodeID) {
    guard let list = tree.typeParameters(of: node) else { return write("type_params=[]") }
    write("type_params=[")
    for item in tree.children(of: list) {
      switch tree.kind(item) {
      case .typeVar: write("TypeVar(name=")
      case .paramSpec: write("ParamSpec(name=")
      default: write("TypeVarTuple(name=")
      }
      name(tree.name(of: item))
      if tree.kind(item) == .typeVar { field("bound", tree.annotation(of: item)) }
      field("default_value", tree.defaultValue(of: item))
      end(item)
    }
    write("]")
  }

  private mutating func arguments(_ list: NodeID?) {
    let parameters = list.map { Array(tree.children(of: $0)) } ?? []
    func of(_ kinds: ParameterKind...) -> [NodeID] {
      parameters.filter { kinds.contains(tree.parameterKind(of: $0)) }
    }
    write("arguments(posonlyargs=[")
    for item in of(.positionalOnly) { argument(item) }
    write("]args=[")
    for item in of(.positional) { argument(item) }
    write("]vararg=")
    if let item = of(.variadic).first { argument(item) } else { write("None") }
    write("kwonlyargs=[")
    for item in of(.keywordOnly) { argument(item) }
    write("]kw_defaults=[")
    for item in of(.keywordOnly) { optional(tree.defaultValue(of: item)) }
    write("]kwarg=")
    if let item = of(.variadicKeyword).first { argument(item) } else { write("None") }
    write("defaults=")
    nodes(of(.positionalOnly, .positional).compactMap { tree.defaultValue(of: $0) })
    write(")")
  }

  private mutating func argument(_ node: NodeID) {
    write("arg(arg=")
    name(tree.name(of: node))
    field("annotation", tree.annotation(of: node))
    let name = tree.tokens[tree.nameToken(of: node)!].range
    let last = tree.annotation(of: node).map { parenthesizedEnd($0) } ?? name.upperBound
    end(name.lowerBound..<last)
  }

  /// The end of an expression with the brackets around it.
  private func parenthesizedEnd(_ node: NodeID) -> Int {
    var index = tree.tokenRange(of: node).upperBound
    var last = index - 1
    guard tree.flags(node).contains(.isParenthesized) else {
      return tree.range(of: node).upperBound
    }
    var start = tree.tokenRange(of: node).lowerBound - 1
    while true {
      while tree.tokens[index].kind.isTrivia { index += 1 }
      while tree.tokens[start].kind.isTrivia { start -= 1 }
      guard tree.tokens[index].kind == .rightParenthesis,
        tree.tokens[start].kind == .leftParenthesis
      else { break }
      last = index
      index += 1
      start -= 1
    }
    return Int(tree.tokens[last].end)
  }

  private mutating func constant(_ node: NodeID, _ value: String) {
    write("Constant(value=\(value)")
    end(node)
  }

  private mutating func expression(_ node: NodeID, _ kind: NodeKind) {
    let children = Array(tree.children(of: node))
    switch kind {
    case .alias:
      write("alias(name=")
      name(tree.importedName(of: node))
      write("asname=")
      name(tree.asName(of: node))
    case .keyword:
      write("keyword(arg=")
      name(tree.name(of: node))
      field("value", children[0])
    case .doubleStarred: return expression(children[0], tree.kind(children[0]))
    case .name:
      write("Name(id=")
      name(tree.text(node))
    case .number: return constant(node, number(tree.text(node)))
    case .string, .bytes:
      write("Constant(value=\(kind == .string ? "s" : "b")'")
      if let value = tree.bytesValue(of: node) { escape(value) } else { write("?") }
      write("'")
      let isU = tree.prefix(ofToken: tree.tokenRange(of: node).lowerBound).isUnicode
      write("kind=\(isU ? "u" : "None")")
    case .trueConstant: return constant(node, "True")
    case .falseConstant: return constant(node, "False")
    case .noneConstant: return constant(node, "None")
    case .ellipsis: return constant(node, "Ellipsis")
    case .joinedString, .templateString: return joined(node)
    case .booleanOperation:
      write("BoolOp(op=\(tree.operation(of: node) == .andKeyword ? "And" : "Or")values=")
      nodes(children)
    case .namedExpression:
      write("NamedExpr(")
      field("target", children[0])
      field("value", children[1])
    case .binaryOperation:
      write("BinOp(")
      field("left", children[0])
      write("op=\(tree.operation(of: node)!)")
      field("right", children[1])
    case .unaryOperation:
      write("UnaryOp(op=\(tree.operation(of: node)!)")
      field("operand", children[0])
    case .lambda:
      write("Lambda(args=")
      arguments(children[0])
      field("body", children[1])
    case .conditional:
      write("IfExp(")
      field("test", children[1])
      field("body", children[0])
      field("orelse", children[2])
    case .dict:
      write("Dict(keys=[")
      var values: [NodeID] = []
      var isKey = true
      for child in children {
        if isKey, tree.kind(child) == .doubleStarred {
          write("None")
          values.append(child)
          continue
        }
        if isKey { self.node(child) } else { values.append(child) }
        isKey.toggle()
      }
      write("]values=")
      nodes(values)
    case .set:
      write("Set(elts=")
      nodes(children)
    case .listComprehension, .setComprehension, .generator:
      let name =
        kind == .generator
        ? "GeneratorExp" : kind == .listComprehension ? "ListComp" : "SetComp"
      write(name + "(")
      field("elt", children[0])
      comprehensions(children.dropFirst())
    case .dictComprehension:
      write("DictComp(")
      field("key", children[0])
      field("value", children[1])
      comprehensions(children.dropFirst(2))
    case .await, .yieldFrom:
      write(kind == .await ? "Await(" : "YieldFrom(")
      field("value", children[0])
    case .yield:
      write("Yield(")
      field("value", children.first)
    case .compare:
      write("Compare(")
      field("left", children[0])
      write(
        "ops=[\(tree.compareOperators(of: node).map { "\($0)" }.joined(separator: ","))]comparators="
      )
      nodes(children.dropFirst())
    case .call:
      write("Call(")
      field("func", children[0])
      write("args=")
      nodes(tree.positionalArguments(of: node))
      write("keywords=")
      nodes(tree.keywordArguments(of: node))
    case .attribute:
      write("Attribute(")
      field("value", children[0])
      write("attr=")
      name(tree.name(of: node))
    case .subscriptExpression:
      write("Subscript(")
      field("value", children[0])
      field("slice", children[1])
    case .starred:
      write("Starred(")
      field("value", children[0])
    case .list, .tuple:
      write(kind == .list ? "List(elts=" : "Tuple(elts=")
      nodes(children)
    case .slice:
      let parts = tree.slice(node)
      write("Slice(")
      field("lower", parts.lower)
      field("upper", parts.upper)
      field("step", parts.step)
    default: write("?\(kind)(")
    }
    end(node)
  }

  private mutating func comprehensions(_ list: some Sequence<NodeID>) {
    write("generators=[")
    for item in list {
      let parts = Array(tree.children(of: item))
      write("comprehension(")
      field("target", parts[0])
      field("iter", parts[1])
      write("ifs=")
      nodes(parts.dropFirst(2))
      write("is_async=\(tree.isAsync(item) ? 1 : 0))")
    }
    write("]")
  }

  /// Integers by their value where it fits, others by how they are written.
  private func number(_ text: String) -> String {
    var digits = text.filter { $0 != "_" }.lowercased()
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(prefix) {
      return UInt64(digits.dropFirst(2), radix: radix).map(String.init) ?? "big"
    }
    if digits.allSatisfy(\.isNumber) {
      return UInt64(digits).map(String.init) ?? (digits.allSatisfy { $0 == "0" } ? "0" : "big")
    }
    let isImaginary = digits.hasSuffix("j")
    if isImaginary { digits.removeLast() }
    let value = Double(digits) ?? .nan
    return (isImaginary ? "j" : "f") + String(value.bitPattern, radix: 16)
  }

  private mutating func joined(_ node: NodeID) {
    write("JoinedStr(values=")
    formatValues(node)
    end(node)
  }

  private mutating func formatValues(_ node: NodeID) {
    if skipsFormatPlaces { formatDepth += 1 }
    defer { if skipsFormatPlaces { formatDepth -= 1 } }
    write("[")
    // Text side by side is one constant.
    var text: [UInt8] = []
    var range: Range<Int>?
    var isUnknown = false
    func flush(_ writer: inout PythonTreeText) {
      guard let place = range else { return }
      range = nil
      if text.isEmpty, !isUnknown { return }
      writer.write("Constant(value=s'")
      if isUnknown { writer.write("?") } else { writer.escape(text) }
      writer.write("'")
      text = []
      isUnknown = false
      writer.write(")")
      _ = place
    }
    for child in tree.children(of: node) {
      switch tree.kind(child) {
      case .string, .stringPart:
        if let value = tree.bytesValue(of: child) { text += value } else { isUnknown = true }
        let place = tree.range(of: child)
        range = (range?.lowerBound ?? place.lowerBound)..<place.upperBound
      case .formattedValue:
        let children = Array(tree.children(of: child))
        let isDebug = tree.flags(child).contains(.isDebug)
        if isDebug {
          let start = tree.range(of: child).lowerBound + 1
          // The text of the expression runs to whatever follows the `=`.
          var index = tree.tokenRange(of: children[0]).upperBound
          while tree.tokens[index].kind != .equal { index += 1 }
          index += 1
          let end = Int(tree.tokens[index].start)
          text += tree.source[start..<end]
          range = (range?.lowerBound ?? start)..<end
        }
        flush(&self)
        let hasSpec = children.count > 1
        let conversion =
          tree.conversion(of: child).map { Int($0.asciiValue!) } ?? (isDebug && !hasSpec ? 114 : -1)
        write("FormattedValue(")
        field("value", children[0])
        write("conversion=\(conversion)format_spec=")
        if hasSpec {
          write("JoinedStr(values=")
          formatValues(children[1])
          write(")")
        } else {
          write("None")
        }
        end(child)
      default: write("?")
      }
    }
    flush(&self)
    write("]")
  }

  private mutating func pattern(_ node: NodeID, _ kind: NodeKind) {
    let children = Array(tree.children(of: node))
    switch kind {
    case .matchValue:
      write("MatchValue(")
      field("value", children[0])
    case .matchSingleton:
      let text = tree.text(children[0])
      write("MatchSingleton(value=\(text)")
    case .matchSequence, .matchOr:
      write(kind == .matchOr ? "MatchOr(patterns=" : "MatchSequence(patterns=")
      nodes(children)
    case .matchMapping:
      write("MatchMapping(keys=[")
      for (index, child) in children.enumerated() where index % 2 == 0 { self.node(child) }
      write("]patterns=[")
      for (index, child) in children.enumerated() where index % 2 == 1 { self.node(child) }
      write("]rest=")
      name(tree.name(of: node))
    case .matchClass:
      let rest = children.dropFirst()
      write("MatchClass(")
      field("cls", children[0])
      write("patterns=")
      nodes(rest.filter { tree.kind($0) != .keywordPattern })
      let keywords = rest.filter { tree.kind($0) == .keywordPattern }
      write("kwd_attrs=[")
      for item in keywords { name(tree.name(of: item)) }
      write("]kwd_patterns=")
      nodes(keywords.map { tree.operand(of: $0)! })
    case .matchStar:
      write("MatchStar(name=")
      name(tree.name(of: node))
    case .matchAs:
      write("MatchAs(")
      field("pattern", children.first)
      write("name=")
      name(tree.name(of: node))
    default: write("?\(kind)(")
    }
    end(node)
  }
}
