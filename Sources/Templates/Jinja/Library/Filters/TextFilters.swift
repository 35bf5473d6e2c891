/// Filters that make a text of a text.
enum TextFilters {
  static func add(to library: inout TemplateLibrary) {
    library.addFilter("upper", as: Signature("do_upper", "s")) {
      (call, render) throws(TemplateError) -> Value in
      let value = try render.softText(call.input)
      return render.like(value, (value.text ?? .empty).uppered())
    }
    library.addFilter("lower", as: Signature("do_lower", "s")) {
      (call, render) throws(TemplateError) -> Value in
      let value = try render.softText(call.input)
      return render.like(value, (value.text ?? .empty).lowered())
    }
    library.addFilter("capitalize", as: Signature("do_capitalize", "s")) {
      (call, render) throws(TemplateError) -> Value in
      let value = try render.softText(call.input)
      return render.like(value, (value.text ?? .empty).capitalized())
    }
    library.addFilter("title", as: Signature("do_title", "s")) {
      (call, render) throws(TemplateError) -> Value in
      .string(title(try render.softText(call.input).text ?? .empty))
    }
    library.addFilter("string", as: Signature("soft_str", "s")) {
      (call, render) throws(TemplateError) -> Value in try render.softText(call.input)
    }
    library.addFilter("center", as: Signature("do_center", "value", "width?")) {
      (call, render) throws(TemplateError) -> Value in
      let value = try render.softText(call.input)
      return try render.callMethod("center", of: value, Arguments([call[1] ?? .int(80)]))
    }
    library.addFilter("trim", as: Signature("do_trim", "value", "chars?")) {
      (call, render) throws(TemplateError) -> Value in
      let value = try render.softText(call.input)
      return try render.callMethod("strip", of: value, Arguments([call[1] ?? Value.none]))
    }
    library.addFilter("wordcount", as: Signature("do_wordcount", "s")) {
      (call, render) throws(TemplateError) -> Value in
      .int(wordCount(try render.softText(call.input).text ?? .empty))
    }
    library.addFilter(
      "replace", as: Signature("do_replace", "eval_ctx", "s", "old", "new", "count?"), replace)
    library.addFilter(
      "format", as: Signature("do_format", "value", rest: true, namedRest: true), format)
    library.addFilter(
      "indent", as: Signature("do_indent", "s", "width?", "first?", "blank?"), indent)
    library.addFilter(
      "truncate",
      as: Signature("do_truncate", "env", "s", "length?", "killwords?", "end?", "leeway?"), truncate
    )
    library.addFilter(
      "wordwrap",
      as: Signature(
        "do_wordwrap", "environment", "s", "width?", "break_long_words?", "wrapstring?",
        "break_on_hyphens?"), wordwrap)
  }

  /// Capitals after white space, `-`, `(`, `{`, `[` and `<`; small letters otherwise.
  private static func title(_ text: Text) -> Text {
    var result: [UInt32] = []
    var word: [UInt32] = []
    func flush() {
      guard let first = word.first else { return }
      CodePoint.appendUpper(first, to: &result)
      result += Text(codePoints: word.dropFirst()).lowered().codePoints
      word = []
    }
    for point in text.codePoints {
      let isSeparator =
        CodePoint.isSpace(point) || point == 0x2D || point == 0x28 || point == 0x7B
        || point == 0x5B || point == 0x3C
      if isSeparator {
        flush()
        result.append(point)
      } else {
        word.append(point)
      }
    }
    flush()
    return Text(codePoints: result)
  }

  private static func wordCount(_ text: Text) -> Int {
    var count = 0
    var isInWord = false
    for point in text.codePoints {
      let isWord = CodePoint.isWord(point)
      if isWord, !isInWord { count += 1 }
      isInWord = isWord
    }
    return count
  }

  private static let replace: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    let old = call[1] ?? Value.none
    let new = call[2] ?? Value.none
    var count: Value = .int(-1)
    if let given = call[3], !given.isNone { count = given }
    guard render.autoescape else {
      let text = try render.str(call.input)
      let oldText = try render.str(old)
      let newText = try render.str(new)
      let most = try render.size(count)
      return .string(try text.replacing(oldText, with: newText, most: most))
    }
    var value = call.input
    let hasHTML = try render.hasHTML(old)
    let newHasHTML = try render.hasHTML(new)
    let inputHasHTML = try render.hasHTML(value)
    if hasHTML || (newHasHTML && !inputHasHTML) {
      value = .markup(try render.escape(value))
    } else {
      value = try render.softText(value)
    }
    return try render.callMethod(
      "replace", of: value, Arguments([render.softText(old), render.softText(new), count]))
  }

  private static let format: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    guard call.rest.isEmpty || call.namedRest.isEmpty else {
      throw .filterArgument("can't handle positional and keyword arguments at the same time")
    }
    let values: Value =
      call.namedRest.isEmpty
      ? .tuple(call.rest) : .dict(DictBox(call.namedRest.map { ($0.name, $0.value) }))
    return try render.percentFormat(render.softText(call.input), values)
  }

  private static let indent: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    let width = call[1] ?? .int(4)
    let indention: Text
    if let text = width.text {
      indention = text
    } else if let value = try Arithmetic.apply(.multiply, .string(" "), width, render).text {
      indention = value
    } else {
      indention = .empty
    }
    let value = call.input
    guard let text = value.text else {
      if case .undefined(let undefined) = value { throw undefined.error }
      if case .list = value { throw .attribute("'list' object has no attribute 'splitlines'") }
      do throws(TemplateError) {
        _ = try Arithmetic.apply(.add, value, .string("\n"), render)
      } catch {
        guard error.message.hasPrefix("unsupported operand type(s) for +:") else { throw error }
        throw .type(
          "unsupported operand type(s) for +=: '\(value.typeName)' and 'str'")
      }
      throw .missing("splitlines", in: value)
    }
    let first = try call.flag(2, false, render)
    let blank = try call.flag(3, false, render)
    var result: [UInt8] = first ? indention.bytes : []
    for (index, line) in (text + "\n").lines().enumerated() {
      if index > 0 {
        result.append(0x0A)
        if blank || !line.isEmpty { result += indention.bytes }
      }
      result += line.bytes
      try TextLimits.check(result.count)
    }
    return render.like(value, Text(bytes: result))
  }

  private static let truncate: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    let value = call.input
    let length = call[1] ?? .int(255)
    let end = call[3] ?? .string("...")
    var leeway: Value = .int(5)
    if let given = call[4], !given.isNone { leeway = given }
    let endLength = try render.length(end)
    guard try Comparison.holds(.greaterOrEqual, length, .int(endLength)) else {
      throw TemplateError(
        "AssertionError", "expected length >= \(endLength), got \(try render.str(length))")
    }
    guard try Comparison.holds(.greaterOrEqual, leeway, .int(0)) else {
      throw TemplateError(
        "AssertionError", "expected leeway >= 0, got \(try render.str(leeway))")
    }
    let count = try render.length(value)
    let limit = try Arithmetic.apply(.add, length, leeway, render)
    if try Comparison.holds(.lessOrEqual, .int(count), limit) { return value }
    let killWords = try call.flag(2, false, render)
    guard let text = value.text else {
      if killWords {
        throw .type(
          "can only concatenate \(value.typeName) (not \"str\") to \(value.typeName)")
      }
      throw .missing("rsplit", in: value)
    }
    guard let size = length.index else {
      throw .type("slice indices must be integers or None or have an __index__ method")
    }
    var kept = text.characters(0..<min(size - endLength, count))
    if !killWords { kept = kept.splitFromEnd(by: " ", most: 1)[0] }
    return try Arithmetic.apply(.add, render.like(value, kept), end, render)
  }

  private static let wordwrap: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    var separator: Value = .text(render.environment.options.newlineSequence)
    if let given = call[3], !given.isNone { separator = given }
    if case .undefined(let undefined) = separator { throw undefined.error }
    guard separator.text != nil else { throw .missing("join", in: separator) }
    guard let text = call.input.text else {
      if case .undefined(let undefined) = call.input { throw undefined.error }
      throw .missing("splitlines", in: call.input)
    }
    var lines: [Value] = []
    for line in text.lines() {
      let width = call[1] ?? .int(79)
      guard try !Comparison.holds(.lessOrEqual, width, .int(0)) else {
        throw .value("invalid width \(try render.repr(width)) (must be > 0)")
      }
      // A float is as good as a whole number to compare with, and a huge one is as wide as any line.
      var size = width.index ?? .max
      if case .float(let number) = width { size = Int(exactly: number.rounded(.down)) ?? .max }
      let wrapping = TextWrapping(
        width: size, breaksLongWords: try call.flag(2, true, render),
        breaksOnHyphens: try call.flag(4, true, render))
      let wrapped = wrapping.lines(line).map { Value.string($0) }
      if case .float = width, wrapping.breaksWords(of: line) {
        throw .type("slice indices must be integers or None or have an __index__ method")
      }
      lines.append(
        try render.callMethod("join", of: separator, Arguments([.list(wrapped)])))
    }
    return try render.callMethod("join", of: separator, Arguments([.list(lines)]))
  }
}
