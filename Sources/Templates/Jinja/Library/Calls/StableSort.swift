/// Sorts as Python's `sorted`: stable, and comparing in CPython's order, so that values without order fail in its words.
enum StableSort {
  /// - Parameter keys: one for each item.
  static func sorted(
    _ items: [Value], by keys: [Value], reversed: Bool, _ render: Render
  ) throws(TemplateError) -> [Value] {
    try render.charge(rounds: items.count)
    var order = Array(items.indices)
    if reversed { order.reverse() }
    try sort(&order) { (left, right) throws(TemplateError) in
      try Comparison.holds(.less, keys[left], keys[right])
    }
    if reversed { order.reverse() }
    return order.map { items[$0] }
  }

  typealias Less = (Int, Int) throws(TemplateError) -> Bool

  private static func sort(_ order: inout [Int], _ less: Less) throws(TemplateError) {
    guard order.count > 1 else { return }
    if order.count < 64 {
      let run = try firstRun(&order, less)
      return try insert(&order, from: run, less)
    }
    try mergeSort(&order, less)
  }

  /// The length of the ascending run at the start; a strictly falling one is turned round.
  private static func firstRun(_ order: inout [Int], _ less: Less) throws(TemplateError) -> Int {
    var run = 2
    if try less(order[1], order[0]) {
      while run < order.count, try less(order[run], order[run - 1]) { run += 1 }
      order[..<run].reverse()
    } else {
      while run < order.count, try !less(order[run], order[run - 1]) { run += 1 }
    }
    return run
  }

  private static func insert(
    _ order: inout [Int], from start: Int, _ less: Less
  ) throws(TemplateError) {
    for index in start..<max(start, order.count) {
      let pivot = order[index]
      var low = 0
      var high = index
      while low < high {
        let middle = low + (high - low) / 2
        if try less(pivot, order[middle]) { high = middle } else { low = middle + 1 }
      }
      order.remove(at: index)
      order.insert(pivot, at: low)
    }
  }

  private static func mergeSort(_ order: inout [Int], _ less: Less) throws(TemplateError) {
    var width = 32
    for start in stride(from: 0, to: order.count, by: width) {
      var part = Array(order[start..<min(start + width, order.count)])
      if part.count > 1 { try insert(&part, from: firstRun(&part, less), less) }
      order.replaceSubrange(start..<(start + part.count), with: part)
    }
    while width < order.count {
      var merged: [Int] = []
      merged.reserveCapacity(order.count)
      for start in stride(from: 0, to: order.count, by: width * 2) {
        let middle = min(start + width, order.count)
        let end = min(start + width * 2, order.count)
        var (left, right) = (start, middle)
        while left < middle, right < end {
          if try less(order[right], order[left]) {
            merged.append(order[right])
            right += 1
          } else {
            merged.append(order[left])
            left += 1
          }
        }
        merged += order[left..<middle] + order[right..<end]
      }
      order = merged
      width *= 2
    }
  }
}
