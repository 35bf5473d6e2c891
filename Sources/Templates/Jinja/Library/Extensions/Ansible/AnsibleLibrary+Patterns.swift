extension AnsibleLibrary {
  static func addPatterns(to library: inout TemplateLibrary) {
    library.addFilter(
      "regex_replace",
      as: Signature("regex_replace", "value?", "pattern?", "replacement?", "ignorecase?"), replace)
    library.addFilter(
      "regex_findall",
      as: Signature("regex_findall", "value", "regex", "multiline?", "ignorecase?")
    ) { (call, render) throws(TemplateError) -> Value in
      var flags: Pattern.Flags = []
      if try call.flag(3, false, render) { flags.insert(.ignoreCase) }
      if try call.flag(2, false, render) { flags.insert(.multiline) }
      let pattern = try pattern(value(call, 1), flags)
      let matches = try pattern.matches(in: subject(call.input))
      try render.charge(rounds: matches.count)
      return .list(
        matches.map { match in
          func text(_ group: Int) -> Value { .string(match.group(group) ?? .empty) }
          switch pattern.groupCount {
          case 0, 1: return text(pattern.groupCount)
          default: return .tuple((1...pattern.groupCount).map(text))
          }
        })
    }
    library.addFilter(
      "regex_search",
      as: Signature("regex_search", "value", "regex", rest: true, namedRest: true), search)
    library.addFilter("regex_escape", as: Signature("regex_escape", "string", "re_type?"), escape)
  }

  private static func pattern(
    _ value: Value, _ flags: Pattern.Flags
  ) throws(TemplateError) -> Pattern {
    guard let text = value.text else {
      throw .type("first argument must be string or compiled pattern")
    }
    return try Pattern(text, flags: flags)
  }

  private static func subject(_ value: Value) throws(TemplateError) -> Text {
    guard let text = value.text else {
      throw .type("expected string or bytes-like object, got '\(className(value))'")
    }
    return text
  }

  /// `type(x).__name__`, without a module.
  static func className(_ value: Value) -> String {
    value.typeName == "collections.OrderedDict" ? "OrderedDict" : value.typeName
  }

  private static let replace: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    let text = try render.str(call.input)
    let flags: Pattern.Flags = try call.flag(3, false, render) ? .ignoreCase : []
    let pattern = try pattern(call[1] ?? .string(.empty), flags)
    let new = call[2] ?? .string(.empty)
    guard let replacement = new.text else {
      throw .type("decoding to str: need a bytes-like object, \(className(new)) found")
    }
    let filled = try PatternReplacement(replacement, for: pattern)
    return .string(try pattern.replace(in: text) { filled.text(for: $0) })
  }

  private static let search: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    var groups: [Value] = []
    for argument in call.rest { groups.append(try group(argument)) }
    var flags: Pattern.Flags = []
    for (name, value) in call.namedRest where try render.truth(value) {
      if name == "ignorecase" { flags.insert(.ignoreCase) }
      if name == "multiline" { flags.insert(.multiline) }
    }
    let pattern = try pattern(value(call, 1), flags)
    guard let match = try pattern.firstMatch(in: subject(call.input)) else { return Value.none }
    if groups.isEmpty { return .string(match.group(0) ?? .empty) }
    var items: [Value] = []
    for group in groups {
      var number: Int?
      if let index = group.index {
        number = index
      } else if let name = group.text {
        number = pattern.names.first { Text($0.name) == name }?.number
      }
      guard let number, number >= 0, number <= pattern.groupCount else {
        throw .index("no such group")
      }
      items.append(match.group(number).map { .string($0) } ?? Value.none)
    }
    return .list(items)
  }

  /// A group by `\1` or `\g<name>`.
  private static func group(_ value: Value) throws(TemplateError) -> Value {
    guard let text = value.text else {
      throw .attribute("'\(value.typeName)' object has no attribute 'startswith'")
    }
    let missing = TemplateError.attribute("'NoneType' object has no attribute 'group'")
    if text.hasPrefix("\\g") {
      guard let match = try Pattern(#"\\g<(\S+)>"#).prefixMatch(in: text),
        let name = match.group(1)
      else { throw missing }
      return .string(name)
    }
    guard text.hasPrefix("\\") else { throw .filterArgument("Unknown argument") }
    guard let match = try Pattern(#"\\(\d+)"#).prefixMatch(in: text), let digits = match.group(1)
    else { throw missing }
    return .integer(try IntegerText.parse(digits, base: 10))
  }

  private static let escape: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    let kind = call[1] ?? .string("python")
    switch kind.text {
    case "python":
      guard let text = call.input.text else {
        throw .type("decoding to str: need a bytes-like object, \(className(call.input)) found")
      }
      let special = Set("()[]{}?*+-|^$\\.&~# \t\n\r\u{0B}\u{0C}".utf8)
      var result: [UInt8] = []
      for byte in text.bytes {
        if special.contains(byte) { result.append(0x5C) }
        result.append(byte)
      }
      return .string(Text(bytes: result))
    case "posix_basic":
      let pattern = try Pattern(#"([].[^$*\\])"#)
      return .string(
        try pattern.replace(in: render.str(call.input)) { "\\" + ($0.group(1) ?? .empty) })
    case "posix_extended":
      throw TemplateError(
        "NotImplementedError", "Regex type (posix_extended) not yet implemented")
    default:
      throw TemplateError("NotImplementedError", "Invalid regex type (\(try render.str(kind)))")
    }
  }
}
