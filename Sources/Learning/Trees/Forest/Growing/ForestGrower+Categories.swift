/// Splits of categories, which scikit-learn has none of.
///
/// The node's categories are put in the order of their means (of the number, of the share of the
/// second of two classes, or of the node's most frequent class) and then split like numbers. For
/// numbers and two classes that finds the best of all divisions (L. Breiman et al., "Classification
/// and Regression Trees", 1984, section 4.2.2); for more classes it is a good one. A missing value is a
/// category like the others.
extension ForestGrower {
  func searchCategories(_ ranking: inout Ranking, _ facts: NodeFacts, _ best: inout ForestSplit) {
    let all = ranking.count + ranking.missingCount
    let order = categoriesByMean(ranking, facts)
    var places = [UInt16: Int](minimumCapacity: order.count)
    for (place, category) in order.enumerated() { places[category] = place }
    for i in 0..<all {
      let key = keys.base[i]
      let place = places[UInt16(truncatingIfNeeded: key >> 32)] ?? 0
      keys.base[i] = UInt64(truncatingIfNeeded: place) << 32 | key & 0xFFFF_FFFF
    }
    var ordered = Ranking(start: ranking.start, feature: ranking.feature)
    ordered.count = all
    ordered.least = 0
    ordered.largest = order.count - 1
    let before = best.gain
    search(ordered, facts, &best)
    guard best.gain > before else { return }
    // The side with fewer rows is listed and goes left; all else, categories that the node has never
    // seen among them, goes right with the other rows.
    let last = best.rank
    let column = data.ranks.columns.base + ranking.feature * data.ranks.columnStride
    let rows = sample.rows.base + ranking.start
    let leftRows = (0..<all).count { places[column[Int(rows[$0])]] ?? 0 <= last }
    let isSwapped = 2 * leftRows > all
    let listed = isSwapped ? order[(last + 1)...] : order[...last]
    best.missingLeft = listed.contains(RankedMatrix.missing)
    best.sawMissing = true
    best.categories = listed.filter { $0 != RankedMatrix.missing }.sorted()
  }

  /// The categories of the node's rows, ascending by mean, of equal means by code.
  private func categoriesByMean(_ ranking: Ranking, _ facts: NodeFacts) -> [UInt16] {
    let all = ranking.count + ranking.missingCount
    var wanted = 0.0
    if !data.usesMoments {
      for label in 0..<data.classCount where totals.base[label] > totals.base[Int(wanted)] {
        wanted = Double(label)
      }
    }
    var byCategory: [UInt16: SIMD2<Double>] = [:]
    for i in 0..<all {
      let key = keys.base[i]
      let cell = cells.base[Int(key & 0xFFFF_FFFF)]
      byCategory[UInt16(truncatingIfNeeded: key >> 32), default: .zero] +=
        data.usesMoments ? cell : SIMD2(cell.x, cell.y == wanted ? cell.x : 0)
    }
    return byCategory.map { (category: $0.key, mean: $0.value.y / $0.value.x) }
      .sorted { $0.mean != $1.mean ? $0.mean < $1.mean : $0.category < $1.category }
      .map(\.category)
  }
}
