/// What a call passes: positional values, then named ones in the order written.
package struct Arguments {
  package var positional: [Value]
  package var named: [(name: Text, value: Value)]

  package init(_ positional: [Value] = [], named: [(name: Text, value: Value)] = []) {
    self.positional = positional
    self.named = named
  }

  package var isEmpty: Bool { positional.isEmpty && named.isEmpty }
  package var count: Int { positional.count + named.count }

  /// A named argument, taken out; nil when it is not there.
  package mutating func take(_ name: Text) -> Value? {
    guard let place = named.firstIndex(where: { $0.name == name }) else { return nil }
    return named.remove(at: place).value
  }

  /// The same with a value put in front, as a bound method does with `self`.
  package func prepending(_ value: Value) -> Arguments {
    Arguments([value] + positional, named: named)
  }
}
