import Compute

/// How well a feature that is a number tells the label. Rows in which it is missing do not count.
///
/// As many rows as fit into memory are looked at together; of more, those between two of the feature's quantiles at a time.
struct NumberLeak {
  /// How many rows fit, at 40 bytes each.
  let room: Int
  /// How many numbers alone.
  let numbers: Int

  init(_ budget: MemoryBudget) {
    room = max(1 << 7, budget.limit / 40)
    numbers = max(1 << 10, budget.limit / 8)
  }

  // MARK: Classes

  /// The ROC area of each class by the feature's order.
  func areas(_ rows: LeakRows, _ classes: WordIndex) throws -> [Double?] {
    var ranks = ClassRanks(classes: classes.count)
    let edges = try edges(rows)
    // Numbers that are equal to an edge may be too many, and are only counted.
    var ties = [[Int]](repeating: Array(repeating: 0, count: classes.count), count: edges.count)
    if !edges.isEmpty {
      try forEach(rows, edges) { _, place, isEdge, label in
        if isEdge, let code = classes.place(of: label) { ties[place][code] += 1 }
      }
    }
    for part in 0...edges.count {
      var members: [ClassRanks.Member] = []
      try forEach(rows, edges) { value, place, isEdge, label in
        guard place == part, !isEdge, let code = classes.place(of: label) else { return }
        members.append(ClassRanks.Member(bits: value, code: Int32(code)))
      }
      ranks.add(sorting: &members)
      if part < edges.count { ranks.add(tied: ties[part]) }
    }
    return ranks.areas
  }

  /// Numbers between which few enough others lie; none when all are few enough.
  private func edges(_ rows: LeakRows) throws -> [Double] {
    var count = 0
    try rows.forEach { value, _ in count += value == CellsScan.missing ? 0 : 1 }
    guard count > room else { return [] }
    let parts = count / room + 2
    let shares = (1..<parts).map { Double($0) / Double(parts) }
    let found = try quantiles(shares, of: count) { body in
      try rows.forEach { value, _ in body(value) }
    }
    return Bins(edges: found, closedAbove: true).edges
  }

  /// Gives rows with the first edge that is not below the number, and whether it is this edge.
  @inline(__always)
  private func forEach(
    _ rows: LeakRows, _ edges: [Double],
    _ body: (_ value: UInt64, _ place: Int, _ isEdge: Bool, _ label: UInt64) -> Void
  ) throws {
    try rows.forEach { value, label in
      guard value != CellsScan.missing else { return }
      let number = Double(bitPattern: value)
      let place = SortedPlace.first(in: edges) { $0 >= number }
      body(value, place, place < edges.count && edges[place] == number, label)
    }
  }

  // MARK: Numbers

  /// Intervals that a number is told by.
  static let bins = 32

  /// R² of the means of the feature's intervals.
  ///
  /// - Parameter judged: nil when rows are told by the others of their table.
  func score(_ learnt: LeakRows, _ judged: LeakRows?, center: Double) throws -> Double? {
    var all = Spread()
    try forEachNumber(learnt, center) { _, distance in all.add(distance) }
    guard all.count > 0 else { return nil }
    let shares = (1..<Self.bins).map { Double($0) / Double(Self.bins) }
    let edges = try quantiles(shares, of: all.count) { body in
      try forEachNumber(learnt, center) { value, _ in body(value.bitPattern) }
    }
    let bins = Bins(edges: edges, closedAbove: true)
    let groups = try spreads(learnt, bins, center)
    guard let judged else {
      var means = GroupMeans(learnt: all, judged: nil)
      for group in groups { means.add(group) }
      return means.score
    }
    var others = Spread()
    try forEachNumber(judged, center) { _, distance in others.add(distance) }
    var means = GroupMeans(learnt: all, judged: others)
    for (own, rows) in zip(groups, try spreads(judged, bins, center)) {
      means.add(learnt: own, judged: rows)
    }
    return means.score
  }

  private func spreads(_ rows: LeakRows, _ bins: Bins, _ center: Double) throws -> [Spread] {
    var spreads = [Spread](repeating: Spread(), count: bins.count)
    try forEachNumber(rows, center) { value, distance in
      spreads[bins.index(of: value)].add(distance)
    }
    return spreads
  }

  @inline(__always)
  private func forEachNumber(
    _ rows: LeakRows, _ center: Double, _ body: (_ value: Double, _ distance: Double) -> Void
  ) throws {
    try rows.forEachNumber(from: center) { value, distance in
      if value != CellsScan.missing { body(Double(bitPattern: value), distance) }
    }
  }

  // MARK: Quantiles

  /// Quantiles in ascending order; those between infinities of both signs are left out.
  ///
  /// - Parameter forEach: gives so many numbers, and what is missing.
  private func quantiles(
    _ shares: [Double], of count: Int, _ forEach: @escaping ((UInt64) -> Void) throws -> Void
  ) throws -> [Double] {
    func read(_ body: (UnsafeBufferPointer<Double>) throws -> Void) throws {
      var block: [Double] = []
      var failure: (any Error)?
      try forEach { value in
        guard value != CellsScan.missing, failure == nil else { return }
        block.append(Double(bitPattern: value))
        guard block.count == 1 << 14 else { return }
        do { try block.withUnsafeBufferPointer(body) } catch { failure = error }
        block.removeAll(keepingCapacity: true)
      }
      if let failure { throw failure }
      try block.withUnsafeBufferPointer(body)
    }
    guard count <= numbers else {
      return try BlockSelection(of: count, room: numbers, read).quantiles(at: shares)
        .filter { !$0.isNaN }
    }
    var all: [Double] = []
    all.reserveCapacity(count)
    try read { all += $0 }
    return all.withUnsafeBufferPointer { Selection.quantiles(of: $0, at: shares) }
      .filter { !$0.isNaN }
  }
}
