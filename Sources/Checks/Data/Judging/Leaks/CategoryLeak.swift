import Compute

/// How well a feature that is a text or a category tells the label, by what is learnt of each of its values. What is missing is a
/// value too.
///
/// So many different values as fit into memory are looked at together.
struct CategoryLeak {
  /// How many fit, at 72 bytes each.
  let room: Int

  init(_ budget: MemoryBudget) { room = max(1 << 7, budget.limit / 72) }

  // MARK: Classes

  /// The ROC area of each class by its share of the rows with a value.
  ///
  /// - Parameter judged: nil when rows are told by the others of their table.
  func areas(
    _ learnt: LeakRows, _ judged: LeakRows?, _ classes: WordIndex
  ) throws -> [Double?] {
    var rates = ClassRates(
      learnt: try counts(learnt, classes), judged: try judged.map { try counts($0, classes) })
    let tables = [learnt] + (judged.map { [$0] } ?? [])
    for range in try WordGroups(of: tables).ranges(of: room) {
      try add(range, tables, classes, to: &rates)
    }
    return rates.areas
  }

  private func counts(_ rows: LeakRows, _ classes: WordIndex) throws -> [Int] {
    var counts = [Int](repeating: 0, count: classes.count)
    try rows.forEach { _, label in
      if let code = classes.place(of: label) { counts[code] += 1 }
    }
    return counts
  }

  private func add(
    _ groups: Range<Int>, _ tables: [LeakRows], _ classes: WordIndex, to rates: inout ClassRates
  ) throws {
    var values = WordIndex()
    // A value with a class, and in how many rows of either table they stand.
    var pairs = WordIndex()
    var counts: [[Int]] = [[], []]
    for (table, rows) in tables.enumerated() {
      try rows.forEach { value, label in
        guard groups.contains(WordGroups.group(WordGroups.spread(value))),
          let code = classes.place(of: label)
        else { return }
        let place = values.add(value).place
        let pair = pairs.add(UInt64(place) * UInt64(classes.count) + UInt64(code))
        if pair.isNew {
          counts[0].append(0)
          counts[1].append(0)
        }
        counts[table][pair.place] += 1
      }
    }
    let order = pairs.words.indices.sorted { pairs.words[$0] < pairs.words[$1] }
    let count = UInt64(classes.count)
    var parts: [ClassRates.Part] = []
    for (index, pair) in order.enumerated() {
      let word = pairs.words[pair]
      parts.append(
        ClassRates.Part(
          code: Int(word % count), learnt: counts[0][pair], judged: counts[1][pair]))
      let isLast = index + 1 == order.count || pairs.words[order[index + 1]] / count != word / count
      guard isLast else { continue }
      rates.add(parts[...])
      parts.removeAll(keepingCapacity: true)
    }
  }

  // MARK: Numbers

  /// R² of the means of the rows with a value.
  ///
  /// - Parameter judged: nil when rows are told by the others of their table.
  func score(_ learnt: LeakRows, _ judged: LeakRows?, center: Double) throws -> Double? {
    let all = try spread(learnt, center)
    guard all.count > 0 else { return nil }
    var means = GroupMeans(learnt: all, judged: try judged.map { try spread($0, center) })
    let tables = [learnt] + (judged.map { [$0] } ?? [])
    for range in try WordGroups(of: tables).ranges(of: room) {
      var values = WordIndex()
      var spreads: [[Spread]] = [[], []]
      for (table, rows) in tables.enumerated() {
        try rows.forEachNumber(from: center) { value, distance in
          guard range.contains(WordGroups.group(WordGroups.spread(value))) else { return }
          let (place, isNew) = values.add(value)
          if isNew {
            spreads[0].append(Spread())
            spreads[1].append(Spread())
          }
          spreads[table][place].add(distance)
        }
      }
      for place in spreads[0].indices {
        if judged == nil {
          means.add(spreads[0][place])
        } else {
          means.add(learnt: spreads[0][place], judged: spreads[1][place])
        }
      }
    }
    return means.score
  }

  private func spread(_ rows: LeakRows, _ center: Double) throws -> Spread {
    var spread = Spread()
    try rows.forEachNumber(from: center) { _, distance in spread.add(distance) }
    return spread
  }
}
