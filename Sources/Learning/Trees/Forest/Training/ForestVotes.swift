import Compute
import Platform

/// The sums of what trees say of the rows that they are grown from.
struct ForestVotes {
  private let rows: Int
  private let outputs: Int
  private let all: Memory<Double>
  private let outOfBag: Memory<Double>?
  /// Trees that did not learn from a row.
  private let outOfBagTrees: Memory<Int32>

  /// - Throws: ``Failure`` for more classes than fit the memory.
  init(rows: Int, outputs: Int, outOfBag: Bool) throws {
    let (size, overflow) = rows.multipliedReportingOverflow(by: outputs)
    guard !overflow, size <= 1 << 32 else {
      throw Failure(
        .unsupported, "\(rows) rows of \(outputs) classes do not fit the memory",
        hint: "is it the right target?")
    }
    self.rows = rows
    self.outputs = outputs
    all = Memory(count: size, filledWith: 0)
    self.outOfBag = outOfBag ? Memory(count: size, filledWith: 0) : nil
    outOfBagTrees = Memory(count: rows, filledWith: 0)
  }

  /// Adds trees in their order.
  func add(_ trees: [FinishedForestTree], on pool: WorkerPool) {
    let block = 4096
    let outputs = outputs
    pool.parallelFor(blocks: (rows + block - 1) / block) { index in
      for grown in trees {
        for row in (index * block)..<min(rows, (index + 1) * block) {
          let code = grown.leafOfRow[row]
          let leaf = Int(code & ~FinishedForestTree.outOfBag)
          let isOut = code & FinishedForestTree.outOfBag != 0
          if isOut { outOfBagTrees.base[row] += 1 }
          for entry in grown.tree.entries(ofLeaf: leaf) {
            let place = row * outputs + Int(grown.tree.leafLabels[entry])
            let value = grown.tree.leafValues[entry]
            all.base[place] += value
            if isOut, let outOfBag { outOfBag.base[place] += value }
          }
        }
      }
    }
  }

  func means(of trees: Int) -> [Double] {
    (0..<rows * outputs).map { all.base[$0] / Double(max(1, trees)) }
  }

  func outOfBagMeans() -> [Double]? {
    guard let outOfBag else { return nil }
    return (0..<rows * outputs).map { place in
      let trees = outOfBagTrees.base[place / outputs]
      return trees > 0 ? outOfBag.base[place] / Double(trees) : .nan
    }
  }
}
