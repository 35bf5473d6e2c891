/// The walk of TreeSHAP through trees, each for one row: keeps, for every set size, which part of the
/// features' subsets lead down the current path.
struct ShapPath {
  /// A feature on the path.
  private struct Element {
    /// -1 at the root.
    var feature: Int
    /// The part of rows that come this way when the feature is unknown, and when it is known: 1 or 0.
    var zero: Double
    var one: Double
    /// The weight of subsets of each size.
    var weight: Double
  }

  /// The paths to the current node and to the nodes above it, the root's first: one array for all, so
  /// that no node needs memory of its own.
  private var elements: [Element] = []

  /// Walks to every leaf.
  ///
  /// - Parameter add: takes a leaf, a feature on the way to it, and the part of the leaf's value that
  ///   is the feature's share.
  mutating func walk(
    _ tree: some ShapTree, _ add: (_ leaf: Int, _ feature: Int, _ part: Double) -> Void
  ) {
    elements.removeAll(keepingCapacity: true)
    descend(tree, 0, above: 0, zero: 1, one: 1, feature: -1, add)
  }

  /// - Parameter above: where the parent's path starts.
  private mutating func descend(
    _ tree: some ShapTree, _ node: Int, above: Int, zero: Double, one: Double, feature: Int,
    _ add: (Int, Int, Double) -> Void
  ) {
    // No subset at all leads here.
    guard zero != 0 || one != 0 else { return }
    let start = elements.count
    for index in above..<start { elements.append(elements[index]) }
    extend(start, zero, one, feature)
    defer { elements.removeLast(elements.count - start) }
    guard !tree.isLeaf(node) else {
      share(start) { add(node, $0, $1) }
      return
    }
    let (left, right) = tree.children(of: node)
    let (hot, cold) = tree.goesLeft(node) ? (left, right) : (right, left)
    let split = tree.feature(of: node)
    var (zeroPart, onePart) = (1.0, 1.0)
    if let seen = elements[start...].firstIndex(where: { $0.feature == split }) {
      (zeroPart, onePart) = (elements[seen].zero, elements[seen].one)
      unwind(start, seen - start)
    }
    let total = tree.cover(left) + tree.cover(right)
    descend(
      tree, hot, above: start, zero: zeroPart * tree.cover(hot) / total, one: onePart,
      feature: split, add)
    descend(
      tree, cold, above: start, zero: zeroPart * tree.cover(cold) / total, one: 0,
      feature: split, add)
  }

  private mutating func extend(_ start: Int, _ zero: Double, _ one: Double, _ feature: Int) {
    let depth = elements.count - start
    elements.append(Element(feature: feature, zero: zero, one: one, weight: depth == 0 ? 1 : 0))
    for i in stride(from: depth - 1, through: 0, by: -1) {
      let weight = elements[start + i].weight
      elements[start + i + 1].weight += one * weight * Double(i + 1) / Double(depth + 1)
      elements[start + i].weight = zero * weight * Double(depth - i) / Double(depth + 1)
    }
  }

  private mutating func unwind(_ start: Int, _ index: Int) {
    let last = elements.count - 1
    let depth = last - start
    let (one, zero) = (elements[start + index].one, elements[start + index].zero)
    var next = elements[last].weight
    for i in stride(from: depth - 1, through: 0, by: -1) {
      let weight = elements[start + i].weight
      if one != 0 {
        let unwound = next * Double(depth + 1) / (Double(i + 1) * one)
        elements[start + i].weight = unwound
        next = weight - unwound * zero * Double(depth - i) / Double(depth + 1)
      } else {
        elements[start + i].weight = weight * Double(depth + 1) / (zero * Double(depth - i))
      }
    }
    for i in (start + index)..<last {
      elements[i].feature = elements[i + 1].feature
      elements[i].zero = elements[i + 1].zero
      elements[i].one = elements[i + 1].one
    }
    elements.removeLast()
  }

  /// The parts of a leaf's value, for each feature of the path to it.
  private func share(_ start: Int, _ add: (_ feature: Int, _ part: Double) -> Void) {
    let depth = elements.count - 1 - start
    // Without a feature that leads away from here, subsets weigh 1 / zero of what they weigh with it:
    // times -zero, all such features have the same part (J. Yang, "Fast TreeSHAP", 2021, section 3).
    var away = 0.0
    for i in 0..<depth {
      away += elements[start + i].weight * Double(depth + 1) / Double(depth - i)
    }
    for index in 0..<depth {
      let element = elements[start + index + 1]
      let part =
        element.one == 0
        ? -away : unwoundSum(start, element.zero, element.one) * (element.one - element.zero)
      add(element.feature, part)
    }
  }

  /// The weight of all subsets without a feature that leads here.
  private func unwoundSum(_ start: Int, _ zero: Double, _ one: Double) -> Double {
    let depth = elements.count - 1 - start
    var next = elements[elements.count - 1].weight
    var total = 0.0
    for i in stride(from: depth - 1, through: 0, by: -1) {
      let part = next * Double(depth + 1) / (Double(i + 1) * one)
      total += part
      next = elements[start + i].weight - part * zero * Double(depth - i) / Double(depth + 1)
    }
    return total
  }
}
