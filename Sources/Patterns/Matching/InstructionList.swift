/// Instructions, the preferred first, none twice; emptied at once (Briggs and Torczon, 1993).
struct InstructionList {
  private(set) var items: [Int32] = []
  private var places: [Int32]

  init(capacity: Int) {
    places = [Int32](repeating: 0, count: capacity)
  }

  func contains(_ index: Int32) -> Bool {
    let place = Int(places[Int(index)])
    return place < items.count && items[place] == index
  }

  /// False when it is there already.
  mutating func insert(_ index: Int32) -> Bool {
    if contains(index) { return false }
    places[Int(index)] = Int32(items.count)
    items.append(index)
    return true
  }

  mutating func removeAll() { items.removeAll(keepingCapacity: true) }
}
