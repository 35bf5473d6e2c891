extension Parser {
  /// The arguments of a call or a class, brackets included.
  mutating func arguments(_ children: inout Children, isClass: Bool = false) throws(Stop) {
    let open = position
    advance()
    var isFirst = true
    var hasKeyword = false
    var hasUnpacking = false
    while kind != .rightParenthesis {
      let start = position
      if kind == .star {
        advance()
        var inner = Children()
        draft.append(try expression(), to: &inner)
        if hasUnpacking {
          throw fail("iterable argument unpacking follows keyword argument unpacking")
        }
        draft.append(node(.starred, from: start, inner), to: &children)
      } else if take(.doubleStar) {
        hasUnpacking = true
        var inner = Children()
        draft.append(try expression(), to: &inner)
        draft.append(node(.keyword, from: start, inner), to: &children)
      } else if kind == .name, peek() == .equal {
        hasKeyword = true
        advance()
        advance()
        guard beginsExpression else { throw fail("expected argument value expression") }
        var inner = Children()
        draft.append(try expression(), to: &inner)
        draft.append(node(.keyword, from: start, inner, flags: .hasName), to: &children)
        if kind == .forKeyword || kind == .asyncKeyword {
          throw fail("invalid syntax. Maybe you meant '==' or ':=' instead of '='?")
        }
      } else {
        let value = try namedExpression()
        if kind == .forKeyword || kind == .asyncKeyword {
          try bareGenerator(
            value, open, isOnly: isFirst && !isClass, &children)
          return
        }
        if kind == .equal {
          throw fail(
            "expression cannot contain assignment, perhaps you meant \"==\"?", at: value)
        }
        if hasUnpacking {
          throw fail("positional argument follows keyword argument unpacking", at: value)
        }
        if hasKeyword { throw fail("positional argument follows keyword argument", at: value) }
        draft.append(value, to: &children)
      }
      isFirst = false
      guard take(.comma) else { break }
    }
    try expect(.rightParenthesis, missingComma)
  }

  /// `f(x for x in y)`: the brackets of the call are the generator's too.
  private mutating func bareGenerator(
    _ element: Ref, _ open: Int, isOnly: Bool, _ children: inout Children
  ) throws(Stop) {
    var inner = Children()
    draft.append(element, to: &inner)
    try comprehensions(&inner)
    guard kind == .rightParenthesis, isOnly, draft[element].kind != .starred else {
      throw fail("Generator expression must be parenthesized", at: element)
    }
    advance()
    draft.append(node(.generator, from: open, inner), to: &children)
  }

  /// The parameters of a function or a lambda up to the token that ends them.
  mutating func parameters(until end: TokenKind, isLambda: Bool = false) throws(Stop) -> Ref {
    let first = position
    var children = Children()
    var list = ParameterList()
    while kind != end {
      let start = position
      switch kind {
      case .slash:
        guard !list.hasSlash else { throw fail("/ may appear only once") }
        guard !list.hasStar else { throw fail("/ must be ahead of *") }
        guard children.count > 0 else { throw fail("at least one parameter must precede /") }
        advance()
        list.hasSlash = true
        var node = children.first
        while node != 0 {
          draft.set(detail: ParameterKind.positionalOnly.rawValue, of: node)
          node = draft[node].next
        }
      case .star:
        guard !list.hasStar else { throw fail("* may appear only once") }
        advance()
        list.hasStar = true
        if kind == .name {
          draft.append(try parameter(.variadic, isLambda), to: &children)
        } else {
          guard kind == .comma, peek() == .name else {
            throw fail("named parameters must follow bare *")
          }
        }
      case .doubleStar:
        advance()
        list.isFinished = true
        draft.append(try parameter(.variadicKeyword, isLambda), to: &children)
      case .name:
        let parameter = try parameter(list.hasStar ? .keywordOnly : .positional, isLambda)
        if draft[parameter].flags.contains(.hasValue) {
          list.hasDefault = true
        } else if list.hasDefault, !list.hasStar {
          throw fail("parameter without a default follows parameter with a default", at: parameter)
        }
        draft.append(parameter, to: &children)
      default: throw fail()
      }
      guard position != start, take(.comma) else { break }
      if list.isFinished, kind != end {
        throw fail("parameters cannot follow var-keyword parameter")
      }
    }
    let parameters = node(.parameters, from: first, children)
    if children.count == 0, !list.hasStar { draft.empty(parameters) }
    return parameters
  }

  private struct ParameterList {
    var hasSlash = false
    var hasStar = false
    var hasDefault = false
    var isFinished = false
  }

  private mutating func parameter(_ form: ParameterKind, _ isLambda: Bool) throws(Stop) -> Ref {
    let start = position
    try expect(.name)
    var children = Children()
    var flags: NodeFlags = []
    if !isLambda, take(.colon) {
      flags.insert(.hasType)
      let isStarred = kind == .star && form == .variadic
      draft.append(isStarred ? try starred() : try expression(), to: &children)
    }
    if kind == .equal {
      switch form {
      case .variadic: throw fail("var-positional parameter cannot have default value")
      case .variadicKeyword: throw fail("var-keyword parameter cannot have default value")
      default: break
      }
      advance()
      flags.insert(.hasValue)
      guard beginsExpression else { throw fail("expected default value expression") }
      draft.append(try expression(), to: &children)
    }
    return node(.parameter, from: start, children, flags: flags, detail: form.rawValue)
  }

  /// `[T: bound = default, *Ts, **P]` (PEP 695, PEP 696).
  mutating func typeParameters() throws(Stop) -> Ref {
    let first = position
    advance()
    if kind == .rightBracket { throw fail("Type parameter list cannot be empty") }
    var list = Children()
    while kind != .rightBracket {
      let start = position
      let form: NodeKind =
        take(.star) ? .typeVarTuple : take(.doubleStar) ? .paramSpec : .typeVar
      let name = position
      try expect(.name)
      var children = Children()
      var flags: NodeFlags = []
      if kind == .colon {
        guard form == .typeVar else {
          throw fail(
            "cannot use bound with \(form == .paramSpec ? "ParamSpec" : "TypeVarTuple")")
        }
        advance()
        flags.insert(.hasType)
        draft.append(try expression(), to: &children)
      }
      if take(.equal) {
        flags.insert(.hasValue)
        let isStarred = form == .typeVarTuple && kind == .star
        draft.append(isStarred ? try starred() : try expression(), to: &children)
      }
      draft.append(node(form, from: start, children, flags: flags, data: name), to: &list)
      guard take(.comma) else { break }
    }
    try expect(.rightBracket)
    return node(.typeParameters, from: first, list)
  }
}
