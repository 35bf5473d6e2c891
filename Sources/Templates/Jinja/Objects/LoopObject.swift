/// The `loop` variable of a `for`.
final class LoopObject: ValueObject {
  private var source: ValueIterator
  private let lengthSource: Value?
  private let code: LoopCode
  private let outer: Frame
  private let depth: Int
  private var index = -1
  private var length: Int?
  private var after: Value?
  private var current: Value?
  private var before: Value?
  private var lastChanged: [Value]?

  /// - Parameter length: what `len` is asked of; nil when the items are filtered.
  init(_ source: ValueIterator, length: Value?, _ code: LoopCode, _ outer: Frame, depth: Int) {
    self.source = source
    lengthSource = length
    self.code = code
    self.outer = outer
    self.depth = depth
  }

  var typeName: String { "LoopContext" }
  var qualifiedTypeName: String { "jinja2.runtime.LoopContext" }
  var isCallable: Bool { true }

  /// The next item, which becomes the current one.
  func advance() throws(TemplateError) -> Value? {
    let next: Value
    if let peeked = after {
      next = peeked
      after = nil
    } else {
      guard let item = try source.next() else { return nil }
      next = item
    }
    index += 1
    before = current
    current = next
    return next
  }

  private func peek() throws(TemplateError) -> Value? {
    if after == nil { after = try source.next() }
    return after
  }

  private func count(_ render: Render) throws(TemplateError) -> Int {
    if let length { return length }
    if let lengthSource, let known = try render.lengthIfAny(lengthSource) {
      length = known
      return known
    }
    var rest: [Value] = []
    while let item = try source.next() {
      try render.charge(rounds: 1)
      rest.append(item)
    }
    source = ArrayIterator(rest)
    let total = rest.count + index + 1 + (after == nil ? 0 : 1)
    length = total
    return total
  }

  func attribute(_ name: Text, _ render: Render) throws(TemplateError) -> Value? {
    switch name {
    case "index": return .int(index + 1)
    case "index0": return .int(index)
    case "first": return .bool(index == 0)
    case "last": return .bool(try peek() == nil)
    case "length": return .int(try count(render))
    case "revindex": return .int(try count(render) - index)
    case "revindex0": return .int(try count(render) - index - 1)
    case "depth": return .int(depth + 1)
    case "depth0": return .int(depth)
    case "previtem":
      guard index != 0, let before else {
        return render.undefined(hint: "there is no previous item")
      }
      return before
    case "nextitem":
      return try peek() ?? render.undefined(hint: "there is no next item")
    case "cycle": return .object(NativeFunction(name: "cycle", of: ("LoopContext", self), cycle))
    case "changed":
      return .object(NativeFunction(name: "changed", of: ("LoopContext", self), changed))
    default: return nil
    }
  }

  private func cycle(_ arguments: Arguments, _ render: Render) throws(TemplateError) -> Value {
    if let name = arguments.named.first?.name {
      throw .type("LoopContext.cycle() got an unexpected keyword argument '\(name)'")
    }
    guard !arguments.positional.isEmpty else { throw .type("no items for cycling given") }
    return arguments.positional[max(index, 0) % arguments.positional.count]
  }

  private func changed(_ arguments: Arguments, _ render: Render) throws(TemplateError) -> Value {
    if let name = arguments.named.first?.name {
      throw .type("LoopContext.changed() got an unexpected keyword argument '\(name)'")
    }
    if let lastChanged,
      try render.areEqual(.tuple(lastChanged), .tuple(arguments.positional))
    {
      return .bool(false)
    }
    lastChanged = arguments.positional
    return .bool(true)
  }

  func length(_ render: Render) throws(TemplateError) -> Int? { try count(render) }

  func call(_ arguments: Arguments, _ render: Render) throws(TemplateError) -> Value {
    let bound = try Signature("LoopContext.__call__", "self", "iterable")
      .bind(arguments.prepending(.none))
    guard code.recursiveSlotCount != nil, let iterable = bound[1] else {
      throw .type("The loop must have the 'recursive' marker to be called recursively.")
    }
    return try render.recurse(code, iterable, outer, depth: depth + 1)
  }

  /// Iterating it gives pairs of an item and the loop, as Python's does.
  func iterator(_ render: Render) throws(TemplateError) -> ValueIterator? {
    FunctionIterator { () throws(TemplateError) in
      guard let item = try self.advance() else { return nil }
      return .tuple([item, .object(self)])
    }
  }

  func repr(_ render: Render) throws(TemplateError) -> Text {
    Text("<LoopContext \(index + 1)/\(try count(render))>")
  }
}
