/// A Python iterator: gives values until nil. Subclasses override ``next()``.
package class ValueIterator {
  package init() {}

  /// The next value; nil at the end, and from then on.
  package func next() throws(TemplateError) -> Value? { nil }

  /// What is left, in an array.
  package func collect() throws(TemplateError) -> [Value] {
    var values: [Value] = []
    while let value = try next() { values.append(value) }
    return values
  }
}

/// Over values that are there already.
package final class ArrayIterator: ValueIterator {
  private let values: [Value]
  private var index = 0

  package init(_ values: [Value]) { self.values = values }

  package override func next() throws(TemplateError) -> Value? {
    guard index < values.count else { return nil }
    defer { index += 1 }
    return values[index]
  }
}

/// Over a list that may grow meanwhile, as Python's list iterator.
package final class ListIterator: ValueIterator {
  private let box: ListBox
  private var index = 0

  package init(_ box: ListBox) { self.box = box }

  package override func next() throws(TemplateError) -> Value? {
    guard index < box.items.count else {
      index = .max
      return nil
    }
    defer { index += 1 }
    return box.items[index]
  }
}

/// Over the characters of a text.
package final class TextIterator: ValueIterator {
  private let text: Text
  private var offset = 0

  package init(_ text: Text) { self.text = text }

  package override func next() throws(TemplateError) -> Value? {
    guard offset < text.bytes.count else { return nil }
    let first = text.bytes[offset]
    if first < 0x80 {
      offset += 1
      return .string(.ascii(first))
    }
    let start = offset
    offset = min(offset + Text.width(first), text.bytes.count)
    return .string(Text(bytes: Array(text.bytes[start..<offset]), count: 1))
  }
}

/// Over the numbers of a range.
package final class RangeIterator: ValueIterator {
  private let range: RangeValue
  private var index = 0

  package init(_ range: RangeValue) { self.range = range }

  package override func next() throws(TemplateError) -> Value? {
    guard index < range.count else { return nil }
    defer { index += 1 }
    return .int(range[index])
  }
}

/// Over the keys of a dict, or what is made of each key and value.
package final class DictIterator: ValueIterator {
  private let box: DictBox
  private let count: Int
  private let shape: Int
  private let pick: (Value, Value) -> Value
  private var index = 0

  package init(_ box: DictBox, pick: @escaping (Value, Value) -> Value = { key, _ in key }) {
    self.box = box
    self.pick = pick
    count = box.count
    shape = box.shape
  }

  package override func next() throws(TemplateError) -> Value? {
    if box.shape != shape {
      throw TemplateError(
        "RuntimeError",
        box.isOrdered
          ? "OrderedDict mutated during iteration"
          : box.count == count
            ? "dictionary keys changed during iteration"
            : "dictionary changed size during iteration"
      )
    }
    guard index < count else { return nil }
    defer { index += 1 }
    return pick(box.keys[index], box.values[index])
  }
}

/// Over what a function gives: for `map`, `select` and the like.
package final class FunctionIterator: ValueIterator {
  private let function: () throws(TemplateError) -> Value?
  private var isDone = false

  package init(_ function: @escaping () throws(TemplateError) -> Value?) {
    self.function = function
  }

  package override func next() throws(TemplateError) -> Value? {
    guard !isDone else { return nil }
    do throws(TemplateError) {
      if let value = try function() { return value }
    } catch {
      isDone = true
      throw error
    }
    isDone = true
    return nil
  }
}
