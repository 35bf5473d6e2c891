import BigInt

extension TemplateLibrary {
  /// The methods and attributes of `int`, `bool`, `float` and `range`.
  mutating func addNumberMethods() {
    for type in [BuiltinType.int, .bool] { addIntegerMethods(type) }
    addMethod(.float, "float", "is_integer", .none) {
      (value, _, _) throws(TemplateError) -> Value in
      guard case .float(let number) = value else { return .bool(false) }
      return .bool(number.isFinite && number.rounded() == number)
    }
    addMethod(.float, "float", "hex", .none) { (value, _, _) throws(TemplateError) -> Value in
      guard case .float(let number) = value else { return Value.none }
      return .text(FloatText.hexadecimal(number))
    }
    addMethod(.float, "float", "conjugate", .none) { (value, _, _) throws(TemplateError) -> Value in
      value
    }
    addMethod(.float, "float", "as_integer_ratio", .none) {
      (value, _, _) throws(TemplateError) -> Value in
      guard case .float(let number) = value else { return Value.none }
      guard !number.isNaN else { throw .value("cannot convert NaN to integer ratio") }
      guard number.isFinite else { throw .overflow("cannot convert Infinity to integer ratio") }
      var mantissa = number
      var denominator = BigInt(1)
      while mantissa.rounded() != mantissa {
        mantissa *= 2
        denominator *= 2
      }
      return .tuple([.integer(BigInt(mantissa)), .integer(denominator)])
    }
    properties[.float] = [
      "real": { $0 }, "imag": { _ in .float(0) },
    ]
    properties[.range] = [
      "start": { if case .range(let range) = $0 { .int(range.start) } else { Value.none } },
      "stop": { if case .range(let range) = $0 { .int(range.stop) } else { Value.none } },
      "step": { if case .range(let range) = $0 { .int(range.step) } else { Value.none } },
    ]
    addMethod(.range, "range", "count", .one) {
      (value, values, render) throws(TemplateError) -> Value in
      .int(try render.contains(value, values[0] ?? Value.none) ? 1 : 0)
    }
    addMethod(.range, "range", "index", .one) {
      (value, values, render) throws(TemplateError) -> Value in
      let wanted = values[0] ?? Value.none
      guard case .range(let range) = value, try render.contains(value, wanted) else {
        throw .value(
          wanted.bigInteger == nil
            ? "sequence.index(x): x not in sequence"
            : "\(try render.repr(wanted)) is not in range")
      }
      let distance = try Arithmetic.apply(.subtract, wanted, .int(range.start), render)
      return try Arithmetic.apply(.floorDivide, distance, .int(range.step), render)
    }
  }

  private mutating func addIntegerMethods(_ type: BuiltinType) {
    func add(
      _ name: String, _ kind: NativeParameters.Kind = .none,
      _ body: @escaping @Sendable (BigInt, [Value?], Render) throws(TemplateError) -> Value
    ) {
      addMethod(type, "int", name, kind) {
        (value, values, render) throws(TemplateError) -> Value in
        try body(value.bigInteger ?? 0, values, render)
      }
    }
    add("bit_length") { (number, _, _) throws(TemplateError) -> Value in
      .int(number.magnitude.bitWidth)
    }
    add("bit_count") { (number, _, _) throws(TemplateError) -> Value in
      .int(number.magnitude.words.reduce(0) { $0 + $1.nonzeroBitCount })
    }
    add("conjugate") { (number, _, _) throws(TemplateError) -> Value in .integer(number) }
    add("as_integer_ratio") { (number, _, _) throws(TemplateError) -> Value in
      .tuple([.integer(number), .int(1)])
    }
    add("to_bytes", .named(["length", "byteorder", "signed"])) {
      (number, values, render) throws(TemplateError) -> Value in
      let length =
        try values[0].map { (value) throws(TemplateError) in try render.size(value) } ?? 1
      let order = values[1]?.text ?? "big"
      let isSigned = try values[2].map { (value) throws(TemplateError) in try render.truth(value) }
      guard order == "big" || order == "little" else {
        throw .value("byteorder must be either 'little' or 'big'")
      }
      guard length >= 0 else { throw .value("length argument must be non-negative") }
      if number < 0, isSigned != true {
        throw .overflow("can't convert negative int to unsigned")
      }
      try TextLimits.check(length)
      let bits = number < 0 ? (-number - 1).magnitude.bitWidth : number.magnitude.bitWidth
      let room = length * 8 - (isSigned == true && number != 0 ? 1 : 0)
      guard bits <= max(room, 0) else { throw .overflow("int too big to convert") }
      var rest = number < 0 ? (BigInt(1) << (length * 8)) + number : number
      var bytes: [UInt8] = []
      for _ in 0..<length {
        bytes.append(UInt8(truncatingIfNeeded: Int(rest & 0xFF)))
        rest >>= 8
      }
      return .object(BytesObject(order == "big" ? bytes.reversed() : bytes))
    }
    properties[type] = [
      "real": { .integer($0.bigInteger ?? 0) }, "imag": { _ in .int(0) },
      "numerator": { .integer($0.bigInteger ?? 0) }, "denominator": { _ in .int(1) },
    ]
  }
}
