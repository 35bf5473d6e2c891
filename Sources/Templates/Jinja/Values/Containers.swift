/// A Python list, shared by reference.
package final class ListBox {
  package var items: [Value]

  package init(_ items: [Value] = []) { self.items = items }
}

/// A Python tuple, or a named one (what `groupby` gives).
package final class TupleBox {
  package let items: [Value]
  /// The class of a named tuple, else nil.
  package let className: String?
  /// The fields of a named tuple, in order.
  package let names: [Text]

  package init(_ items: [Value], className: String? = nil, names: [Text] = []) {
    self.items = items
    self.className = className
    self.names = names
  }
}

/// A Python `range`.
package struct RangeValue: Sendable, Hashable {
  package let start: Int
  package let stop: Int
  /// Never 0.
  package let step: Int
  /// How many numbers there are.
  package let count: Int

  package init(start: Int, stop: Int, step: Int) {
    self.start = start
    self.stop = stop
    self.step = step
    let isEmpty = step > 0 ? start >= stop : start <= stop
    if isEmpty || step == 0 {
      count = 0
    } else {
      // In unsigned numbers, in which the distance of any two fits.
      let distance =
        step > 0
        ? UInt(bitPattern: stop) &- UInt(bitPattern: start)
        : UInt(bitPattern: start) &- UInt(bitPattern: stop)
      count = Int(clamping: (distance - 1) / step.magnitude + 1)
    }
  }

  /// The number at an index below ``count``.
  package subscript(index: Int) -> Int { start &+ index &* step }
}
