/// `dict(…)` and `dict.update(…)`.
enum DictBuilding {
  /// Adds a mapping or pairs, then the named values.
  static func update(
    _ box: DictBox, _ arguments: Arguments, _ render: Render
  ) throws(TemplateError) {
    if let source = arguments.positional.first { try add(source, to: box, render) }
    for (name, value) in arguments.named { box.set(.string(name), value) }
  }

  private static func add(
    _ source: Value, to box: DictBox, _ render: Render
  ) throws(TemplateError) {
    if case .dict(let other) = source {
      try render.charge(rounds: other.count)
      for (key, value) in zip(other.keys, other.values) { box.set(key, value) }
      return
    }
    if case .undefined(let undefined) = source { throw undefined.error }
    let iterator = try render.iterator(source)
    var index = 0
    while let element = try iterator.next() {
      try render.charge(rounds: 1)
      let pair: [Value]
      do throws(TemplateError) {
        pair = try render.items(element)
      } catch {
        guard error.exception == "TypeError", !box.isOrdered else { throw error }
        throw .type(
          "cannot convert dictionary update sequence element #\(index) to a sequence")
      }
      guard pair.count == 2 else {
        if box.isOrdered {
          throw .value(
            pair.count > 2
              ? "too many values to unpack (expected 2)"
              : "need more than \(pair.count) value\(pair.count == 1 ? "" : "s") to unpack")
        }
        throw .value(
          "dictionary update sequence element #\(index) has length \(pair.count); 2 is required")
      }
      try render.requireHashable(pair[0])
      box.set(pair[0], pair[1])
      index += 1
    }
  }
}
