extension AnsibleLibrary {
  static func addJSON(to library: inout TemplateLibrary) {
    library.addFilter("to_json", as: Signature("to_json", "a", rest: true, namedRest: true)) {
      (call, render) throws(TemplateError) -> Value in
      guard call.rest.isEmpty else {
        throw .type(
          "dumps() takes 1 positional argument but \(call.rest.count + 1) were given")
      }
      return .string(try dumped(call.input, call.namedRest, render))
    }
    library.addFilter(
      "to_nice_json",
      as: Signature("to_nice_json", "a", "indent?", "sort_keys?", rest: true, namedRest: true)
    ) { (call, render) throws(TemplateError) -> Value in
      var named: [(name: Text, value: Value)] = [
        ("indent", call[1] ?? .int(4)), ("sort_keys", call[2] ?? .bool(true)),
        ("separators", .tuple([.string(","), .string(": ")])),
      ]
      named += call.namedRest
      do throws(TemplateError) {
        guard call.rest.isEmpty else { throw .type("dumps() takes 1 positional argument") }
        return .string(try dumped(call.input, named, render))
      } catch {
        guard error.exception != "LimitExceeded" else { throw error }
      }
      // What cannot be laid out nicely is written plainly.
      guard call.rest.isEmpty else {
        throw .type(
          "dumps() takes 1 positional argument but \(call.rest.count + 1) were given")
      }
      return .string(try dumped(call.input, call.namedRest, render))
    }
    library.addFilter("from_json", as: Signature("loads", "s")) {
      (call, _) throws(TemplateError) -> Value in
      guard let text = call.input.text else {
        throw .type(
          "the JSON object must be str, bytes or bytearray, not \(className(call.input))")
      }
      return try JSONReader.value(of: text)
    }
  }

  /// `json.dumps(value, **options)`.
  private static func dumped(
    _ value: Value, _ named: [(name: Text, value: Value)], _ render: Render
  ) throws(TemplateError) -> Text {
    var options = JSONText.Options()
    for (name, given) in named {
      switch name {
      case "indent":
        if value.text == nil { try options.setIndent(given, render) }
      case "sort_keys": options.sortsKeys = try render.truth(given)
      case "ensure_ascii": options.escapesNonASCII = try render.truth(given)
      case "separators":
        guard !given.isNone else { continue }
        let pair = try MarkupFilters.unpacked(given, render)
        options.itemSeparator = try render.str(pair[0])
        options.keySeparator = try render.str(pair[1])
      case "skipkeys", "check_circular", "allow_nan", "default", "cls": continue
      default:
        throw .type("JSONEncoder.__init__() got an unexpected keyword argument '\(name)'")
      }
    }
    return try JSONText.text(of: value, options, render)
  }
}
