import Compute
import Learning
import Platform
import SystemPackage

extension ModelJudge {
  private func rowsOfData() throws -> (table: Table, answers: Answers) {
    let evaluation = try evaluation.get()
    guard evaluation.table.rowCount > 0 else { throw Failure(.invalid, "the table has no rows") }
    return (evaluation.table, evaluation.answers)
  }

  // MARK: Determinism

  func deterministic(_ test: ModelTest, _ tolerance: Double) throws -> TestOutcome {
    let (table, first) = try rowsOfData()
    var widest = 0.0
    var differing = 0
    // The same question once more, and with one thread and several.
    for width in [threads, 1, max(2, threads)] {
      let again = try predictor.answers(for: table, threads: width)
      let (rows, distance) = Self.difference(first, again)
      differing = max(differing, rows)
      widest = max(widest, distance)
    }
    let passed = tolerance > 0 ? widest <= tolerance : differing == 0
    return TestOutcome(
      test, passed: passed,
      found: differing == 0
        ? "the same \(count(table.rowCount)), bit by bit"
        : "\(DigitGroups.text(differing)) of \(count(table.rowCount)) differ, by up to \(shortNumber(widest))",
      value: widest, rows: .init(failing: differing, considered: table.rowCount),
      nearest: "within \(PlainValue.text(NearNumber.above(widest)))")
  }

  /// How many rows have other answers, and how far these are apart at most; infinity for classes.
  static func difference(_ a: Answers, _ b: Answers) -> (rows: Int, most: Double) {
    guard a.count == b.count else { return (max(a.count, b.count), .infinity) }
    var (rows, most) = (0, 0.0)
    func compare(_ x: Double, _ y: Double) -> Bool {
      guard x.bitPattern != y.bitPattern else { return false }
      most = max(most, abs(x - y))
      return true
    }
    switch (a.content, b.content) {
    case (.numbers(let x), .numbers(let y)):
      for row in x.indices where compare(x[row], y[row]) { rows += 1 }
    case (.classes(let names, let x, let p?), .classes):
      guard let q = b.probabilities(of: names) else { return labelDifference(a, b) }
      for row in x.indices {
        var differs = false
        for column in 0..<p.columns where compare(p[row, column], q[row, column]) {
          differs = true
        }
        if differs { rows += 1 }
      }
    case (.classes, .classes): return labelDifference(a, b)
    case (.numbers, .classes), (.classes, .numbers): return (a.count, .infinity)
    }
    return (rows, most)
  }

  /// Of classes alone.
  private static func labelDifference(_ a: Answers, _ b: Answers) -> (rows: Int, most: Double) {
    guard case .classes(let names, let x, _) = a.content,
      case .classes(let others, let y, _) = b.content
    else { return (a.count, .infinity) }
    let rows = x.indices.count { names[Int(x[$0])] != others[Int(y[$0])] }
    return (rows, rows > 0 ? .infinity : 0)
  }

  // MARK: Time

  /// Batches that are timed, and seconds after which no further one is.
  private static let (mostBatches, mostSeconds) = (200, 2.0)

  private func times(_ batch: Int) throws -> (seconds: [Double], rows: Int) {
    let (table, _) = try rowsOfData()
    let size = min(batch, table.rowCount)
    let clock = ContinuousClock()
    func ask(_ number: Int) throws -> Double {
      let start = number * size % max(1, table.rowCount - size + 1)
      let part = table.selecting(Array(start..<start + size))
      let begin = clock.now
      _ = try predictor.answers(for: part, threads: threads)
      let (seconds, attoseconds) = begin.duration(to: clock.now).components
      return Double(seconds) + Double(attoseconds) * 1e-18
    }
    // The first ones pay for what is loaded.
    for number in 0..<3 { _ = try ask(number) }
    var all: [Double] = []
    var total = 0.0
    while all.count < Self.mostBatches, total < Self.mostSeconds || all.count < 5 {
      let seconds = try ask(all.count)
      all.append(seconds)
      total += seconds
    }
    return (all, size)
  }

  func latency(_ test: ModelTest, _ rule: LatencyRule, _ bounds: Bounds) throws -> TestOutcome {
    let (seconds, rows) = try times(rule.batch)
    let sample = OrderedSample(sorting: seconds)
    let value = sample.quantile(rule.quantile)
    func shown(_ quantile: Double) -> String {
      "\(shortNumber((sample.quantile(quantile) * 1e6).rounded() / 1e3)) ms"
    }
    return TestOutcome(
      test, passed: bounds.contains(value),
      found:
        "p50 \(shown(0.5)), p95 \(shown(0.95)), p99 \(shown(0.99)) for \(count(rows)) at once, \(seconds.count) times",
      value: value)
  }

  func throughput(_ test: ModelTest, _ batch: Int, _ bounds: Bounds) throws -> TestOutcome {
    let (seconds, rows) = try times(batch)
    let value = Double(rows) * Double(seconds.count) / seconds.reduce(0, +)
    return TestOutcome(
      test, passed: bounds.contains(value),
      found: "\(DigitGroups.text(Int(min(value, 1e15)))) rows a second, \(count(rows)) at once",
      value: value)
  }

  // MARK: Files

  func size(_ test: ModelTest, _ bounds: Bounds) throws -> TestOutcome {
    guard let file = predictor.file else {
      throw Failure(.invalid, "\(predictor.name) is no file, and has no size")
    }
    let bytes = try Self.bytes(file)
    return TestOutcome(
      test, passed: bounds.contains(Double(bytes)), found: "\(ByteCount(bytes))",
      value: Double(bytes), nearest: "<= \(ByteSize.text(Double(bytes)))")
  }

  /// Of a file, or of all files of a folder.
  private static func bytes(_ path: FilePath) throws -> Int64 {
    guard FileSystem.isDirectory(path) else { return try FileSystem.status(path)?.size ?? 0 }
    return try FileSystem.components(in: path).reduce(0) { try $0 + bytes(path.appending($1)) }
  }

  func roundTrip(
    _ test: ModelTest, _ format: ModelTest.ExportFormat, _ tolerance: Double
  ) throws -> TestOutcome {
    guard let own = predictor as? FilePredictor else {
      throw Failure(.unsupported, "\(predictor.name) is no model that can be written to a file")
    }
    let (table, before) = try rowsOfData()
    let folder = try TemporaryDirectory(prefix: "reprise-export-")
    let file = folder.path.appending(
      format == .onnx ? "model.onnx" : format == .xgboost ? "model.json" : "model.txt")
    let kind: ModelFormat =
      switch format {
      case .onnx: .onnx
      case .xgboost: .xgboostJSON
      case .lightgbm: .lightgbmText
      }
    try FileSystem.write(ModelExport.bytes(of: own.model, as: kind), to: file, durable: false)
    let copy = try FilePredictor(file, shownAs: "the model as \(kind.rawValue)")
    let after = try copy.answers(for: table, threads: threads)
    let (differing, most) = Self.difference(before, after)
    return TestOutcome(
      test, passed: differing == 0 || most <= tolerance,
      found: differing == 0
        ? "the same \(count(table.rowCount)), bit by bit"
        : "predictions differ by up to \(shortNumber(most))",
      value: most, nearest: most.isFinite ? "within \(shortNumber(most))" : nil)
  }
}

/// Sizes of files as a suite has them.
enum ByteSize {
  static let units: [(name: String, bytes: Double)] = [
    ("B", 1), ("kB", 1e3), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("KiB", 1024),
    ("MiB", 1_048_576), ("GiB", 1_073_741_824),
  ]

  /// In the largest unit of which it is a whole number.
  static func text(_ bytes: Double) -> String {
    for (name, size) in units.reversed() where name != "KB" && size > 1 {
      let count = bytes / size
      if count >= 1, count == count.rounded(), count < 100_000 {
        return PlainValue.text(count) + name
      }
    }
    return PlainValue.text(bytes) + "B"
  }
}
