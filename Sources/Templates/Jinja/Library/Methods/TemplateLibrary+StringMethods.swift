extension TemplateLibrary {
  /// The methods of `str` and `Markup`.
  mutating func addStringMethods() {
    var plain: [Text: ValueFunction] = [:]
    var marked: [Text: ValueFunction] = [:]
    for (name, method) in StringMethods.all {
      let function = method.function
      plain[name] = function
      marked[name] =
        Self.markupMethods.contains(name) ? Self.marking(function, name) : function
    }
    // Assigned as functions of their type: Swift 6.3 crashes when it makes an optional of a function that throws typed.
    let own: [(Text, ValueFunction, ValueFunction)] = [
      ("join", Self.joinPlain, Self.joinMarked), ("format", Self.format, Self.format),
      ("format_map", Self.formatMap, Self.formatMap),
    ]
    for (name, function, other) in own {
      plain[name] = function
      marked[name] = other
    }
    let markedOnly: [(Text, ValueFunction)] = [
      ("striptags", Self.stripTags), ("unescape", Self.unescape), ("__html__", Self.html),
    ]
    for (name, function) in markedOnly { marked[name] = function }
    methods[.string, default: [:]].merge(plain) { $1 }
    methods[.markup, default: [:]].merge(marked) { $1 }
    percentFormat = Self.fillPercents
  }

  private static func fillPercents(
    _ left: Value, _ right: Value, _ render: Render
  ) throws(TemplateError) -> Value {
    var format = PercentFormat(render, left.text ?? .empty, right, escapes: left.isMarkup)
    return render.like(left, try format.text())
  }

  /// The methods that give `Markup` again.
  private static let markupMethods: Set<Text> = [
    "capitalize", "title", "lower", "upper", "replace", "ljust", "rjust", "lstrip", "rstrip",
    "center", "strip", "translate", "expandtabs", "swapcase", "zfill", "casefold", "removeprefix",
    "removesuffix", "partition", "rpartition", "split", "rsplit", "splitlines",
  ]

  /// A method of `str` whose results are marked as safe, and whose replacements are escaped.
  private static func marking(
    _ function: @escaping ValueFunction, _ name: Text
  ) -> ValueFunction {
    let signature = markupSignatures[name] ?? Signature("Markup.\(name)", "self")
    return { (value, arguments, render) throws(TemplateError) -> Value in
      let bound = try signature.bind(arguments.prepending(value))
      var positional: [Value] = []
      for value in bound.values.dropFirst() {
        guard let value else { break }
        positional.append(value)
      }
      if name == "replace", positional.count > 1 {
        positional[1] = .markup(try render.escape(positional[1]))
      }
      if name == "ljust" || name == "rjust" || name == "center", positional.count > 1 {
        positional[1] = .markup(try render.escape(positional[1]))
      }
      var call = Arguments(positional)
      if name == "split" || name == "rsplit", bound[1] == nil, let most = bound[2] {
        call = Arguments([], named: [("maxsplit", most)])
      }
      return marked(try function(value, call, render))
    }
  }

  private static let markupSignatures: [Text: Signature] = [
    "replace": Signature("Markup.replace", "self", "old", "new", "count?"),
    "ljust": Signature("Markup.ljust", "self", "width", "fillchar?"),
    "rjust": Signature("Markup.rjust", "self", "width", "fillchar?"),
    "center": Signature("Markup.center", "self", "width", "fillchar?"),
    "lstrip": Signature("Markup.lstrip", "self", "chars?"),
    "rstrip": Signature("Markup.rstrip", "self", "chars?"),
    "strip": Signature("Markup.strip", "self", "chars?"),
    "translate": Signature("Markup.translate", "self", "table"),
    "expandtabs": Signature("Markup.expandtabs", "self", "tabsize?"),
    "zfill": Signature("Markup.zfill", "self", "width"),
    "removeprefix": Signature("Markup.removeprefix", "self", "prefix"),
    "removesuffix": Signature("Markup.removesuffix", "self", "suffix"),
    "partition": Signature("Markup.partition", "self", "sep"),
    "rpartition": Signature("Markup.rpartition", "self", "sep"),
    "split": Signature("Markup.split", "self", "sep?", "maxsplit?"),
    "rsplit": Signature("Markup.rsplit", "self", "sep?", "maxsplit?"),
    "splitlines": Signature("Markup.splitlines", "self", "keepends?"),
  ]

  private static func marked(_ value: Value) -> Value {
    switch value {
    case .string(let text): .markup(text)
    case .list(let box): .list(box.items.map(marked))
    case .tuple(let box): .tuple(box.items.map(marked))
    default: value
    }
  }

  private static func stripTags(
    _ value: Value, _ arguments: Arguments, _ render: Render
  ) throws(TemplateError) -> Value {
    _ = try Signature("Markup.striptags", "self").bind(arguments.prepending(value))
    return .string(MarkupText.strippingTags(value.text ?? .empty))
  }

  private static func unescape(
    _ value: Value, _ arguments: Arguments, _ render: Render
  ) throws(TemplateError) -> Value {
    _ = try Signature("Markup.unescape", "self").bind(arguments.prepending(value))
    return .string(MarkupText.unescaped(value.text ?? .empty))
  }

  private static func html(
    _ value: Value, _ arguments: Arguments, _ render: Render
  ) throws(TemplateError) -> Value { value }

  private static func joinPlain(
    _ value: Value, _ arguments: Arguments, _ render: Render
  ) throws(TemplateError) -> Value {
    let items = try NativeParameters("str", "join", .one).bind(arguments)
    return .string(try join(value.text ?? .empty, items[0] ?? Value.none, render))
  }

  private static func joinMarked(
    _ value: Value, _ arguments: Arguments, _ render: Render
  ) throws(TemplateError) -> Value {
    let bound = try Signature("Markup.join", "self", "iterable").bind(arguments.prepending(value))
    let iterator = try render.iterator(bound[1] ?? Value.none)
    var parts: [Text] = []
    while let item = try iterator.next() {
      try render.charge(rounds: 1)
      parts.append(try render.escape(item))
    }
    return .markup(try Text.joined(parts, by: value.text ?? .empty))
  }

  private static func format(
    _ value: Value, _ arguments: Arguments, _ render: Render
  ) throws(TemplateError) -> Value {
    let named = arguments.named
    var formatter = StringFormat(
      render, positional: arguments.positional, escapes: value.isMarkup
    ) { (key) throws(TemplateError) -> Value? in
      named.first { $0.name == key }?.value
    }
    return render.like(value, try formatter.format(value.text ?? .empty))
  }

  private static func formatMap(
    _ value: Value, _ arguments: Arguments, _ render: Render
  ) throws(TemplateError) -> Value {
    let mapping: Value
    if value.isMarkup {
      let bound = try Signature("Markup.format_map", "self", "mapping")
        .bind(arguments.prepending(value))
      mapping = bound[1] ?? Value.none
    } else {
      mapping = try NativeParameters("str", "format_map", .one).bind(arguments)[0] ?? Value.none
    }
    var formatter = StringFormat(render, positional: [], escapes: value.isMarkup) {
      (key) throws(TemplateError) -> Value? in
      try render.subscripted(mapping, .string(key))
    }
    do throws(TemplateError) {
      return render.like(value, try formatter.format(value.text ?? .empty))
    } catch {
      guard error.exception == "IndexError", error.message.hasPrefix("Replacement index") else {
        throw error
      }
      throw .value("Format string contains positional fields")
    }
  }

  /// `separator.join(value)`.
  private static func join(
    _ separator: Text, _ value: Value, _ render: Render
  ) throws(TemplateError) -> Text {
    let items: [Value]
    do throws(TemplateError) {
      items = try render.items(value)
    } catch {
      guard error.exception == "TypeError" else { throw error }
      throw .type("can only join an iterable")
    }
    var parts: [Text] = []
    parts.reserveCapacity(items.count)
    for (index, item) in items.enumerated() {
      guard let text = item.text else {
        throw .type(
          "sequence item \(index): expected str instance, \(item.typeName) found")
      }
      parts.append(text)
    }
    return try .joined(parts, by: separator)
  }
}
