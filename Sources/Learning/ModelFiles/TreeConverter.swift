import Platform

/// Makes one library's tree of the other's.
struct TreeConverter {
  private let source: DecisionTree
  private let flavour: TreeFlavour
  private var result: DecisionTree
  /// Nodes of the source that still have to be put into a place.
  private var open: [(node: Int, place: Int)] = [(0, 0)]

  init(_ source: DecisionTree, from flavour: TreeFlavour) {
    self.source = source
    self.flavour = flavour
    result = DecisionTree(leaf: 0, shrinkage: source.shrinkage)
  }

  /// - Throws: ``Failure`` when nodes that have to be repeated make too many.
  func converted() throws -> DecisionTree {
    var copy = self
    return try copy.convert()
  }

  private mutating func convert() throws -> DecisionTree {
    let most = source.nodeCount * 32 + 1024
    while let (node, place) = open.popLast() {
      guard result.nodeCount <= most else {
        throw Failure(
          .unsupported, "a tree asks too often where missing values go to be converted",
          hint: "keep the model in its own library's format")
      }
      describe(place, as: node)
      if source.isLeaf(node) {
        result.value[place] = source.value[node]
        continue
      }
      result.gain[place] = source.gain[node]
      switch flavour {
      case .lightgbm: convertFromLightGBM(node, place)
      case .xgboost: convertFromXGBoost(node, place)
      }
    }
    return result
  }

  private mutating func describe(_ place: Int, as node: Int) {
    result.weight[place] = source.weight[node]
    result.cover[place] = source.cover[node]
    let isCounted = source.count[node] > 0
    // Explanations need counts; XGBoost's covers are the next best.
    let cover = max(1, min(source.cover[node].rounded(), 1e15))
    result.count[place] = isCounted || flavour == .lightgbm ? source.count[node] : Int(cover)
  }

  /// Divides a place by a number.
  private mutating func divide(
    _ place: Int, of node: Int, at threshold: Double, missingLeft: Bool
  ) -> (left: Int, right: Int) {
    result.threshold[place] = threshold
    return grow(place, of: node, missingLeft: missingLeft)
  }

  /// Divides a place by the categories of a node.
  private mutating func divideByCategories(
    _ place: Int, of node: Int, missingLeft: Bool
  ) -> (left: Int, right: Int) {
    result.categorySet[place] = Int32(result.categorySets.count)
    result.categorySets.append(source.categorySets[Int(source.categorySet[node])])
    return grow(place, of: node, missingLeft: missingLeft)
  }

  private mutating func grow(
    _ place: Int, of node: Int, missingLeft: Bool
  ) -> (left: Int, right: Int) {
    result.feature[place] = source.feature[node]
    result.defaultLeft[place] = missingLeft
    let left = result.appendLeaf(parent: place)
    let right = result.appendLeaf(parent: place)
    (result.left[place], result.right[place]) = (Int32(left), Int32(right))
    for child in [left, right] { describe(child, as: node) }
    return (left, right)
  }

  /// Puts the children of a node, or their copies, into two places.
  private mutating func put(_ node: Int, _ places: (left: Int, right: Int)) {
    open.append((Int(source.left[node]), places.left))
    open.append((Int(source.right[node]), places.right))
  }

  private mutating func convertFromLightGBM(_ node: Int, _ place: Int) {
    guard source.categorySet[node] < 0 else {
      // Listed categories change sides: XGBoost's go right, all others left.
      let places = divideByCategories(place, of: node, missingLeft: true)
      return put(node, (places.right, places.left))
    }
    let condition = Self.condition(source.threshold[node])
    let zeroLeft = 0 <= source.threshold[node]
    switch source.missing[node] {
    case .nan:
      put(node, divide(place, of: node, at: condition, missingLeft: source.defaultLeft[node]))
    case .none:
      put(node, divide(place, of: node, at: condition, missingLeft: zeroLeft))
    case .zero where zeroLeft == source.defaultLeft[node]:
      put(node, divide(place, of: node, at: condition, missingLeft: zeroLeft))
    case .zero:
      // Below zero as it is; then zero and what is missing the other way; then as it is again.
      let low = divide(place, of: node, at: Self.condition(-1e-35), missingLeft: false)
      put(node, divide(low.left, of: node, at: condition, missingLeft: zeroLeft))
      let high = divide(low.right, of: node, at: Self.condition(1e-35), missingLeft: true)
      let (inner, outer) =
        zeroLeft ? (source.right[node], source.left[node]) : (source.left[node], source.right[node])
      open.append((Int(inner), high.left))
      if zeroLeft {
        put(node, divide(high.right, of: node, at: condition, missingLeft: true))
      } else {
        open.append((Int(outer), high.right))
      }
    }
  }

  /// The `c` for which float(x) < c is x <= t, for every float.
  private static func condition(_ threshold: Double) -> Double {
    let near = Float(threshold)
    return Double((Double(near) <= threshold ? near : near.nextDown).nextUp)
  }

  private mutating func convertFromXGBoost(_ node: Int, _ place: Int) {
    guard source.categorySet[node] >= 0 else {
      let threshold = Self.threshold(Float(source.threshold[node]))
      return put(
        node, divide(place, of: node, at: threshold, missingLeft: source.defaultLeft[node]))
    }
    var place = place
    if !source.defaultLeft[node] {
      // Missing categories go where the listed ones go; LightGBM sends them with the others, so
      // they are taken out before, by a comparison that no other cell passes.
      let places = divide(place, of: node, at: -1e300, missingLeft: true)
      open.append((Int(source.right[node]), places.left))
      result.gain[places.right] = source.gain[node]
      result.gain[place] = 0
      place = places.right
    }
    let places = divideByCategories(place, of: node, missingLeft: false)
    put(node, (places.right, places.left))
  }

  /// The `t` for which x <= t is float(x) < c, for every double: half way between the floats, on
  /// the side that ties are rounded to.
  static func threshold(_ condition: Float) -> Double {
    guard condition.isFinite else { return condition > 0 ? 1e300 : -1e300 }
    let below = condition.nextDown
    guard below.isFinite else { return -1e300 }
    let middle = (Double(below) + Double(condition)) / 2
    return Float(middle) == below ? middle : middle.nextDown
  }
}
