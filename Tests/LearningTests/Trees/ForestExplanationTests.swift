import Compute
import Platform
import Testing

@testable import Learning

@Suite("Explaining forests") struct ForestExplanationTests {
  private let pool = WorkerPool(threads: 2)

  /// What a tree answers when some features of a row are known, by its definition: where one is not,
  /// both ways count, as many training rows as went there.
  private func answer(
    _ tree: ForestTree, _ node: Int, known: Set<Int>, _ cells: [Double], outputs: Int
  ) -> (values: [Double], weight: Double) {
    let own = tree.nodes[node]
    guard !own.isLeaf else {
      var values = [Double](repeating: 0, count: outputs)
      let leaf = Int(own.right)
      for entry in tree.entries(ofLeaf: leaf) {
        values[Int(tree.leafLabels[entry])] += tree.leafValues[entry]
      }
      return (values, tree.leafWeights[leaf])
    }
    let left = answer(tree, node + 1, known: known, cells, outputs: outputs)
    let right = answer(tree, Int(own.right), known: known, cells, outputs: outputs)
    let weight = left.weight + right.weight
    if known.contains(own.feature) {
      let goesLeft = tree.goesLeft(own, cells[own.feature])
      return (goesLeft ? left.values : right.values, weight)
    }
    return (
      zip(left.values, right.values).map { ($0 * left.weight + $1 * right.weight) / weight }, weight
    )
  }

  /// Shapley values over all subsets of the features, and the answer without any last.
  private func bruteForce(_ forest: Forest, _ cells: [Double]) -> [Double] {
    let (width, outputs) = (forest.features.count, forest.outputs)
    let answers = (0..<(1 << width)).map { subset -> [Double] in
      let known = Set((0..<width).filter { subset >> $0 & 1 == 1 })
      var sums = [Double](repeating: 0, count: outputs)
      for tree in forest.trees {
        let values = answer(tree, 0, known: known, cells, outputs: outputs).values
        for output in 0..<outputs { sums[output] += values[output] / Double(forest.trees.count) }
      }
      return sums
    }
    var factorials = [1.0]
    for size in 1...width { factorials.append(factorials[size - 1] * Double(size)) }
    var result: [Double] = []
    for output in 0..<outputs {
      for feature in 0..<width {
        var share = 0.0
        for subset in 0..<(1 << width) where subset >> feature & 1 == 0 {
          let size = subset.nonzeroBitCount
          let orders = factorials[size] * factorials[width - size - 1] / factorials[width]
          share += orders * (answers[subset | 1 << feature][output] - answers[subset][output])
        }
        result.append(share)
      }
      result.append(answers[0][output])
    }
    return result
  }

  @Test("shares are Shapley values, whatever the forest", arguments: [0, 2, 3])
  func shapley(classes: Int) throws {
    for seed in 0..<24 {
      var table = ForestTable(
        rows: 30 + seed, columns: 1 + seed % 5, classes: classes, seed: UInt64(seed),
        values: 3 + seed % 7, missing: seed % 2 == 0 ? 0.2 : 0, weighted: seed % 3 == 0)
      if seed % 4 > 1 { table.categorical = [0, 2] }
      var options = ForestOptions(classes: classes > 0)
      options.trees = 3
      options.bootstrap = seed % 5 != 0
      if seed % 7 == 0 { options.classWeight = .balancedSubsample }
      let forest = try table.grown(options).model()
      // Also rows that the forest has not seen, with categories that nobody has.
      let cells = table.columns.map { Array($0.prefix(6)) + [.nan, -1, 1e9] }
      let matrix = try FeatureMatrix(columns: cells, features: forest.features)
      let found = try ForestExplanation(forest).shares(matrix, on: pool)
      let expected = (0..<9).flatMap { row in bruteForce(forest, cells.map { $0[row] }) }
      #expect(found.count == expected.count)
      #expect(
        zip(found, expected).allSatisfy { ($0 - $1).magnitude < 1e-10 },
        "seed \(seed): \(found), not \(expected)")
    }
  }

  @Test("shares add up to what is predicted", arguments: [0, 2, 5])
  func additivity(classes: Int) throws {
    var table = ForestTable(
      rows: 300, columns: 8, classes: classes, seed: 17, values: 40, missing: 0.1)
    table.categorical = [3]
    var options = ForestOptions(classes: classes > 0)
    options.trees = 6
    options.minimumLeaf = .count(2)
    let forest = try table.grown(options).model()
    let matrix = try table.set.matrix
    let shares = try ForestExplanation(forest).shares(matrix, on: pool)
    let answers = try forest.predictions(matrix, on: pool)
    for (place, answer) in answers.enumerated() {
      let sum = shares[(place * 9)..<(place * 9 + 9)].reduce(0, +)
      #expect((sum - answer).magnitude < 1e-12, "answer \(place)")
    }
    // The same for some rows, on any number of threads.
    let outputs = forest.outputs * 9
    #expect(
      try ForestExplanation(forest).shares(matrix, rows: 7..<29, on: WorkerPool(threads: 1))
        == Array(shares[(7 * outputs)..<(29 * outputs)]))
  }

  /// A tree that asks for one feature after the other, with a leaf at each.
  private func chain(_ levels: Int) -> ForestTree {
    var tree = ForestTree()
    var stream = RandomStream(seed: 1, purpose: "chain")
    func addLeaf() {
      let leaf = tree.addLeaf(
        [(0, stream.unit() - 0.5)], weight: Double(1 + stream.integer(below: 5)), classes: false)
      tree.nodes.append(.leaf(leaf))
    }
    for level in 0..<levels {
      tree.nodes.append(.numeric(feature: level, threshold: 0.5, missingLeft: level % 2 == 0))
      addLeaf()
      tree.nodes[2 * level].right = Int32(2 * level + 2)
    }
    addLeaf()
    return tree
  }

  private func forest(_ tree: ForestTree, features: Int) -> Forest {
    Forest(
      features: (0..<features).map { ModelFeature(name: "f\($0)") }, classCount: 0, trees: [tree],
      importances: Array(repeating: 0, count: features))
  }

  @Test("a path with many features") func chain() throws {
    let forest = forest(chain(13), features: 13)
    for cell in [0, 1, .nan] {
      let cells = (0..<13).map { $0 == 7 ? 1 - cell : cell }
      let matrix = try FeatureMatrix(columns: cells.map { [$0] }, features: forest.features)
      let found = try ForestExplanation(forest).shares(matrix, on: pool)
      let expected = bruteForce(forest, cells)
      #expect(zip(found, expected).allSatisfy { ($0 - $1).magnitude < 1e-12 }, "\(found)")
    }
  }

  @Test("a very deep tree is explained, one that is deeper is refused") func deep() throws {
    let deepest = forest(chain(1000), features: 1000)
    let cells = (0..<1000).map { _ in [1.0] }
    let matrix = try FeatureMatrix(columns: cells, features: deepest.features)
    let shares = try ForestExplanation(deepest).shares(matrix, on: pool)
    let answer = try deepest.predictions(matrix, on: pool)
    #expect((shares.reduce(0, +) - answer[0]).magnitude < 1e-12)
    let failure = #expect(throws: Failure.self) {
      try ForestExplanation(forest(chain(1001), features: 1001))
    }
    #expect(failure?.message == "a tree of 1001 levels cannot be explained")
  }

  @Test("leaves weigh what the rows that came to them weigh", arguments: [0, 2, 3])
  func weights(classes: Int) throws {
    for bootstrap in [true, false] {
      let table = ForestTable(
        rows: 150, columns: 3, classes: classes, seed: 5, values: 20, weighted: true)
      var options = ForestOptions(classes: classes > 0)
      options.bootstrap = bootstrap
      options.minimumLeaf = .count(3)
      if classes > 0 { options.classWeight = .balanced }
      let data = try ForestData(table.set, options, on: pool)
      for number in 0..<4 {
        let sample = TreeSample(data, tree: number)
        let grown = ForestGrower(data, tree: number).grow().finished(
          data.ranks, classes: classes > 0)
        var sums = [Double](repeating: 0, count: grown.tree.leafCount)
        for row in 0..<150 where sample.cells.base[row].x > 0 {
          sums[Int(grown.leafOfRow[row])] += sample.cells.base[row].x
        }
        for (sum, weight) in zip(sums, grown.tree.leafWeights) {
          #expect((sum - weight).magnitude < 1e-9)
        }
      }
    }
  }

  @Test("a forest without splits says the same of every row") func single() throws {
    var table = ForestTable(rows: 10, columns: 2, classes: 0, seed: 1)
    table.labels = Array(repeating: 2.5, count: 10)
    let forest = try table.grown(ForestOptions(classes: false)).model()
    let shares = try ForestExplanation(forest).shares(table.set.matrix, rows: 0..<1, on: pool)
    #expect(shares == [0, 0, 2.5])
  }

  @Test("a matrix of another width is refused") func width() throws {
    let table = ForestTable(rows: 10, columns: 2, classes: 0, seed: 1)
    let forest = try table.grown(table.singleTree).model()
    let other = try ForestTable(rows: 10, columns: 3, classes: 0, seed: 1).set.matrix
    #expect(throws: Failure.self) { try ForestExplanation(forest).shares(other, on: pool) }
  }
}
