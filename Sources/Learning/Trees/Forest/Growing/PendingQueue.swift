/// Nodes that wait to be split, the one that gains most first, of equal ones the oldest.
struct PendingQueue {
  private var heap: [ForestGrower.Pending] = []

  mutating func insert(_ pending: ForestGrower.Pending) {
    heap.append(pending)
    var place = heap.count - 1
    while place > 0, precedes(place, (place - 1) / 2) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func removeBest() -> ForestGrower.Pending? {
    guard let best = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return best }
    heap[0] = last
    var place = 0
    while true {
      var next = place
      for child in [2 * place + 1, 2 * place + 2] where child < heap.count && precedes(child, next)
      {
        next = child
      }
      if next == place { return best }
      heap.swapAt(place, next)
      place = next
    }
  }

  private func precedes(_ a: Int, _ b: Int) -> Bool {
    let (x, y) = (heap[a], heap[b])
    return x.split.gain != y.split.gain ? x.split.gain > y.split.gain : x.node < y.node
  }
}
