import Compute

/// Grows one tree of a forest on one thread.
///
/// The rows of a node are a stretch of one array, which a split divides in two. A node looks at
/// features in a random order until it has looked at as many as it may and one of them had two
/// values at least, as scikit-learn does; ties go to what was seen first.
final class ForestGrower {
  let data: ForestData
  let limits: ForestLimits
  var features: RandomStream
  var featureOrder: [Int]

  let sample: TreeSample
  let spareRows: Memory<UInt32>
  /// Weight and label of the node's rows, in their order; with moments the label times the weight.
  let cells: Memory<SIMD2<Double>>
  let keys: Memory<UInt64>
  let spareKeys: Memory<UInt64>
  let bucketCounts: Memory<UInt32>
  /// Sums by rank, all 0 between uses; as many as the feature with most ranks has.
  let sums: Memory<SIMD2<Double>>
  /// Weights of the classes in the node, and on the left of a split; 0 between uses.
  let totals: Memory<Double>
  let leftTotals: Memory<Double>
  /// 1 for the categories that go left; 0 between uses.
  let goesLeft: Memory<UInt8>
  let rootWeight: Double

  /// A node whose rows are still together.
  struct Pending {
    var node: Int
    var start: Int
    var facts: NodeFacts
    var depth: Int
    var split = ForestSplit()
  }

  init(_ data: ForestData, tree: Int) {
    self.data = data
    limits = data.limits
    features = RandomStream(
      seed: data.options.seed, purpose: "forest features", index: UInt64(tree))
    featureOrder = Array(data.ranks.features.indices)
    sample = TreeSample(data, tree: tree)
    let count = sample.count
    spareRows = Memory(uninitialized: count)
    cells = Memory(uninitialized: count)
    keys = Memory(uninitialized: count)
    spareKeys = Memory(uninitialized: count)
    bucketCounts = Memory(uninitialized: RankSort.countRoom)
    let ranks = (data.ranks.features.map(\.rankCount).max() ?? 0) + 1
    sums = Memory(count: ranks, filledWith: .zero)
    goesLeft = Memory(count: RankedMatrix.mostRanks + 1, filledWith: 0)
    totals = Memory(count: max(1, data.classCount), filledWith: 0)
    leftTotals = Memory(count: max(1, data.classCount), filledWith: 0)
    var weight = 0.0
    for i in 0..<count { weight += sample.cells.base[Int(sample.rows.base[i])].x }
    rootWeight = weight
  }

  func grow() -> GrownForestTree {
    var tree = GrownForestTree(rowCount: data.labels.count, featureCount: featureOrder.count)
    var facts = NodeFacts()
    facts.count = sample.count
    let root = Pending(node: tree.add(), start: 0, facts: facts, depth: 0)
    if let most = limits.leaves {
      growBestFirst(root, most, &tree)
    } else {
      growDepthFirst(root, &tree)
    }
    return tree
  }

  private func growDepthFirst(_ root: Pending, _ tree: inout GrownForestTree) {
    var waiting = [root]
    while var pending = waiting.popLast() {
      pending.facts = measure(start: pending.start, count: pending.facts.count)
      if isSplit(&pending) {
        let (left, right) = divide(pending, &tree)
        waiting.append(right)
        waiting.append(left)
      } else {
        finish(pending, &tree)
      }
    }
  }

  /// Splits the node that gains most until there are enough leaves.
  private func growBestFirst(_ root: Pending, _ most: Int, _ tree: inout GrownForestTree) {
    var waiting = PendingQueue()
    var leaves = 1
    func consider(_ pending: Pending) {
      var pending = pending
      pending.facts = measure(start: pending.start, count: pending.facts.count)
      if isSplit(&pending) { waiting.insert(pending) } else { finish(pending, &tree) }
    }
    consider(root)
    while leaves < most, let pending = waiting.removeBest() {
      let (left, right) = divide(pending, &tree)
      leaves += 1
      consider(left)
      consider(right)
    }
    while let pending = waiting.removeBest() {
      // Others have been measured since.
      var rest = pending
      rest.facts = measure(start: pending.start, count: pending.facts.count)
      clear(rest)
      finish(rest, &tree)
    }
  }

  /// Whether a node is to be split; how is then in it.
  private func isSplit(_ pending: inout Pending) -> Bool {
    let facts = pending.facts
    guard !facts.isPure, pending.depth < limits.depth, facts.count >= limits.splitRows,
      facts.weight >= 2 * limits.leafWeightShare * rootWeight
    else {
      clear(pending)
      return false
    }
    pending.split = bestSplit(start: pending.start, facts)
    clear(pending)
    return pending.split.isFound
      && pending.split.gain / rootWeight + .ulpOfOne >= limits.decrease
  }

  /// Makes the weights of classes 0 again.
  private func clear(_ pending: Pending) {
    guard !data.usesMoments else { return }
    for i in 0..<pending.facts.count { totals.base[Int(cells.base[i].y)] = 0 }
  }

  private func divide(_ pending: Pending, _ tree: inout GrownForestTree) -> (Pending, Pending) {
    var split = pending.split
    let count = pending.facts.count
    let leftCount = partition(start: pending.start, count: count, split)
    // What is missing later, and was not here, goes with most rows.
    if !split.sawMissing { split.missingLeft = 2 * leftCount > count }
    let (left, right) = (tree.add(), tree.add())
    tree.split(pending.node, split, left: left, right: right, features: data.ranks.features)
    var (a, b) = (pending, pending)
    (a.node, b.node) = (left, right)
    a.facts.count = leftCount
    b.facts.count = count - leftCount
    b.start = pending.start + leftCount
    a.depth += 1
    b.depth += 1
    return (a, b)
  }

  private func finish(_ pending: Pending, _ tree: inout GrownForestTree) {
    let rows = UnsafeBufferPointer(
      start: sample.rows.base + pending.start, count: pending.facts.count)
    for row in rows { tree.leafOfRow[Int(row)] = UInt32(truncatingIfNeeded: pending.node) }
    tree.addLeaf(pending.node, shares(pending.facts), weight: pending.facts.weight)
  }
}
