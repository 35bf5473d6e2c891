/// What the rows of a node come to, and how they are divided.
extension ForestGrower {
  /// Copies the cells of a node's rows together and sums them up.
  func measure(start: Int, count: Int) -> NodeFacts {
    var facts = NodeFacts()
    facts.count = count
    let rows = UnsafePointer(sample.rows.base + start)
    let all = UnsafePointer(sample.cells.base)
    let cells = cells.base
    guard data.usesMoments else {
      let totals = totals.base
      var first = -1.0
      for i in 0..<count {
        let cell = all[Int(rows[i])]
        cells[i] = cell
        facts.weight += cell.x
        totals[Int(cell.y)] += cell.x
        if i == 0 { first = cell.y }
        facts.isPure = facts.isPure && cell.y == first
      }
      return facts
    }
    var sums = SIMD2<Double>.zero
    var (least, largest) = (Double.infinity, -Double.infinity)
    for i in 0..<count {
      let cell = all[Int(rows[i])]
      let moments = SIMD2(cell.x, cell.x * cell.y)
      cells[i] = moments
      sums += moments
      least = cell.y < least ? cell.y : least
      largest = cell.y > largest ? cell.y : largest
    }
    facts.weight = sums.x
    facts.sum = sums.y
    facts.isPure = least == largest
    facts.mean = facts.isPure ? least : min(max(sums.y / sums.x, least), largest)
    guard limits.criterion == .squaredError, !facts.isPure else { return facts }
    // Less the mean, so that the sums of both sides do not cancel out.
    facts.sum = 0
    for i in 0..<count {
      cells[i].y -= cells[i].x * facts.mean
      facts.sum += cells[i].y
    }
    return facts
  }

  /// What a leaf predicts, from cells that were measured last: the share of each class that it has,
  /// or the mean.
  func shares(_ facts: NodeFacts) -> [(label: Int32, value: Double)] {
    guard data.classCount > 0 else { return [(0, facts.mean)] }
    guard !data.usesMoments else {
      if facts.isPure { return [(facts.sum > 0 ? 1 : 0, 1)] }
      return [(0, (facts.weight - facts.sum) / facts.weight), (1, facts.sum / facts.weight)]
    }
    let totals = totals.base
    var labels: [Int32] = []
    for i in 0..<facts.count {
      let (weight, label) = (cells.base[i].x, Int(cells.base[i].y))
      if totals[label] == 0 { labels.append(Int32(truncatingIfNeeded: label)) }
      totals[label] += weight
    }
    labels.sort()
    return labels.map { label in
      defer { totals[Int(label)] = 0 }
      return (label, labels.count == 1 ? 1 : totals[Int(label)] / facts.weight)
    }
  }

  /// Divides rows between two sides, which both keep their order.
  ///
  /// - Returns: how many went left.
  func partition(start: Int, count: Int, _ split: ForestSplit) -> Int {
    let rows = sample.rows.base + start
    let spare = spareRows.base
    let column = data.ranks.columns.base + split.feature * data.ranks.columnStride
    var left = 0
    if data.ranks.isCategorical[split.feature] {
      let table = goesLeft.base
      for category in split.categories { table[Int(category)] = 1 }
      table[Int(RankedMatrix.missing)] = split.missingLeft ? 1 : 0
      for i in 0..<count {
        let row = rows[i]
        rows[left] = row
        spare[i &- left] = row
        left = left &+ Int(table[Int(column[Int(row)])])
      }
      for category in split.categories { table[Int(category)] = 0 }
      table[Int(RankedMatrix.missing)] = 0
    } else {
      // One more, the rank of missing values is 0, the least, and goes left.
      let shift: UInt16 = split.missingLeft ? 1 : 0
      let last = UInt16(truncatingIfNeeded: split.rank) &+ shift
      for i in 0..<count {
        let row = rows[i]
        // Written to both sides, and left on one of them.
        rows[left] = row
        spare[i &- left] = row
        left = left &+ (column[Int(row)] &+ shift <= last ? 1 : 0)
      }
    }
    (rows + left).update(from: spare, count: count - left)
    return left
  }
}
