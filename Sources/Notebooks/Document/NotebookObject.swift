import Glibc

/// A JSON object of a notebook: its members in the order of their keys' code points, which is how they are written, and for
/// texts (``inGivenOrder``) that in which they came.
///
/// Not a `Dictionary`, which holds `é` and `é` for one key when they are composed differently.
package struct NotebookObject: Sendable, Equatable {
  package struct Member: Sendable, Equatable {
    package let key: String
    package var value: NotebookJSON
    /// Where it stands among those that were given: higher than that of all before it.
    fileprivate var rank = 0

    package init(key: String, value: NotebookJSON) {
      self.key = key
      self.value = value
    }

    package static func == (left: Member, right: Member) -> Bool {
      left.key.hasSameBytes(as: right.key) && left.value == right.value
    }
  }

  /// In the order of the keys' UTF-8 bytes; no key twice.
  package private(set) var members: [Member] = []
  /// That of the next member.
  private var nextRank = 0

  package init() {}

  /// Of keys that repeat, the last one stays.
  package init(_ members: some Sequence<(String, NotebookJSON)>) {
    self.init(members: members.map { Member(key: $0.0, value: $0.1) })
  }

  /// Of keys that repeat, the last one stays.
  init(members: [Member]) {
    self.members = members
    for index in self.members.indices { self.members[index].rank = index }
    nextRank = members.count
    for index in self.members.indices.dropFirst()
    where !Self.precedes(self.members[index - 1].key, self.members[index].key) {
      sort()
      break
    }
  }

  package init(_ members: [String: NotebookJSON]) {
    // The order of a dictionary is another one in every process.
    let sorted = members.sorted { Self.precedes($0.key, $1.key) }
    self.init(sorted.map { ($0.key, $0.value) })
  }

  private mutating func sort() {
    var sorted: [Member] = []
    sorted.reserveCapacity(members.count)
    // Swift's sort is stable, so that the last of those with one key is the last in the text.
    for var member in members.sorted(by: { Self.precedes($0.key, $1.key) }) {
      if let last = sorted.last, last.key.hasSameBytes(as: member.key) {
        // It keeps the place of the first, as in a dictionary of Python.
        member.rank = last.rank
        sorted.removeLast()
      }
      sorted.append(member)
    }
    members = sorted
  }

  package var isEmpty: Bool { members.isEmpty }
  package var count: Int { members.count }
  package var keys: [String] { members.map(\.key) }

  /// The members in the order in which they stood in the file, those that were added since behind them.
  package var inGivenOrder: [Member] { members.sorted { $0.rank < $1.rank } }

  /// The value of a key; nil takes the key away.
  package subscript(key: String) -> NotebookJSON? {
    get {
      let (place, isThere) = find(key)
      return isThere ? members[place].value : nil
    }
    _modify {
      let (place, isThere) = find(key)
      var value: NotebookJSON?
      if isThere {
        value = .null
        swap(&value!, &members[place].value)
      }
      defer {
        switch (value, isThere) {
        case (let value?, true): members[place].value = value
        case (let value?, false):
          var member = Member(key: key, value: value)
          member.rank = nextRank
          nextRank += 1
          members.insert(member, at: place)
        case (nil, true): members.remove(at: place)
        case (nil, false): break
        }
      }
      yield &value
    }
  }

  package subscript(key: String, default fallback: @autoclosure () -> NotebookJSON) -> NotebookJSON
  {
    get { self[key] ?? fallback() }
    set { self[key] = newValue }
  }

  @discardableResult
  package mutating func removeValue(forKey key: String) -> NotebookJSON? {
    let (place, isThere) = find(key)
    return isThere ? members.remove(at: place).value : nil
  }

  /// Where a key is, or where it would be put.
  private func find(_ key: String) -> (place: Int, isThere: Bool) {
    var low = 0
    var high = members.count
    while low < high {
      let middle = (low + high) / 2
      if Self.precedes(members[middle].key, key) { low = middle + 1 } else { high = middle }
    }
    return (low, low < members.count && members[low].key.hasSameBytes(as: key))
  }

  /// The order of code points, which is that of UTF-8 bytes.
  private static func precedes(_ left: String, _ right: String) -> Bool {
    let order = left.utf8.withContiguousStorageIfAvailable { first in
      right.utf8.withContiguousStorageIfAvailable { second in
        let shared = Swift.min(first.count, second.count)
        guard shared > 0, let start = first.baseAddress, let other = second.baseAddress else {
          return first.count < second.count
        }
        let order = memcmp(start, other, shared)
        return order == 0 ? first.count < second.count : order < 0
      }
    }
    return (order ?? nil) ?? left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}

extension NotebookObject {
  /// The order in which they came is no difference.
  package static func == (left: NotebookObject, right: NotebookObject) -> Bool {
    left.members == right.members
  }
}

extension NotebookObject: Sequence {
  package func makeIterator() -> AnyIterator<(key: String, value: NotebookJSON)> {
    var rest = members.makeIterator()
    return AnyIterator { rest.next().map { ($0.key, $0.value) } }
  }

  package var underestimatedCount: Int { members.count }
}

extension NotebookObject: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, NotebookJSON)...) { self.init(elements) }
}
