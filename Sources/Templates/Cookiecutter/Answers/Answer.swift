/// A value of a template's context as Python holds it: what JSON, YAML, answers and overrides are read into.
package indirect enum Answer: Sendable {
  case none
  case bool(Bool)
  case int(Int)
  /// An integer beyond 64 bits, as decimal digits with `-` when negative.
  case bigInt(String)
  case float(Double)
  case string(String)
  case list([Answer])
  case map(AnswerMap)
}

extension Answer {
  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  package var list: [Answer]? {
    if case .list(let values) = self { values } else { nil }
  }

  package var map: AnswerMap? {
    if case .map(let map) = self { map } else { nil }
  }

  /// Python's truth of the value.
  package var isTrue: Bool {
    switch self {
    case .none: false
    case .bool(let value): value
    case .int(let value): value != 0
    case .bigInt: true
    case .float(let value): value != 0
    case .string(let text): !text.isEmpty
    case .list(let values): !values.isEmpty
    case .map(let map): !map.entries.isEmpty
    }
  }

  /// Python's `==`: numbers and truth values by value, text by its code points, maps whatever their order.
  package func equals(_ other: Answer) -> Bool {
    switch (self, other) {
    case (.none, .none): return true
    case (.string(let a), .string(let b)): return a.isSameText(as: b)
    case (.bigInt(let a), .bigInt(let b)): return a == b
    case (.list(let a), .list(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { $0.equals($1) }
    case (.map(let a), .map(let b)):
      return a.entries.count == b.entries.count
        && a.entries.allSatisfy { entry in b[entry.key].map { entry.value.equals($0) } ?? false }
    default:
      guard let a = number, let b = other.number else { return false }
      return a == b
    }
  }

  private var number: Double? {
    switch self {
    case .bool(let value): value ? 1 : 0
    case .int(let value): Double(value)
    case .float(let value): value
    case .bigInt(let text): Double(text)
    default: nil
    }
  }
}

/// A Python dictionary with text keys, in the order of insertion.
package struct AnswerMap: Sendable {
  package struct Entry: Sendable {
    package var key: String
    package var value: Answer

    package init(_ key: String, _ value: Answer) {
      self.key = key
      self.value = value
    }
  }

  package private(set) var entries: [Entry]
  /// Whether Python holds it as a `collections.OrderedDict`, which shows in messages and when it is printed.
  package var isOrdered: Bool

  package init(_ entries: [Entry] = [], isOrdered: Bool = false) {
    self.entries = entries
    self.isOrdered = isOrdered
  }

  /// The value of a key; setting one that is there keeps its place, nil removes it.
  package subscript(key: String) -> Answer? {
    get { index(of: key).map { entries[$0].value } }
    set {
      switch (index(of: key), newValue) {
      case (let place?, let value?): entries[place].value = value
      case (let place?, nil): entries.remove(at: place)
      case (nil, let value?): entries.append(Entry(key, value))
      case (nil, nil): break
      }
    }
  }

  package func contains(_ key: String) -> Bool { index(of: key) != nil }

  /// Takes over all entries of another map, as Python's `update`.
  package mutating func update(_ other: AnswerMap) {
    for entry in other.entries { self[entry.key] = entry.value }
  }

  private func index(of key: String) -> Int? {
    entries.firstIndex { $0.key.isSameText(as: key) }
  }
}

extension String {
  /// Whether both have the same code points: Swift's own `==` takes `é` and `e` with an accent for one.
  func isSameText(as other: String) -> Bool {
    utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
  }
}
