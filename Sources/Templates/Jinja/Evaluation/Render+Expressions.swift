extension Render {
  /// The value of an expression.
  func evaluate(_ code: Code, _ frame: Frame) throws(TemplateError) -> Value {
    switch code {
    case .constant(let literal): return literal.value
    case .variable(let slot, let name):
      return frame[slot] ?? undefined(name: .string(name))
    case .attribute(let value, let name):
      return try attribute(evaluate(value, frame), name)
    case .item(let value, let key):
      let value = try evaluate(value, frame)
      return try item(value, evaluate(key, frame))
    case .filter(let filter, let value, let arguments, _):
      let input = try value.map { (value) throws(TemplateError) in try evaluate(value, frame) }
      return try filter(
        input ?? captured, self.arguments(arguments, frame), self)
    case .call(let function, let arguments, _):
      let function = try evaluate(function, frame)
      return try call(function, self.arguments(arguments, frame))
    case .tuple(let codes): return .tuple(try evaluate(codes, frame))
    case .list(let codes): return .list(try evaluate(codes, frame))
    case .dict(let pairs):
      let box = DictBox()
      var values: [(Value, Value)] = []
      for pair in pairs {
        let key = try evaluate(pair.key, frame)
        values.append((key, try evaluate(pair.value, frame)))
      }
      for (key, value) in values {
        try requireHashable(key)
        box.set(key, value)
      }
      return .dict(box)
    case .comparison(let first, let operands): return try compare(first, operands, frame)
    case .binary(let op, let left, let right):
      let left = try evaluate(left, frame)
      return try Arithmetic.apply(op, left, evaluate(right, frame), self)
    case .and(let left, let right):
      let left = try evaluate(left, frame)
      return try truth(left) ? try evaluate(right, frame) : left
    case .or(let left, let right):
      let left = try evaluate(left, frame)
      return try truth(left) ? left : try evaluate(right, frame)
    case .not(let operand): return .bool(try !truth(evaluate(operand, frame)))
    case .negative(let operand):
      return try Arithmetic.unary(isMinus: true, evaluate(operand, frame))
    case .positive(let operand):
      return try Arithmetic.unary(isMinus: false, evaluate(operand, frame))
    case .concatenation(let parts, let escapes):
      return try concatenate(evaluate(parts, frame), escapes: escapes)
    case .conditional(let test, let then, let otherwise, let missing):
      if try truth(evaluate(test, frame)) { return try evaluate(then, frame) }
      if let otherwise { return try evaluate(otherwise, frame) }
      return .undefined(Undefined(.standard, hint: missing))
    case .slice(let value, let start, let stop, let step):
      return try slice(value, [start, stop, step], frame)
    case .test(let test, let value, let arguments):
      let value = try evaluate(value, frame)
      return .bool(try test(value, self.arguments(arguments, frame), self))
    case .unknownConstant(let name):
      throw TemplateError("NameError", "name '\(name)' is not defined")
    case .unknown(let message, let value, let arguments):
      if let value { _ = try evaluate(value, frame) }
      _ = try self.arguments(arguments, frame)
      throw .runtime(message)
    }
  }

  private func evaluate(_ codes: [Code], _ frame: Frame) throws(TemplateError) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(codes.count)
    for code in codes { values.append(try evaluate(code, frame)) }
    return values
  }

  /// The arguments of a call, `*` and `**` spread.
  func arguments(_ code: ArgumentCode, _ frame: Frame) throws(TemplateError) -> Arguments {
    var result = Arguments()
    if !code.positional.isEmpty { result.positional = try evaluate(code.positional, frame) }
    for (name, value) in code.named { result.named.append((name, try evaluate(value, frame))) }
    if let rest = code.rest {
      let value = try evaluate(rest, frame)
      do throws(TemplateError) {
        result.positional += try items(value)
      } catch  where error.message.hasSuffix("object is not iterable") {
        throw .type(
          "Value after * must be an iterable, not \(value.typeName)")
      }
    }
    if let rest = code.namedRest {
      let value = try evaluate(rest, frame)
      guard case .dict(let box) = value else {
        if case .undefined(let undefined) = value { throw undefined.error }
        throw .type(
          "\(code.callee) argument after ** must be a mapping, not \(value.typeName)")
      }
      for index in 0..<box.count {
        guard let name = box.keys[index].text else { throw .type("keywords must be strings") }
        if result.named.contains(where: { $0.name == name }) {
          throw .type(
            "\(code.callee) got multiple values for keyword argument '\(name)'")
        }
        result.named.append((name, box.values[index]))
      }
    }
    return result
  }

  private func compare(
    _ first: Code, _ operands: [(comparator: Operand.Comparator, code: Code)], _ frame: Frame
  ) throws(TemplateError) -> Value {
    var left = try evaluate(first, frame)
    for operand in operands {
      let right = try evaluate(operand.code, frame)
      guard try holds(operand.comparator, left, right) else { return .bool(false) }
      left = right
    }
    return .bool(true)
  }

  func holds(
    _ comparator: Operand.Comparator, _ left: Value, _ right: Value
  ) throws(TemplateError) -> Bool {
    switch comparator {
    case .equal: try Comparison.areEqual(left, right)
    case .notEqual: try !Comparison.areEqual(left, right)
    case .order(let order): try Comparison.holds(order, left, right)
    case .contained: try contains(right, left)
    case .notContained: try !contains(right, left)
    }
  }

  private func concatenate(
    _ values: [Value], escapes: Bool
  ) throws(TemplateError) -> Value {
    var bytes: [UInt8] = []
    var isMarkup = false
    if escapes {
      // As `markup_join`: from the first safe part on everything else is escaped, what came before is too.
      for value in values where try isSafe(value) { isMarkup = true }
    }
    for value in values {
      bytes += isMarkup ? try escape(value).bytes : try str(value).bytes
      guard bytes.count <= limits.bytes else {
        throw .limit("a text gets larger than \(limits.bytes) bytes")
      }
    }
    return isMarkup ? .markup(Text(bytes: bytes)) : .string(Text(bytes: bytes))
  }

  private func isSafe(_ value: Value) throws(TemplateError) -> Bool { value.isMarkup }

  // MARK: Slices

  private func slice(
    _ code: Code, _ parts: [Code?], _ frame: Frame
  ) throws(TemplateError) -> Value {
    let value = try evaluate(code, frame)
    var bounds: [Value] = []
    for part in parts {
      bounds.append(
        try part.map { (part) throws(TemplateError) in try evaluate(part, frame) } ?? .none)
    }
    return try slice(value, bounds[0], bounds[1], bounds[2])
  }

  /// `value[start:stop:step]`.
  package func slice(
    _ value: Value, _ start: Value, _ stop: Value, _ step: Value
  ) throws(TemplateError) -> Value {
    let count: Int
    switch value {
    case .string(let text), .markup(let text): count = text.count
    case .list(let box): count = box.items.count
    case .tuple(let box): count = box.items.count
    case .range(let range): count = range.count
    case .dict: throw .type("unhashable type: 'slice'")
    case .undefined(let undefined):
      if undefined.kind == .chainable { return value }
      throw undefined.error
    default: throw .type("'\(value.typeName)' object is not subscriptable")
    }
    let indices = try SliceIndices(start, stop, step, count: count)
    switch value {
    case .string(let text): return .string(slice(text, indices))
    case .markup(let text): return .markup(slice(text, indices))
    case .list(let box): return .list(indices.map { box.items[$0] })
    case .tuple(let box): return .tuple(indices.map { box.items[$0] })
    case .range(let range):
      return .range(
        RangeValue(
          start: range.start &+ indices.start &* range.step,
          stop: range.start &+ indices.stop &* range.step, step: range.step &* indices.step))
    default: return .none
    }
  }

  private func slice(_ text: Text, _ indices: SliceIndices) -> Text {
    if indices.step == 1 {
      return text.characters(indices.start..<max(indices.start, indices.stop))
    }
    if text.isASCII {
      let bytes = indices.map { text.bytes[$0] }
      return Text(bytes: bytes, count: bytes.count)
    }
    let points = text.codePoints
    return Text(codePoints: indices.map { points[$0] })
  }
}
