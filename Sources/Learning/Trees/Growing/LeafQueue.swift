/// Leaves by the gain of their best split; of equal gains the one that was made first.
struct LeafQueue {
  /// In ascending order of preference: the next leaf is the last one.
  private var leaves: [(leaf: Int, gain: Double)] = []

  var top: Int? { leaves.last?.leaf }

  mutating func push(_ leaf: Int, gain: Double) {
    var (low, high) = (0, leaves.count)
    while low < high {
      let middle = (low + high) / 2
      let other = leaves[middle]
      if other.gain < gain || (other.gain == gain && other.leaf > leaf) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    leaves.insert((leaf, gain), at: low)
  }

  mutating func pop() { leaves.removeLast() }

  /// At most so many leaves, the next one first.
  func first(_ count: Int) -> [Int] {
    leaves.suffix(min(count, leaves.count)).reversed().map(\.leaf)
  }

  /// Asks for all gains anew; leaves without one are dropped.
  mutating func rebuild(_ gain: (Int) -> Double?) {
    let old = leaves
    leaves = []
    for (leaf, _) in old {
      if let gain = gain(leaf) { push(leaf, gain: gain) }
    }
  }
}
