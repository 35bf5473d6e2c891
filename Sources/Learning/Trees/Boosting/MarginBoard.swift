import Compute

/// The margins of the rows of a binned set, kept up to date while trees are added.
final class MarginBoard {
  let matrix: BinnedMatrix
  let outputs: Int
  /// A margin for each row of output 0, then of output 1, ….
  let margins: Memory<Double>

  init(_ matrix: BinnedMatrix, bases: [Double]) {
    self.matrix = matrix
    outputs = bases.count
    margins = Memory(uninitialized: matrix.rowCount * bases.count)
    for (output, base) in bases.enumerated() {
      (margins.base + output * matrix.rowCount).update(repeating: base, count: matrix.rowCount)
    }
  }

  /// Adds the leaves of a tree, walking down with each row.
  ///
  /// - Parameters:
  ///   - rows: the rows to take; nil for all.
  ///   - place: where to add; the board's own margins when nil.
  func add(
    _ grown: GrownTree, times scale: Double = 1, output: Int, rows: [UInt32]? = nil,
    to place: Memory<Double>? = nil, on pool: WorkerPool
  ) {
    let count = rows?.count ?? matrix.rowCount
    let target = (place ?? margins).base + output * matrix.rowCount
    let (bins, stride) = (matrix.rows.base, matrix.stride)
    let values = grown.tree.value.map { $0 * scale }
    let block = 4096
    values.withUnsafeBufferPointer { values in
      grown.tree.left.withUnsafeBufferPointer { left in
        grown.tree.right.withUnsafeBufferPointer { right in
          grown.places.withUnsafeBufferPointer { places in
            grown.leftBins.withUnsafeBufferPointer { leftBins in
              guard let values = values.baseAddress, let left = left.baseAddress,
                let right = right.baseAddress, let places = places.baseAddress,
                let leftBins = leftBins.baseAddress
              else { return }
              pool.parallelFor(blocks: (count + block - 1) / block) { index in
                for i in (index * block)..<min(count, (index + 1) * block) {
                  let row = rows.map { Int($0[i]) } ?? i
                  let leaf = grown.leaf(
                    of: bins + row * stride, left: left, right: right, places: places,
                    leftBins: leftBins)
                  target[row] += values[leaf]
                }
              }
            }
          }
        }
      }
    }
  }

  /// Adds the leaves of a tree to the rows that it was grown from, whose places are known.
  func add(
    _ grown: GrownTree, output: Int, order: UnsafePointer<UInt32>, times scale: Double = 1,
    on pool: WorkerPool
  ) {
    let tree = grown.tree
    let leaves = tree.left.indices.filter { tree.isLeaf($0) }
    let blocks = LeafBlocks(leaves.map { ($0, grown.rows[$0]) })
    let target = margins.base + output * matrix.rowCount
    pool.parallelFor(blocks: blocks.groups.count) { group in
      for index in blocks.groups[group] {
        let block = blocks[index]
        let value = tree.value[block.leaf] * scale
        for place in block.rows { target[Int(order[place])] += value }
      }
    }
  }
}
