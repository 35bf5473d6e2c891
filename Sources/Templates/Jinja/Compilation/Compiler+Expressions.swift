extension Compiler {
  func code(_ expression: Expression, _ frame: Frame) throws(TemplateError) -> Code {
    switch expression {
    case .name(let name, _):
      if frame.isUntracked, frame.symbols.find(name) == nil { throw unknownName(name) }
      return .variable(slot(name, frame), name)
    case .literal(let literal, _): return constant(literal)
    default: break
    }
    if !escape.isVolatile, expression.mayBeConstant(false) {
      if let literal = folder.value(expression, escapes: escape.isOn, isVolatile: false)?.literal {
        return constant(literal)
      }
      if let failure = folder.failure { throw failure }
    }
    return try compound(expression, frame)
  }

  /// Jinja2 writes constants into Python code by their `repr`.
  private func constant(_ literal: Literal) -> Code {
    guard case .float(let number) = literal, !number.isFinite else { return .constant(literal) }
    return .unknownConstant(number.isNaN ? "nan" : "inf")
  }

  /// What Jinja2 says when a filter of a block assignment uses a variable: it does not look for them there.
  private func unknownName(_ name: Text) -> TemplateError {
    TemplateError(
      "AssertionError",
      "Tried to resolve a name to a reference that was unknown to the frame "
        + "(\(Printing.repr(name)))", name: self.name)
  }

  private func compound(_ expression: Expression, _ frame: Frame) throws(TemplateError) -> Code {
    switch expression {
    case .name(let name, _): return .variable(slot(name, frame), name)
    case .literal(let literal, _): return constant(literal)
    case .tuple(let items, _): return .tuple(try codes(items, frame))
    case .list(let items, _): return .list(try codes(items, frame))
    case .dict(let pairs, _):
      var codes: [(key: Code, value: Code)] = []
      for pair in pairs { codes.append((try code(pair.key, frame), try code(pair.value, frame))) }
      return .dict(codes)
    case .binary(let op, let left, let right, _):
      let left = try code(left, frame)
      let right = try code(right, frame)
      if op == .power, case .constant(let literal) = left, let positive = literal.negated,
        !right.isConstant
      {
        // Jinja2 writes `-2 ** x`, of which Python takes the power first.
        return .negative(.binary(op, .constant(positive), right))
      }
      return .binary(op, left, right)
    case .and(let left, let right, _):
      return .and(try code(left, frame), try code(right, frame))
    case .or(let left, let right, _):
      return .or(try code(left, frame), try code(right, frame))
    case .not(let operand, _): return .not(try code(operand, frame))
    case .negative(let operand, _): return .negative(try code(operand, frame))
    case .positive(let operand, _): return .positive(try code(operand, frame))
    case .concatenation(let parts, _):
      return .concatenation(
        try codes(parts, frame), escapes: escape.isOn && !escape.isVolatile)
    case .comparison(let first, let operands, _):
      let left = try code(first, frame)
      var rest: [(comparator: Operand.Comparator, code: Code)] = []
      for operand in operands {
        rest.append((operand.comparator, try code(operand.expression, frame)))
      }
      return .comparison(left, rest)
    case .conditional(let test, let then, let otherwise, let position):
      let frame = frame.soft()
      let missing =
        "the inline if-expression on \(place(position)) evaluated to false and no else section "
        + "was defined."
      let then = try code(then, frame)
      let test = try code(test, frame)
      return .conditional(
        test: test, then: then, else: try optional(otherwise, frame), missing: missing)
    case .attribute(let value, let name, _): return .attribute(try code(value, frame), name)
    case .item(let value, .slice(let start, let stop, let step, _), _):
      return .slice(
        try code(value, frame), try optional(start, frame), try optional(stop, frame),
        try optional(step, frame))
    case .item(let value, let key, _): return .item(try code(value, frame), try code(key, frame))
    case .slice(_, _, _, let position):
      problems.note(.grammar, "invalid syntax", name, position)
      return .constant(.none)
    case .call(let function, let arguments, let position):
      return .call(
        try code(function, frame), try self.arguments(arguments, frame), position)
    case .filter(let value, let name, let arguments, let position):
      guard let filter = environment.library.filters[name] else {
        return try unknown("filter", name, value, arguments, position, frame)
      }
      return .filter(
        filter, try optional(value, frame),
        try self.arguments(arguments, frame, of: PythonNames.filter(name)), position)
    case .test(let value, let name, let arguments, let position):
      guard let test = environment.library.tests[name] else {
        return try unknown("test", name, value, arguments, position, frame)
      }
      return .test(
        test, try code(value, frame),
        try self.arguments(arguments, frame, of: PythonNames.test(name)))
    case .namespaceTarget(let name, let attribute, _):
      return .attribute(.variable(slot(name, frame), name), attribute)
    }
  }

  private func unknown(
    _ kind: String, _ name: String, _ value: Expression?, _ arguments: CallArguments,
    _ position: Position, _ frame: Frame
  ) throws(TemplateError) -> Code {
    let shown = Printing.repr(Text(name))
    guard frame.isSoft else { throw error("No \(kind) named \(shown).", position) }
    return .unknown(
      "No \(kind) named \(shown) found.", try optional(value, frame),
      try self.arguments(arguments, frame))
  }

  private func optional(
    _ expression: Expression?, _ frame: Frame
  ) throws(TemplateError) -> Code? {
    guard let expression else { return nil }
    return try code(expression, frame)
  }

  func codes(_ expressions: [Expression], _ frame: Frame) throws(TemplateError) -> [Code] {
    var codes: [Code] = []
    codes.reserveCapacity(expressions.count)
    for expression in expressions { codes.append(try code(expression, frame)) }
    return codes
  }

  func arguments(
    _ arguments: CallArguments, _ frame: Frame, of callee: @autoclosure () -> String? = nil
  ) throws(TemplateError) -> ArgumentCode {
    var result = ArgumentCode(positional: try codes(arguments.positional, frame))
    // Names that are words of Python's grammar are passed in a dict, where the last one counts.
    let isDictionary = arguments.named.contains { PythonKeyword.isOne($0.name) }
    for (name, value) in arguments.named {
      if let place = result.named.firstIndex(where: { $0.name == name }) {
        if !isDictionary {
          problems.note(
            .code, "keyword argument repeated: \(name)", self.name, value.position)
        }
        result.named.remove(at: place)
      }
      result.named.append((name, try code(value, frame)))
    }
    result.rest = try optional(arguments.rest, frame)
    result.namedRest = try optional(arguments.namedRest, frame)
    if result.namedRest != nil, let name = callee() { result.callee = name + "()" }
    return result
  }
}
