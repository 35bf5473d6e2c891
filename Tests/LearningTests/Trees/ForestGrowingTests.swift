import Compute
import Platform
import Testing

@testable import Learning

@Suite("Growing forests") struct ForestGrowingTests {
  /// The largest decrease of impurity, times weight, over all splits of all rows.
  private func bruteForce(_ table: ForestTable, _ criterion: ForestOptions.Criterion) -> Double {
    let weights = table.weights ?? table.labels.map { _ in 1 }
    func impurity(_ rows: [Int]) -> Double {
      let weight = rows.reduce(0) { $0 + weights[$1] }
      guard weight > 0 else { return 0 }
      let sum = rows.reduce(0) { $0 + weights[$1] * table.labels[$1] }
      switch criterion {
      case .squaredError:
        return rows.reduce(0) {
          $0 + weights[$1] * (table.labels[$1] - sum / weight) * (table.labels[$1] - sum / weight)
        }
      case .poisson:
        return rows.reduce(0) {
          let label = table.labels[$1]
          return $0
            + (label > 0 ? weights[$1] * label * Elementary8.logarithm(label / (sum / weight)) : 0)
        }
      case .gini, .entropy, .logLoss:
        let shares = (0..<table.classCount).map { k in
          rows.filter { table.labels[$0] == Double(k) }.reduce(0) { $0 + weights[$1] } / weight
        }
        return weight
          * (criterion == .gini
            ? 1 - shares.reduce(0) { $0 + $1 * $1 }
            : -shares.reduce(0) { $0 + ($1 > 0 ? $1 * Elementary8.logarithm($1) : 0) }
              * 1.442_695_040_888_963_4)
      }
    }
    let all = table.labels.indices.filter { weights[$0] > 0 }
    var best = -1.0
    for column in table.columns {
      for threshold in Set(column).union([.infinity]) where !threshold.isNaN {
        for missingLeft in [false, true] {
          let left = all.filter { column[$0].isNaN ? missingLeft : column[$0] <= threshold }
          let right = all.filter { column[$0].isNaN ? !missingLeft : column[$0] > threshold }
          if left.isEmpty || right.isEmpty { continue }
          if criterion == .poisson,
            [left, right].contains(where: { $0.allSatisfy { table.labels[$0] == 0 } })
          {
            continue
          }
          best = max(best, impurity(all) - impurity(left) - impurity(right))
        }
      }
    }
    return best
  }

  @Test("a split is the best of all", arguments: ForestOptions.Criterion.allCases)
  func best(criterion: ForestOptions.Criterion) throws {
    for seed in 0..<60 {
      // Few rows with many values are sorted, many with few are summed up.
      let table = ForestTable(
        rows: 4 + seed, columns: 3, classes: criterion.isOfClasses ? 2 + seed % 3 : 0,
        seed: UInt64(seed), values: seed % 2 == 0 ? 1000 : 7, missing: seed % 3 == 0 ? 0.3 : 0,
        weighted: seed % 5 == 0)
      var options = table.singleTree
      options.criterion = criterion
      options.maximumDepth = 1
      let grower = ForestGrower(
        try ForestData(table.set, options, on: WorkerPool(threads: 1)), tree: 0)
      let gain = grower.grow().importances.reduce(0, +)
      let expected = bruteForce(table, criterion)
      #expect(abs(gain - max(0, expected)) < 1e-9, "seed \(seed): \(gain), not \(expected)")
    }
  }

  @Test("sorting by rank is sorting", arguments: [1, 2, 20, 21, 100, 5000, 70_000])
  func sorting(count: Int) {
    var stream = RandomStream(seed: 1, purpose: "sorting")
    // Evenly spread, all in a corner but one, few, and all the same.
    for kind in 0..<4 {
      let ranks = (0..<count).map { i -> Int in
        switch kind {
        case 0: stream.integer(below: 65_535)
        case 1: i == 0 ? 65_000 : stream.integer(below: 300)
        case 2: 5 + stream.integer(below: 3)
        default: 7
        }
      }
      let keys = Memory<UInt64>(uninitialized: count)
      let spare = Memory<UInt64>(uninitialized: count)
      let counts = Memory<UInt32>(uninitialized: RankSort.countRoom)
      for i in 0..<count { keys.base[i] = UInt64(ranks[i]) << 32 | UInt64(i) }
      let sorted = RankSort.sort(
        keys.base, spare.base, count, least: ranks.min() ?? 0, largest: ranks.max() ?? 0,
        counts: counts.base)
      let expected = ranks.indices.map { UInt64(ranks[$0]) << 32 | UInt64($0) }.sorted()
      #expect(Array(UnsafeBufferPointer(start: sorted, count: count)) == expected, "kind \(kind)")
    }
  }

  @Test("leaves are pure when nothing limits them", arguments: [0, 2, 4])
  func pure(classes: Int) throws {
    let table = ForestTable(rows: 300, columns: 4, classes: classes, seed: 3, values: 10_000)
    let builder = try table.grown(table.singleTree)
    let answers = builder.trainingPredictions()
    let forest = builder.model()
    #expect(try forest.predictions(table.set.matrix, on: WorkerPool(threads: 2)) == answers)
    for (row, label) in table.labels.enumerated() {
      let own = classes > 0 ? answers[row * classes + Int(label)] : answers[row] - label
      #expect(own == (classes > 0 ? 1 : 0))
    }
    #expect(abs(forest.importances.reduce(0, +) - 1) < 1e-12)
  }

  @Test("limits are kept") func limits() throws {
    let table = ForestTable(rows: 400, columns: 3, classes: 3, seed: 5, values: 1000)
    func tree(_ change: (inout ForestOptions) -> Void) throws -> ForestTree {
      var options = table.singleTree
      change(&options)
      return try #require(try table.grown(options).model().trees.first)
    }
    func depth(_ tree: ForestTree) -> Int {
      var (deepest, depths) = (0, [Int: Int]())
      for (index, node) in tree.nodes.enumerated() {
        let own = depths[index] ?? 0
        deepest = max(deepest, own)
        if node.isLeaf { continue }
        depths[index + 1] = own + 1
        depths[Int(node.right)] = own + 1
      }
      return deepest
    }
    #expect(depth(try tree { $0.maximumDepth = 4 }) == 4)
    #expect(try tree { $0.maximumLeaves = 17 }.leafCount == 17)
    #expect(try tree { $0.maximumLeaves = 100_000 }.leafCount == tree { _ in }.leafCount)
    #expect(try tree { $0.minimumSplit = .share(0.5) }.nodes.count < 12)
    #expect(try tree { $0.minimumLeafWeight = 0.5 }.leafCount <= 2)
    #expect(try tree { $0.minimumDecrease = 10 }.leafCount == 1)
    for rows in [1, 7, 30] {
      let data = try ForestData(table.set, table.singleTree, on: WorkerPool(threads: 1))
      var options = table.singleTree
      options.minimumLeaf = .count(rows)
      let limited = try ForestData(table.set, options, on: WorkerPool(threads: 1))
      let grown = ForestGrower(limited, tree: 0).grow().finished(data.ranks, classes: true)
      var counts = [Int](repeating: 0, count: grown.tree.leafCount)
      for leaf in grown.leafOfRow { counts[Int(leaf)] += 1 }
      #expect(counts.min() ?? 0 >= rows)
    }
  }

  @Test("the same for any number of threads", arguments: [0, 2, 3])
  func threads(classes: Int) throws {
    let table = ForestTable(
      rows: 500, columns: 6, classes: classes, seed: 7, values: 300, missing: 0.1)
    var options = ForestOptions(classes: classes > 0)
    options.trees = 13
    let one = try table.grown(options)
    for threads in [2, 3] {
      let other = try table.grown(options, threads: threads)
      #expect(other.model() == one.model())
      #expect(other.trainingPredictions() == one.trainingPredictions())
      #expect(
        other.outOfBagPredictions()?.map(\.bitPattern)
          == one.outOfBagPredictions()?.map(\.bitPattern))
    }
    options.seed = 1
    #expect(try table.grown(options).model() != one.model())
  }

  @Test("rows that were not drawn are predicted as if they were new") func outOfBag() throws {
    var table = ForestTable(
      rows: 200, columns: 4, classes: 2, seed: 9, values: 40, missing: 0.1)
    table.categorical = [1]
    var options = ForestOptions(classes: true)
    options.trees = 1
    let builder = try table.grown(options)
    let new = try builder.model().predictions(table.set.matrix, on: WorkerPool(threads: 1))
    #expect(new == builder.trainingPredictions())
    let out = try #require(builder.outOfBagPredictions())
    let known = out.indices.filter { !out[$0].isNaN }
    // Each row is left out with a chance of 1/e.
    #expect((50...100).contains(known.count / 2))
    for place in known { #expect(out[place] == new[place]) }
  }

  @Test("categories are divided as well as any way can", arguments: [0, 2])
  func categories(classes: Int) throws {
    for seed in 0..<20 {
      var table = ForestTable(
        rows: 40, columns: 1, classes: classes, seed: UInt64(seed), values: 6, missing: 0.1)
      table.categorical = [0]
      var options = table.singleTree
      options.maximumDepth = 1
      let data = try ForestData(table.set, options, on: WorkerPool(threads: 1))
      let gain = ForestGrower(data, tree: 0).grow().importances[0]
      // Each way to divide the categories as a column of 0 and 1.
      let cells = table.columns[0].map { $0.isNaN ? 6 : Int($0) }
      var divided = table
      divided.categorical = []
      divided.columns = (1..<127).map { set in cells.map { Double((set >> $0) & 1) } }
      let best = bruteForce(divided, classes > 0 ? .gini : .squaredError)
      #expect(abs(gain - best) < 1e-9)
    }
  }

  @Test("weights count like repeated rows") func weights() throws {
    var table = ForestTable(rows: 60, columns: 3, classes: 3, seed: 11, weighted: true)
    table.columns = table.columns.map { $0.map { $0 * 1.5 } }
    let weights = try #require(table.weights)
    var repeated = table
    repeated.weights = nil
    let rows = weights.indices.flatMap { Array(repeating: $0, count: Int(weights[$0])) }
    repeated.columns = table.columns.map { column in rows.map { column[$0] } }
    repeated.labels = rows.map { table.labels[$0] }
    let matrix = try table.set.matrix
    let pool = WorkerPool(threads: 1)
    let a = try table.grown(table.singleTree).model().predictions(matrix, on: pool)
    let b = try repeated.grown(table.singleTree).model().predictions(matrix, on: pool)
    #expect(zip(a, b).allSatisfy { abs($0 - $1) < 1e-12 })
  }
}
