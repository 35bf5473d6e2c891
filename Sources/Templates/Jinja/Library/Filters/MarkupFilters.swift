extension Render {
  /// Whether `hasattr(x, '__html__')` holds.
  func hasHTML(_ value: Value) throws(TemplateError) -> Bool {
    switch value {
    case .markup: true
    case .object(let object): try object.html(self) != nil
    case .undefined(let undefined): undefined.kind == .chainable
    default: false
    }
  }

  /// `Markup(x)`: the text of what has one of its own for HTML, else `str(x)`, not escaped.
  func marked(_ value: Value) throws(TemplateError) -> Value {
    if try hasHTML(value) { return .markup(try escape(value)) }
    return .markup(try str(value))
  }
}

/// Filters for HTML, XML and addresses.
enum MarkupFilters {
  static func add(to library: inout TemplateLibrary) {
    library.addFilter("safe", as: Signature("do_mark_safe", "value")) {
      (call, render) throws(TemplateError) -> Value in try render.marked(call.input)
    }
    library.addFilter("escape", "e", as: Signature("escape", "s")) {
      (call, render) throws(TemplateError) -> Value in .markup(try render.escape(call.input))
    }
    library.addFilter("forceescape", as: Signature("do_forceescape", "value")) {
      (call, render) throws(TemplateError) -> Value in
      let text = try render.hasHTML(call.input) ? render.escape(call.input) : render.str(call.input)
      return .markup(Printing.escape(text))
    }
    library.addFilter("striptags", as: Signature("do_striptags", "value")) {
      (call, render) throws(TemplateError) -> Value in
      let text = try render.hasHTML(call.input) ? render.escape(call.input) : render.str(call.input)
      return .string(MarkupText.strippingTags(text))
    }
    library.addFilter(
      "xmlattr", as: Signature("do_xmlattr", "eval_ctx", "d", "autospace?"), xmlattr)
    library.addFilter("urlencode", as: Signature("do_urlencode", "value"), urlencode)
    library.addFilter(
      "urlize",
      as: Signature(
        "do_urlize", "eval_ctx", "value", "trim_url_limit?", "nofollow?", "target?", "rel?",
        "extra_schemes?"), urlize)
    library.addFilter("tojson", as: Signature("do_tojson", "eval_ctx", "value", "indent?")) {
      (call, render) throws(TemplateError) -> Value in
      var options = JSONText.Options()
      options.sortsKeys = true
      if let indent = call[1], call.input.text == nil { try options.setIndent(indent, render) }
      let text = try JSONText.text(of: call.input, options, render)
      var result: [UInt8] = []
      result.reserveCapacity(text.bytes.count)
      for byte in text.bytes {
        switch byte {
        case UInt8(ascii: "<"): result += "\\u003c".utf8
        case UInt8(ascii: ">"): result += "\\u003e".utf8
        case UInt8(ascii: "&"): result += "\\u0026".utf8
        case UInt8(ascii: "'"): result += "\\u0027".utf8
        default: result.append(byte)
        }
      }
      return .markup(Text(bytes: result))
    }
  }

  private static let xmlattr: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    guard case .dict(let box) = call.input else {
      if case .undefined(let undefined) = call.input { throw undefined.error }
      throw .missing("items", in: call.input)
    }
    var parts: [Text] = []
    for (key, value) in zip(box.keys, box.values) {
      if value.isNone || value.isUndefined { continue }
      guard let name = key.text else {
        throw .type("expected string or bytes-like object, got '\(key.typeName)'")
      }
      let isBad = name.bytes.contains {
        ($0 >= 0x09 && $0 <= 0x0D) || $0 == 0x20 || $0 == 0x2F || $0 == 0x3E || $0 == 0x3D
      }
      if isBad { throw .value("Invalid character in attribute name: \(try render.repr(key))") }
      parts.append(try render.escape(key) + "=\"" + (try render.escape(value)) + "\"")
    }
    var text = try Text.joined(parts, by: " ")
    if !text.isEmpty, try call.flag(1, true, render) { text = " " + text }
    return render.autoescape ? .markup(text) : .string(text)
  }

  private static let urlencode: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    let value = call.input
    if value.text != nil { return .string(try quoted(value, forQuery: false, render)) }
    let pairs: [Value]
    if case .dict(let box) = value {
      pairs = zip(box.keys, box.values).map { .tuple([$0, $1]) }
    } else if isIterable(value) {
      pairs = try render.items(value)
    } else {
      return .string(try quoted(value, forQuery: false, render))
    }
    var parts: [Text] = []
    for pair in pairs {
      let items = try unpacked(pair, render)
      parts.append(
        try quoted(items[0], forQuery: true, render) + "="
          + (try quoted(items[1], forQuery: true, render)))
    }
    return .string(try Text.joined(parts, by: "&"))
  }

  private static func isIterable(_ value: Value) -> Bool {
    switch value {
    case .none, .bool, .int, .bigInt, .float: false
    case .object(let object):
      !(object is NativeFunction || object is BoundMethod || object is Namespace)
    default: true
    }
  }

  /// A pair as Python unpacks it.
  static func unpacked(_ value: Value, _ render: Render) throws(TemplateError) -> [Value] {
    let items: [Value]
    do throws(TemplateError) {
      items = try render.items(value)
    } catch {
      guard error.exception == "TypeError" else { throw error }
      throw .type("cannot unpack non-iterable \(value.typeName) object")
    }
    guard items.count >= 2 else {
      throw .value("not enough values to unpack (expected 2, got \(items.count))")
    }
    guard items.count == 2 else { throw .value("too many values to unpack (expected 2)") }
    return items
  }

  /// Python's `urllib.parse.quote`: everything but letters, digits, `_.-~` and, outside of queries, `/`.
  private static func quoted(
    _ value: Value, forQuery: Bool, _ render: Render
  ) throws(TemplateError) -> Text {
    if case .object(let object) = value, let bytes = object as? BytesObject {
      return quoted(bytes.bytes, forQuery: forQuery)
    }
    return quoted(try render.str(value).bytes, forQuery: forQuery)
  }

  private static func quoted(_ bytes: [UInt8], forQuery: Bool) -> Text {
    let hex = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in bytes {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2E, 0x2D, 0x7E: result.append(byte)
      case 0x2F where !forQuery: result.append(byte)
      case 0x20 where forQuery: result.append(0x2B)
      default: result += [0x25, hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      }
    }
    return Text(bytes: result, count: result.count)
  }

  private static let urlize: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    var rel: Set<Text> = ["noopener"]
    if let given = call[4], try render.truth(given) {
      guard let text = given.text else {
        throw .attribute("'\(given.typeName)' object has no attribute 'split'")
      }
      rel.formUnion(text.words())
    }
    if try call.flag(2, false, render) { rel.insert("nofollow") }
    var linker = Linker()
    linker.rel = try Text.joined(rel.sorted(), by: " ")
    if let target = call[3], !target.isNone, try render.truth(target) {
      linker.target = try render.escape(target)
    }
    if let limit = call[1], !limit.isNone { linker.limit = limit }
    if let schemes = call[5], !schemes.isNone {
      let pattern = try Pattern("[\\w.+-]{2,}:(/){0,2}")
      for scheme in try render.items(schemes) {
        guard let text = scheme.text else {
          throw .type("expected string or bytes-like object, got '\(scheme.typeName)'")
        }
        guard try pattern.wholeMatch(in: text) != nil else {
          throw .filterArgument(
            "\(try render.repr(scheme)) is not a valid URI scheme prefix.")
        }
        linker.schemes.append(text)
      }
    }
    let text = try linker.linked(render.escape(call.input), render)
    return render.autoescape ? .markup(text) : .string(text)
  }
}
