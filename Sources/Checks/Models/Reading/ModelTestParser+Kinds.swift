import Platform

extension ModelTestParser {
  /// A test that begins with a word of its own; nil when none does.
  mutating func special() throws(SuiteProblem) -> ModelTest.Kind? {
    try refuseNetworks()
    if cursor.takeWord("beats") { return try beats() }
    if cursor.takeWords("no worse than champion") { return try noWorse() }
    if cursor.takeWords("no nan") { return .finite }
    if cursor.takeWords("matches served") { return try skew() }
    if cursor.takeWords("overfits one batch") { return try oneBatch() }
    if cursor.takeWord("overfit") {
      let metric = try takeMetric()
      return .overfit(metric, max: try most(.size, of: "`overfit`") ?? 0.05)
    }
    if cursor.takeWord("ece") { return try calibration(.ece) }
    if cursor.takeWord("mce") { return try calibration(.mce) }
    if cursor.takeWord("calibration") { return try recalibration() }
    if cursor.takeWords("invariant to") { return try invariant() }
    if cursor.takeWord("raising") { return try direction(raises: true) }
    if cursor.takeWord("lowering") { return try direction(raises: false) }
    if cursor.takeWord("monotone") { return try monotone() }
    if cursor.takeWord("latency") { return try latency() }
    if cursor.takeWord("throughput") {
      let bounds = try bounds(.size, of: "`throughput`")
      return .throughput(batch: try batch() ?? 1000, bounds)
    }
    if cursor.takeWord("size") { return try size() }
    if cursor.takeWord("trained") { return try staleness() }
    if cursor.takeWord("deterministic") { return .deterministic(tolerance: try within() ?? 0) }
    if cursor.takeWords("label shuffle") { return .labelShuffle(margin: try within() ?? 0.1) }
    if cursor.hyphenatedWord?.text == "round-trip", let end = cursor.hyphenatedWord?.end {
      cursor.move(to: end)
      let format: ModelTest.ExportFormat = try choice("`round-trip`")
      return .roundTrip(format, tolerance: try within() ?? 1e-5)
    }
    return nil
  }

  /// What is only of networks, of which there is no trainer yet.
  private func refuseNetworks() throws(SuiteProblem) {
    let names = ["loss at init", "loss-at-init", "grad flow", "grad-flow"]
    for name in names {
      var copy = cursor
      guard copy.takeWords(name) || cursor.hyphenatedWord?.text == name else { continue }
      throw cursor.problem(
        "`\(name)` is a test of neural networks, which nothing here trains yet",
        hint: "leave it out; `overfits one batch` and `label shuffle` are of every trainer")
    }
  }

  /// One of the words of a kind.
  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ what: String
  ) throws(SuiteProblem) -> Choice {
    let words = Choice.allCases.map(\.rawValue)
    if let word = cursor.hyphenatedWord, let found = Choice(rawValue: word.text) {
      cursor.move(to: word.end)
      return found
    }
    let near = cursor.hyphenatedWord.flatMap { nearestName(to: $0.text, among: words) }
    throw cursor.problem(
      "expected \(SuiteCursor.choices(words.map { "`\($0)`" })) behind \(what), found \(cursor.found)",
      hint: near.map { "did you mean `\($0)`?" })
  }

  mutating func within() throws(SuiteProblem) -> Double? {
    guard cursor.takeWord("within") else { return nil }
    return try cursor.measure(.size, of: "`within`")
  }

  mutating func batch() throws(SuiteProblem) -> Int? {
    guard cursor.takeWord("batch") else { return nil }
    let count = try cursor.measure(.count, of: "`batch`")
    guard count >= 1, count <= 1e9 else { throw cursor.problem("a batch has at least one row") }
    return Int(count)
  }
}
