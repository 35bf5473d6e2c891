import Compute

extension TreeGrower {
  /// A stretch of rows that is added to a histogram.
  private struct BuildTask {
    var start: Int
    var count: Int
    var histogram: Int
  }

  /// Rows of a part: so many more than a histogram has sums that clearing and joining parts costs
  /// little, and so few that no thread waits long for the last one.
  private static let partRows = 16_384

  /// Adds up the histograms of nodes.
  ///
  /// Nodes of many rows are added up in parts, each into a histogram of its own; ``partSums`` keeps
  /// them until the scan puts them together. Sums are of integers, so that the parts, of which
  /// there are more with more threads, leave no trace.
  func build(_ ids: [Int], contiguous: Bool) {
    var tasks: [BuildTask] = []
    for id in ids {
      let node = nodes[id]
      let parts =
        pool.threads > 1 ? max(1, min(8 * pool.threads, node.count / Self.partRows)) : 1
      for part in 0..<parts {
        let from = node.count * part / parts
        let to = node.count * (part + 1) / parts
        let histogram = part == 0 ? node.histogram : histograms.borrow()
        if part > 0 { partSums[id, default: []].append(histogram) }
        tasks.append(BuildTask(start: node.start + from, count: to - from, histogram: histogram))
      }
    }
    let blocks = WorkBlocks(sizes: tasks.map { $0.count * matrix.used.count }, least: 1 << 16)
    let places = tasks.map { histograms[$0.histogram] }
    let indices = order.base
    let packed = gradients.packed.base
    let binRows = matrix.rows.base
    let stride = matrix.stride
    let features = matrix.used.count
    let size = histograms.size
    pool.parallelFor(blocks: blocks.count) { block in
      for index in blocks[block] {
        let task = tasks[index]
        let sums = places[index]
        sums.update(repeating: 0, count: size)
        HistogramKernel.add(
          bins: binRows, stride: stride, features: features,
          indices: contiguous ? nil : UnsafePointer(indices), from: task.start,
          to: task.start + task.count, packed: packed, histogram: sums)
      }
    }
    if contiguous, let root = ids.first { joinParts(of: root) }
  }

  private func joinParts(of id: Int) {
    for part in partSums.removeValue(forKey: id) ?? [] {
      let (sums, other) = (histograms[nodes[id].histogram], histograms[part])
      for place in 0..<histograms.size { sums[place] &+= other[place] }
      histograms.giveBack(part)
    }
  }
}
