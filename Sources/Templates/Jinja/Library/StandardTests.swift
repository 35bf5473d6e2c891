/// The tests behind `is`.
enum StandardTests {
  static func add(to library: inout TemplateLibrary) {
    addNumbers(to: &library)
    addKinds(to: &library)
    addComparisons(to: &library)
  }

  private static func addNumbers(to library: inout TemplateLibrary) {
    library.addTest("odd", as: Signature("test_odd", "value")) {
      (call, render) throws(TemplateError) -> Bool in
      let rest = try Arithmetic.apply(.modulo, call.input, .int(2), render)
      return try render.areEqual(rest, .int(1))
    }
    library.addTest("even", as: Signature("test_even", "value")) {
      (call, render) throws(TemplateError) -> Bool in
      let rest = try Arithmetic.apply(.modulo, call.input, .int(2), render)
      return try render.areEqual(rest, .int(0))
    }
    library.addTest("divisibleby", as: Signature("test_divisibleby", "value", "num")) {
      (call, render) throws(TemplateError) -> Bool in
      let rest = try Arithmetic.apply(.modulo, call.input, call[1] ?? Value.none, render)
      return try render.areEqual(rest, .int(0))
    }
  }

  private static func addKinds(to library: inout TemplateLibrary) {
    library.addTest("defined", as: Signature("test_defined", "value")) { (call, _) in
      !call.input.isUndefined
    }
    library.addTest("undefined", as: Signature("test_undefined", "value")) { (call, _) in
      call.input.isUndefined
    }
    library.addTest("none", as: Signature("test_none", "value")) { (call, _) in call.input.isNone }
    library.addTest("boolean", as: Signature("test_boolean", "value")) { (call, _) in
      if case .bool = call.input { true } else { false }
    }
    library.addTest("true", as: Signature("test_true", "value")) { (call, _) in
      if case .bool(true) = call.input { true } else { false }
    }
    library.addTest("false", as: Signature("test_false", "value")) { (call, _) in
      if case .bool(false) = call.input { true } else { false }
    }
    library.addTest("integer", as: Signature("test_integer", "value")) { (call, _) in
      switch call.input {
      case .int, .bigInt: true
      default: false
      }
    }
    library.addTest("float", as: Signature("test_float", "value")) { (call, _) in
      if case .float = call.input { true } else { false }
    }
    library.addTest("number", as: Signature("test_number", "value")) { (call, _) in
      call.input.isNumber
    }
    library.addTest("string", as: Signature("test_string", "value")) { (call, _) in
      call.input.text != nil
    }
    library.addTest("mapping", as: Signature("test_mapping", "value")) { (call, _) in
      switch call.input {
      case .dict: true
      case .object(let object): object.isMapping
      default: false
      }
    }
    library.addTest("lower", as: Signature("test_lower", "value")) {
      (call, render) throws(TemplateError) -> Bool in try render.str(call.input).isLower
    }
    library.addTest("upper", as: Signature("test_upper", "value")) {
      (call, render) throws(TemplateError) -> Bool in try render.str(call.input).isUpper
    }
    library.addTest("escaped", as: Signature("test_escaped", "value")) {
      (call, render) throws(TemplateError) -> Bool in try render.hasHTML(call.input)
    }
    library.addTest("sequence", as: Signature("test_sequence", "value")) { (call, _) in
      switch call.input {
      case .string, .markup, .list, .tuple, .dict, .range: true
      case .undefined(let undefined): undefined.kind != .strict
      case .object(let object): object is BytesObject
      default: false
      }
    }
    library.addTest("iterable", as: Signature("test_iterable", "value")) {
      (call, render) throws(TemplateError) -> Bool in
      do throws(TemplateError) {
        _ = try render.iterator(call.input)
        return true
      } catch {
        guard error.exception == "TypeError" else { throw error }
        return false
      }
    }
    library.addTest("filter", as: Signature("test_filter", "env", "value")) {
      (call, render) throws(TemplateError) -> Bool in
      try render.requireHashable(call.input)
      return call.input.text.map { render.environment.library.filters[$0.string] != nil } ?? false
    }
    library.addTest("test", as: Signature("test_test", "env", "value")) {
      (call, render) throws(TemplateError) -> Bool in
      try render.requireHashable(call.input)
      return call.input.text.map { render.environment.library.tests[$0.string] != nil } ?? false
    }
    library.addTest("sameas", as: Signature("test_sameas", "value", "other")) { (call, _) in
      Comparison.isIdentical(call.input, call[1] ?? Value.none)
    }
    library.addTest("in", as: Signature("test_in", "value", "seq")) {
      (call, render) throws(TemplateError) -> Bool in
      try render.contains(call[1] ?? Value.none, call.input)
    }
  }

  private static func addComparisons(to library: inout TemplateLibrary) {
    let callable: TemplateLibrary.TestFunction = {
      (value, arguments, render) throws(TemplateError) -> Bool in
      guard arguments.named.isEmpty else {
        throw .type("callable() takes no keyword arguments")
      }
      guard arguments.positional.isEmpty else {
        throw .type(
          "callable() takes exactly one argument (\(arguments.positional.count + 1) given)")
      }
      return render.isCallable(value)
    }
    library.tests.updateValue(callable, forKey: "callable")
    add("eq", ["==", "eq", "equalto"], to: &library) {
      (left, right) throws(TemplateError) -> Bool in
      try Comparison.areEqual(left, right)
    }
    add("ne", ["!=", "ne"], to: &library) { (left, right) throws(TemplateError) -> Bool in
      try !Comparison.areEqual(left, right)
    }
    add("gt", [">", "gt", "greaterthan"], to: &library) {
      (left, right) throws(TemplateError) -> Bool in try Comparison.holds(.greater, left, right)
    }
    add("ge", [">=", "ge"], to: &library) { (left, right) throws(TemplateError) -> Bool in
      try Comparison.holds(.greaterOrEqual, left, right)
    }
    add("lt", ["<", "lt", "lessthan"], to: &library) {
      (left, right) throws(TemplateError) -> Bool in try Comparison.holds(.less, left, right)
    }
    add("le", ["<=", "le"], to: &library) { (left, right) throws(TemplateError) -> Bool in
      try Comparison.holds(.lessOrEqual, left, right)
    }
  }

  /// A test that is a function of Python's `operator`.
  private static func add(
    _ builtin: String, _ names: [String], to library: inout TemplateLibrary,
    _ holds: @escaping @Sendable (Value, Value) throws(TemplateError) -> Bool
  ) {
    let function: TemplateLibrary.TestFunction = {
      (value, arguments, render) throws(TemplateError) -> Bool in
      guard arguments.named.isEmpty else {
        throw .type("_operator.\(builtin)() takes no keyword arguments")
      }
      guard arguments.positional.count == 1 else {
        throw .type("\(builtin) expected 2 arguments, got \(arguments.positional.count + 1)")
      }
      return try holds(value, arguments.positional[0])
    }
    for name in names { library.tests.updateValue(function, forKey: name) }
  }
}
