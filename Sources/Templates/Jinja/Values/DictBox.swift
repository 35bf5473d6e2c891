/// A Python dict, shared by reference; it keeps the order in which keys were first set.
///
/// Keys must be hashable: ask ``Value/requireHashable()`` first. Small dicts are searched, larger ones indexed.
package final class DictBox {
  package private(set) var keys: [Value] = []
  package private(set) var values: [Value] = []
  /// Whether this is a `collections.OrderedDict`, which prints and names itself differently.
  package let isOrdered: Bool
  /// Counts insertions and removals, so that iteration notices them as Python does.
  package private(set) var shape = 0
  private var places: [DictKey: Int]?

  package init(isOrdered: Bool = false) { self.isOrdered = isOrdered }

  package convenience init(_ pairs: [(Text, Value)], isOrdered: Bool = false) {
    self.init(isOrdered: isOrdered)
    for (key, value) in pairs { set(.string(key), value) }
  }

  package var count: Int { keys.count }

  package func get(_ key: Value) -> Value? { place(of: key).map { values[$0] } }

  package func get(_ key: Text) -> Value? {
    let keys = keys
    if keys.count <= 8 {
      for index in keys.indices {
        switch keys[index] {
        case .string(let text), .markup(let text): if text == key { return values[index] }
        default: continue
        }
      }
      return nil
    }
    return get(.string(key))
  }

  package func set(_ key: Value, _ value: Value) {
    if let place = place(of: key) {
      values[place] = value
      return
    }
    places?[DictKey(key)] = keys.count
    keys.append(key)
    values.append(value)
    shape &+= 1
  }

  package func set(_ key: Text, _ value: Value) { set(.string(key), value) }

  /// Removes a key and gives its value.
  @discardableResult
  package func remove(_ key: Value) -> Value? {
    guard let place = place(of: key) else { return nil }
    keys.remove(at: place)
    places = nil
    shape &+= 1
    return values.remove(at: place)
  }

  package func removeAll() {
    keys = []
    values = []
    places = nil
    shape &+= 1
  }

  package func copy() -> DictBox {
    let copy = DictBox(isOrdered: isOrdered)
    copy.keys = keys
    copy.values = values
    return copy
  }

  private func place(of key: Value) -> Int? {
    if keys.count <= 8 { return keys.firstIndex { DictKey.isSame($0, key) } }
    if let places { return places[DictKey(key)] }
    var places = [DictKey: Int](minimumCapacity: keys.count * 2)
    for index in keys.indices { places[DictKey(keys[index])] = index }
    self.places = places
    return places[DictKey(key)]
  }
}
