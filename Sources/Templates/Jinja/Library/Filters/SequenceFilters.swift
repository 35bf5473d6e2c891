/// Filters on sequences: their parts, their order, what they add up to.
enum SequenceFilters {
  static func add(to library: inout TemplateLibrary) {
    library.addBuiltinFilter("length", "count", as: "len") {
      (value, render) throws(TemplateError) -> Value in .int(try render.length(value))
    }
    library.addFilter("list", as: Signature("sync_do_list", "value")) {
      (call, render) throws(TemplateError) -> Value in .list(try render.items(call.input))
    }
    library.addFilter("first", as: Signature("sync_do_first", "environment", "seq")) {
      (call, render) throws(TemplateError) -> Value in
      try render.iterator(call.input).next()
        ?? render.undefined(hint: "No first item, sequence was empty.")
    }
    library.addFilter("last", as: Signature("do_last", "environment", "seq")) {
      (call, render) throws(TemplateError) -> Value in
      guard let (_, items) = try reversed(call.input, render) else {
        throw .type("'\(call.input.typeName)' object is not reversible")
      }
      return try items.next() ?? render.undefined(hint: "No last item, sequence was empty.")
    }
    library.addFilter("random", as: Signature("do_random", "context", "seq")) {
      (call, render) throws(TemplateError) -> Value in
      let count = try render.length(call.input)
      guard count > 0 else {
        return render.undefined(hint: "No random item, sequence was empty.")
      }
      return try render.subscripted(call.input, .int(Int.random(in: 0..<count)))
    }
    library.addFilter("reverse", as: Signature("do_reverse", "value"), reverse)
    library.addFilter(
      "join", as: Signature("sync_do_join", "eval_ctx", "value", "d?", "attribute?"), join)
    library.addFilter(
      "sum", as: Signature("sync_do_sum", "environment", "iterable", "attribute?", "start?"), sum)
    library.addFilter(
      "slice", as: Signature("sync_do_slice", "value", "slices", "fill_with?"), slice)
    library.addFilter(
      "batch", as: Signature("do_batch", "value", "linecount", "fill_with?"), batch)
    library.addFilter("items", as: Signature("do_items", "value")) {
      (call, render) throws(TemplateError) -> Value in
      let input = call.input
      var iterator: ValueIterator?
      return generator("do_items") { () throws(TemplateError) -> Value? in
        if iterator == nil {
          if input.isUndefined { return nil }
          guard case .dict(let box) = input else {
            throw .type("Can only get item pairs from a mapping.")
          }
          iterator = DictIterator(box) { .tuple([$0, $1]) }
        }
        return try iterator?.next()
      }
    }
    library.addFilter("attr", as: Signature("do_attr", "environment", "obj", "name")) {
      (call, render) throws(TemplateError) -> Value in
      let key = call[1] ?? Value.none
      guard let name = key.text else {
        try render.requireHashable(key)
        throw .type("attribute name must be string, not '\(key.typeName)'")
      }
      return try render.attributeIfAny(call.input, name)
        ?? render.undefined(object: call.input, name: key)
    }
    library.addFilter(
      "default", "d", as: Signature("do_default", "value", "default_value?", "boolean?")
    ) {
      (call, render) throws(TemplateError) -> Value in
      let usesDefault: Bool
      if call.input.isUndefined {
        usesDefault = true
      } else {
        let isTrue = try call.flag(2, false, render) ? render.truth(call.input) : true
        usesDefault = !isTrue
      }
      return usesDefault ? call[1] ?? .string(.empty) : call.input
    }
    library.addFilter("pprint", as: Signature("do_pprint", "value")) {
      (call, render) throws(TemplateError) -> Value in
      .string(try PrettyPrinter.text(of: call.input, render))
    }
  }

  /// A generator that begins its work when it is first asked.
  static func generator(
    _ name: String, _ next: @escaping () throws(TemplateError) -> Value?
  ) -> Value {
    .object(GeneratorObject(name: name, next: next))
  }

  /// `reversed(x)` and the name of its class; nil when it cannot be reversed.
  private static func reversed(
    _ value: Value, _ render: Render
  ) throws(TemplateError) -> (String, ValueIterator)? {
    switch value {
    case .string(let text): return ("reversed", TextIterator(text.reversed()))
    case .markup(let text):
      // Reversing asks `Markup` for each item, and its items are safe too.
      let source = TextIterator(text.reversed())
      return (
        "reversed",
        FunctionIterator { () throws(TemplateError) -> Value? in
          try source.next().flatMap { $0.text }.map { .markup($0) }
        }
      )
    case .list(let box): return ("list_reverseiterator", ArrayIterator(box.items.reversed()))
    case .tuple(let box): return ("reversed", ArrayIterator(box.items.reversed()))
    case .dict(let box):
      return (
        box.isOrdered ? "odict_iterator" : "dict_reversekeyiterator",
        ArrayIterator(box.keys.reversed())
      )
    case .range(let range):
      var left = range.count
      return (
        "range_iterator",
        FunctionIterator { () throws(TemplateError) -> Value? in
          guard left > 0 else { return nil }
          left -= 1
          return .int(range[left])
        }
      )
    case .undefined(let undefined):
      if undefined.kind == .strict { throw undefined.error }
      return ("reversed", ArrayIterator([]))
    case .object(let object):
      if let view = object as? DictView {
        return ("\(view.typeName)_reverse", ArrayIterator(try render.items(value).reversed()))
      }
      return nil
    default: return nil
    }
  }

  private static let reverse: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    if let text = call.input.text { return render.like(call.input, text.reversed()) }
    if let (name, iterator) = try reversed(call.input, render) {
      return .object(IteratorObject(name, iterator))
    }
    do throws(TemplateError) {
      return .list(try render.items(call.input).reversed())
    } catch {
      guard error.exception == "TypeError" else { throw error }
      throw .filterArgument("argument must be iterable")
    }
  }

  private static let join: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    var items: [Value] = []
    let separator = call[1] ?? .string(.empty)
    let iterator = try render.iterator(call.input)
    let path = call[2].flatMap { $0.isNone ? nil : AttributePath($0) }
    while let item = try iterator.next() {
      try render.charge(rounds: 1)
      items.append(try path?.value(of: item, render) ?? item)
    }
    guard render.autoescape else {
      var parts: [Text] = []
      for item in items { parts.append(try render.str(item)) }
      return .string(try Text.joined(parts, by: try render.str(separator)))
    }
    if try !render.hasHTML(separator) {
      var escapes = false
      for item in items where try render.hasHTML(item) { escapes = true }
      guard escapes else {
        var parts: [Text] = []
        for item in items { parts.append(try render.str(item)) }
        return .string(try Text.joined(parts, by: try render.str(separator)))
      }
    }
    var parts: [Text] = []
    for item in items {
      parts.append(try render.escape(render.hasHTML(item) ? item : render.softText(item)))
    }
    return .markup(try Text.joined(parts, by: render.escape(separator)))
  }

  private static let sum: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    let path = call[1].flatMap { $0.isNone ? nil : AttributePath($0) }
    let iterator = try render.iterator(call.input)
    var total = call[2] ?? .int(0)
    if total.text != nil {
      throw .type("sum() can't sum strings [use ''.join(seq) instead]")
    }
    while let item = try iterator.next() {
      try render.charge(rounds: 1)
      let value = try path?.value(of: item, render) ?? item
      total = try Arithmetic.apply(.add, total, value, render)
    }
    return total
  }

  private static let slice: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    let input = call.input
    let count = call[1] ?? Value.none
    let fill = call[2]
    var items: [Value]?
    var number = 0
    var offset = 0
    return generator("sync_do_slice") { () throws(TemplateError) -> Value? in
      if items == nil { items = try render.items(input) }
      guard let sequence = items else { return nil }
      let each = try Arithmetic.apply(.floorDivide, .int(sequence.count), count, render)
      let extra = try Arithmetic.apply(.modulo, .int(sequence.count), count, render)
      let slices = try render.size(count)
      guard let size = each.index, let longer = extra.index, number < slices else { return nil }
      try render.charge(rounds: 1)
      let start = offset + number * size
      if number < longer { offset += 1 }
      let end = offset + (number + 1) * size
      var part = Array(sequence[min(start, sequence.count)..<min(end, sequence.count)])
      if let fill, !fill.isNone, number >= longer { part.append(fill) }
      number += 1
      return .list(part)
    }
  }

  private static let batch: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    let input = call.input
    let count = call[1] ?? Value.none
    let fill = call[2]
    var iterator: ValueIterator?
    var waiting: Value?
    return generator("do_batch") { () throws(TemplateError) -> Value? in
      if iterator == nil { iterator = try render.iterator(input) }
      guard let source = iterator else { return nil }
      var part: [Value] = []
      if let first = waiting { part.append(first) }
      waiting = nil
      while let item = try source.next() {
        try render.charge(rounds: 1)
        if try render.areEqual(.int(part.count), count) {
          waiting = item
          return .list(part)
        }
        part.append(item)
      }
      guard !part.isEmpty else { return nil }
      if let fill, !fill.isNone,
        try Comparison.holds(.less, .int(part.count), count)
      {
        let missing = try Arithmetic.apply(.subtract, count, .int(part.count), render)
        let filling = try Arithmetic.apply(.multiply, .list([fill]), missing, render)
        part += try render.items(filling)
      }
      return .list(part)
    }
  }
}
