/// The rows of leaves in blocks of at most 4096, which threads share out among themselves.
struct LeafBlocks {
  struct Block {
    var leaf: Int
    var rows: Range<Int>
  }

  private var blocks: [Block] = []
  /// Blocks that are worth a thread together.
  let groups: WorkBlocks

  init(_ leaves: [(leaf: Int, rows: Range<Int>)]) {
    for (leaf, rows) in leaves {
      var start = rows.lowerBound
      while start < rows.upperBound {
        let end = min(rows.upperBound, start + QuantisedGradients.blockRows)
        blocks.append(Block(leaf: leaf, rows: start..<end))
        start = end
      }
    }
    groups = WorkBlocks(sizes: blocks.map(\.rows.count), least: 16_384)
  }

  var count: Int { blocks.count }
  subscript(index: Int) -> Block { blocks[index] }
}
