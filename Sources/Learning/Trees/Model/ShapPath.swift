/// The walk of TreeSHAP through one tree for one row: keeps, for every set size, which part of the
/// features' subsets lead down the current path.
struct ShapPath {
  /// A feature on the path.
  private struct Element {
    /// -1 at the root.
    var feature: Int
    /// The part of rows that come this way when the feature is unknown, and when it is known.
    var zero: Double
    var one: Double
    /// The weight of subsets of each size.
    var weight: Double
  }

  let tree: DecisionTree
  let goesLeft: (Int) -> Bool
  let cover: (Int) -> Double
  private var elements: [Element] = []

  init(tree: DecisionTree, goesLeft: @escaping (Int) -> Bool, cover: @escaping (Int) -> Double) {
    self.tree = tree
    self.goesLeft = goesLeft
    self.cover = cover
  }

  mutating func walk(_ add: (_ feature: Int, _ share: Double) -> Void) {
    elements = []
    descend(0, zero: 1, one: 1, feature: -1, add)
  }

  private mutating func descend(
    _ node: Int, zero: Double, one: Double, feature: Int, _ add: (Int, Double) -> Void
  ) {
    let before = elements
    extend(zero, one, feature)
    defer { elements = before }
    guard !tree.isLeaf(node) else {
      for index in elements.indices.dropFirst() {
        let element = elements[index]
        add(element.feature, unwoundSum(index) * (element.one - element.zero) * tree.value[node])
      }
      return
    }
    let (left, right) = (Int(tree.left[node]), Int(tree.right[node]))
    let (hot, cold) = goesLeft(node) ? (left, right) : (right, left)
    let split = Int(tree.feature[node])
    var (zeroPart, onePart) = (1.0, 1.0)
    if let seen = elements.firstIndex(where: { $0.feature == split }) {
      (zeroPart, onePart) = (elements[seen].zero, elements[seen].one)
      unwind(seen)
    }
    let total = cover(left) + cover(right)
    descend(hot, zero: zeroPart * cover(hot) / total, one: onePart, feature: split, add)
    descend(cold, zero: zeroPart * cover(cold) / total, one: 0, feature: split, add)
  }

  private mutating func extend(_ zero: Double, _ one: Double, _ feature: Int) {
    let depth = elements.count
    elements.append(Element(feature: feature, zero: zero, one: one, weight: depth == 0 ? 1 : 0))
    for i in stride(from: depth - 1, through: 0, by: -1) {
      elements[i + 1].weight += one * elements[i].weight * Double(i + 1) / Double(depth + 1)
      elements[i].weight = zero * elements[i].weight * Double(depth - i) / Double(depth + 1)
    }
  }

  private mutating func unwind(_ index: Int) {
    let depth = elements.count - 1
    let (one, zero) = (elements[index].one, elements[index].zero)
    var next = elements[depth].weight
    for i in stride(from: depth - 1, through: 0, by: -1) {
      if one != 0 {
        let weight = elements[i].weight
        elements[i].weight = next * Double(depth + 1) / (Double(i + 1) * one)
        next = weight - elements[i].weight * zero * Double(depth - i) / Double(depth + 1)
      } else {
        elements[i].weight = elements[i].weight * Double(depth + 1) / (zero * Double(depth - i))
      }
    }
    for i in index..<depth {
      elements[i].feature = elements[i + 1].feature
      elements[i].zero = elements[i + 1].zero
      elements[i].one = elements[i + 1].one
    }
    elements.removeLast()
  }

  private func unwoundSum(_ index: Int) -> Double {
    let depth = elements.count - 1
    let (one, zero) = (elements[index].one, elements[index].zero)
    var next = elements[depth].weight
    var total = 0.0
    for i in stride(from: depth - 1, through: 0, by: -1) {
      if one != 0 {
        let part = next * Double(depth + 1) / (Double(i + 1) * one)
        total += part
        next = elements[i].weight - part * zero * Double(depth - i) / Double(depth + 1)
      } else if zero != 0 {
        total += elements[i].weight * Double(depth + 1) / (zero * Double(depth - i))
      }
    }
    return total
  }
}
