/// What Jinja2's optimizer knows of expressions before anything is rendered: the value of those made of constants alone.
///
/// It shows: a slice of a constant that cannot be sliced is undefined and no error, `~` of constants forgets which of them
/// were safe, and an infinite number becomes a name in the code that Jinja2 makes, which Python does not know.
final class ConstantFolder {
  private let environment: TemplateEnvironment
  private lazy var render = Render(environment: environment)
  /// What folding the last expression raised that Jinja2 does not put off: texts of strict undefined values.
  private(set) var failure: TemplateError?

  init(_ environment: TemplateEnvironment) { self.environment = environment }

  /// The value of an expression; nil when it is not constant, or fails, which is then left to the render.
  func value(_ expression: Expression, escapes: Bool, isVolatile: Bool) -> Value? {
    guard expression.mayBeConstant(isVolatile) else { return nil }
    failure = nil
    render.assumedEscape = escapes
    do throws(TemplateError) { return try value(expression) } catch { return nil }
  }

  /// The text that Jinja2 writes for a constant expression.
  func text(_ expression: Expression, escapes: Bool, isVolatile: Bool) -> Text? {
    guard let value = value(expression, escapes: escapes, isVolatile: isVolatile) else {
      return nil
    }
    do throws(TemplateError) {
      return try escapes ? render.escape(value) : render.str(value)
    } catch {
      return nil
    }
  }

  /// The truth of a constant expression.
  func truth(_ expression: Expression, escapes: Bool, isVolatile: Bool) -> Bool? {
    guard let value = value(expression, escapes: escapes, isVolatile: isVolatile) else {
      return nil
    }
    do throws(TemplateError) { return try render.truth(value) } catch { return nil }
  }

  private static var notConstant: TemplateError { .runtime("not constant") }

  private func values(_ expressions: [Expression]) throws(TemplateError) -> [Value] {
    var values: [Value] = []
    for expression in expressions { values.append(try value(expression)) }
    return values
  }

  /// `as_const` of Jinja2's nodes.
  private func value(_ expression: Expression) throws(TemplateError) -> Value {
    switch expression {
    case .name, .namespaceTarget, .call: throw Self.notConstant
    case .literal(let literal, _): return literal.value
    case .tuple(let items, _): return .tuple(try values(items))
    case .list(let items, _): return .list(try values(items))
    case .dict(let pairs, _):
      let box = DictBox()
      for pair in pairs {
        let key = try value(pair.key)
        try render.requireHashable(key)
        box.set(key, try value(pair.value))
      }
      return .dict(box)
    case .binary(let op, let left, let right, _):
      return try Arithmetic.apply(op, value(left), value(right), render)
    case .and(let left, let right, _):
      let left = try value(left)
      return try render.truth(left) ? value(right) : left
    case .or(let left, let right, _):
      let left = try value(left)
      return try render.truth(left) ? left : value(right)
    case .not(let operand, _): return .bool(try !render.truth(value(operand)))
    case .negative(let operand, _):
      return try Arithmetic.unary(isMinus: true, value(operand))
    case .positive(let operand, _):
      return try Arithmetic.unary(isMinus: false, value(operand))
    case .concatenation(let parts, _):
      var bytes: [UInt8] = []
      for part in parts {
        let value = try value(part)
        do throws(TemplateError) {
          bytes += try render.str(value).bytes
        } catch {
          failure = error
          throw error
        }
      }
      return .string(Text(bytes: bytes))
    case .comparison(let first, let operands, _):
      var left = try value(first)
      for operand in operands {
        let right = try value(operand.expression)
        guard try render.holds(operand.comparator, left, right) else { return .bool(false) }
        left = right
      }
      return .bool(true)
    case .conditional(let test, let then, let otherwise, _):
      if try render.truth(value(test)) { return try value(then) }
      guard let otherwise else { throw Self.notConstant }
      return try value(otherwise)
    case .attribute(let object, let name, _): return try render.attribute(value(object), name)
    case .item(let object, .slice(let start, let stop, let step, _), _):
      let object = try value(object)
      let slice = try slice(start, stop, step)
      do throws(TemplateError) {
        return try render.slice(object, slice.start, slice.stop, slice.step)
      } catch  where error.exception == "TypeError" {
        return render.undefined(object: object, name: .object(slice))
      }
    case .item(let object, let key, _):
      let object = try value(object)
      return try render.item(object, value(key))
    case .slice(let start, let stop, let step, _): return .object(try slice(start, stop, step))
    case .filter(let input, let name, let arguments, _):
      guard let input, let filter = render.environment.library.filters[name] else {
        throw Self.notConstant
      }
      return try filter(value(input), self.arguments(arguments), render)
    case .test(let input, let name, let arguments, _):
      guard let test = render.environment.library.tests[name] else { throw Self.notConstant }
      return .bool(try test(value(input), self.arguments(arguments), render))
    }
  }

  private func slice(
    _ start: Expression?, _ stop: Expression?, _ step: Expression?
  ) throws(TemplateError) -> SliceObject {
    var bounds: [Value] = []
    for part in [start, stop, step] {
      bounds.append(
        try part.map { (part) throws(TemplateError) in try value(part) } ?? Value.none)
    }
    return SliceObject(bounds[0], bounds[1], bounds[2])
  }

  private func arguments(_ code: CallArguments) throws(TemplateError) -> Arguments {
    var result = Arguments(try values(code.positional))
    for (name, expression) in code.named {
      // A name given twice makes no error here: the last one counts.
      _ = result.take(name)
      result.named.append((name, try value(expression)))
    }
    if let rest = code.rest { result.positional += try render.items(value(rest)) }
    if let rest = code.namedRest {
      guard case .dict(let box) = try value(rest) else { throw Self.notConstant }
      for index in 0..<box.count {
        guard let name = box.keys[index].text else { throw Self.notConstant }
        _ = result.take(name)
        result.named.append((name, box.values[index]))
      }
    }
    return result
  }
}

extension Expression {
  /// Whether it reads no variable and calls nothing, as far as a quick look tells.
  func mayBeConstant(_ isVolatile: Bool) -> Bool {
    switch self {
    case .name, .call, .namespaceTarget: return false
    case .literal: return true
    case .attribute(let value, _, _), .not(let value, _), .negative(let value, _),
      .positive(let value, _), .and(let value, _, _), .or(let value, _, _),
      .conditional(let value, _, _, _):
      return value.mayBeConstant(isVolatile)
    case .tuple(let items, _), .list(let items, _), .concatenation(let items, _):
      return items.allSatisfy { $0.mayBeConstant(isVolatile) }
    case .dict(let pairs, _):
      return pairs.allSatisfy {
        $0.key.mayBeConstant(isVolatile) && $0.value.mayBeConstant(isVolatile)
      }
    case .binary(_, let left, let right, _), .item(let left, let right, _):
      return left.mayBeConstant(isVolatile) && right.mayBeConstant(isVolatile)
    case .comparison(let first, _, _): return first.mayBeConstant(isVolatile)
    case .slice(let start, let stop, let step, _):
      return [start, stop, step].allSatisfy { $0?.mayBeConstant(isVolatile) ?? true }
    case .filter(let value, let name, _, _):
      // A filter that asks the context, or is none of Jinja2's own, waits for the render.
      guard let value, !isVolatile, Self.plainFilters.contains(name) else { return false }
      return value.mayBeConstant(isVolatile)
    case .test(let value, _, _, _): return !isVolatile && value.mayBeConstant(isVolatile)
    }
  }

  private static let plainFilters: Set<String> = [
    "abs", "attr", "batch", "capitalize", "center", "count", "d", "default", "dictsort", "e",
    "escape", "filesizeformat", "first", "float", "forceescape", "format", "groupby", "indent",
    "int", "items", "join", "last", "length", "list", "lower", "max", "min", "pprint", "replace",
    "reverse", "round", "safe", "slice", "sort", "string", "striptags", "sum", "title", "tojson",
    "trim", "truncate", "unique", "upper", "urlencode", "urlize", "wordcount", "wordwrap",
    "xmlattr",
  ]
}

extension Value {
  /// A constant as code can hold it; nil for what has parts or behaviour.
  var literal: Literal? {
    switch self {
    case .none: Literal.none
    case .bool(let flag): .bool(flag)
    case .int(let number): .int(number)
    case .bigInt(let box): .bigInt(box.value)
    case .float(let number): .float(number)
    case .string(let text): .string(text)
    case .markup(let text): .markup(text)
    default: nil
    }
  }
}
