import Compute
import Platform

extension ModelJudge {
  /// The rows that a test asks the model about, without the label.
  private func asked(_ test: ModelTest) throws -> (table: Table, answers: Answers) {
    let evaluation = try evaluation.get()
    let all = Array(0..<evaluation.table.rowCount)
    let rows = try filtered(test, evaluation.table, all)
    guard !rows.isEmpty else { throw Failure(.invalid, "no row counts") }
    if rows.count == all.count { return (evaluation.table, evaluation.answers) }
    return (evaluation.table.selecting(rows), evaluation.answers.selecting(rows))
  }

  /// The class whose probability rises or falls, by its name; nil where numbers are answered.
  private func positive(_ answers: Answers) throws -> String? {
    guard case .classes(let names, _, _) = answers.content else { return nil }
    // All rows and their labels know classes that a few answers do not have.
    if case .success(let evaluation) = evaluation, case .classes = evaluation.answers.content {
      let view = try evaluation.classes
      return view.names[try view.positive(for: "this")]
    }
    if let named = suite.positive { return named }
    guard names.count == 2 else {
      throw Failure(
        .invalid, "this is of one class, and there are \(names.count)",
        hint: "say which with `positive: \(names.first ?? "CLASS")` in the suite")
    }
    return names[1]
  }

  // MARK: Invariance

  func invariance(_ test: ModelTest, _ rule: InvarianceRule) throws -> TestOutcome {
    let (table, before) = try asked(test)
    let (changed, isChanged) = try Perturbing(perturbation: rule.perturbation, seed: suite.seed)
      .changed(table, columns: rule.columns)
    let after = try predictor.answers(for: changed, threads: threads)
    // Rows that stay as they are prove nothing.
    let rows = isChanged.indices.filter { isChanged[$0] }
    guard !rows.isEmpty else {
      throw Failure(.invalid, "no row is changed by that", hint: "take another column")
    }
    var failing: [Int] = []
    var samples: [RowSample] = []
    for row in rows {
      guard let change = Self.change(before, after, row, rule.tolerance) else { continue }
      failing.append(row)
      if samples.count < RowSample.most {
        samples.append(RowSample(row: row, line: Self.line(table, row), value: change))
      }
    }
    return shared(test, failing.count, rows.count, rule.most, samples, "changed")
  }

  /// What a row was and is, when they differ.
  private static func change(
    _ before: Answers, _ after: Answers, _ row: Int, _ tolerance: Double
  ) -> String? {
    switch (before.content, after.content) {
    case (.numbers(let a), .numbers(let b)):
      guard abs(a[row] - b[row]) > tolerance * abs(a[row]) else { return nil }
      return "\(shortNumber(a[row])) → \(shortNumber(b[row]))"
    case (.classes(let names, let a, _), .classes(let others, let b, _)):
      let (old, new) = (names[Int(a[row])], others[Int(b[row])])
      return old == new ? nil : "\(old) → \(new)"
    case (.numbers, .classes), (.classes, .numbers): return "an answer of another kind"
    }
  }

  static func line(_ table: Table, _ row: Int) -> Int? {
    table.lines.indices.contains(row) ? table.lines[row] : nil
  }

  /// What came of a test of which a share of rows may fail.
  ///
  /// - Parameter note: is told behind what was found.
  func shared(
    _ test: ModelTest, _ failing: Int, _ all: Int, _ most: Double, _ samples: [RowSample],
    _ verb: String, note: String = ""
  ) -> TestOutcome {
    let rows = TestOutcome.RowShare(failing: failing, considered: all)
    return TestOutcome(
      test, passed: rows.share <= most + 1e-12,
      found: "\(DigitGroups.text(failing)) of \(count(all)) \(verb) (\(share(rows.share)))\(note)",
      value: rows.share, rows: rows, samples: samples,
      nearest: "\(verb) <= \(shortNumber((rows.share * 1e6).rounded(.up) / 1e4))%")
  }

  // MARK: Direction

  func directional(_ test: ModelTest, _ rule: DirectionRule) throws -> TestOutcome {
    let (table, before) = try asked(test)
    let numbers = try self.numbers(rule.column, table)
    let step = (rule.step ?? Perturbing.deviation(numbers)) * (rule.raises ? 1 : -1)
    guard step != 0 else {
      throw Failure(.invalid, "column `\(rule.column)` is the same in every row")
    }
    let moved = table.replacing(Column(rule.column, numbers.map { $0 + step }))
    let after = try predictor.answers(for: moved, threads: threads)
    let positive = try positive(before)
    let (old, new) = (try before.levels(of: positive), try after.levels(of: positive))
    let rows = numbers.indices.filter { !numbers[$0].isNaN }
    var failing = 0
    var samples: [RowSample] = []
    for row in rows {
      let (a, b) = (old[row], new[row])
      let wrong = rule.neverLowers ? a - b : b - a
      guard wrong > rule.tolerance else { continue }
      failing += 1
      if samples.count < RowSample.most {
        samples.append(
          RowSample(
            row: row, line: Self.line(table, row), value: "\(shortNumber(a)) → \(shortNumber(b))"))
      }
    }
    guard !rows.isEmpty else {
      throw Failure(.invalid, "no row has a value in `\(rule.column)`")
    }
    return shared(test, failing, rows.count, rule.most, samples, "violated")
  }

  private func numbers(_ name: String, _ table: Table) throws -> [Double] {
    guard let column = table[name] else { throw Failure.noColumn(name, in: table) }
    guard case .numbers(let numbers) = column.values else {
      throw Failure(.invalid, "column `\(name)` holds text, which has no direction")
    }
    return numbers
  }

  /// Rows whose answers are followed along the range of a column.
  private static let mostFollowed = 100

  func monotone(_ test: ModelTest, _ rule: MonotoneRule) throws -> TestOutcome {
    let (table, answers) = try asked(test)
    let numbers = try numbers(rule.column, table).filter(\.isFinite)
    guard let low = numbers.min(), let high = numbers.max(), low < high else {
      throw Failure(.invalid, "column `\(rule.column)` has no range")
    }
    let positive = try positive(answers)
    var chosen = Array(0..<table.rowCount)
    var stream = RandomStream(seed: suite.seed, purpose: "monotone rows")
    stream.shuffle(&chosen)
    chosen = chosen.prefix(Self.mostFollowed).sorted()
    // All places of a row follow each other.
    let steps = MonotoneRule.steps
    let rows = chosen.flatMap { [Int](repeating: $0, count: steps) }
    let grid = (0..<steps).map { low + (high - low) * Double($0) / Double(steps - 1) }
    let values = rows.indices.map { grid[$0 % steps] }
    let asked = table.selecting(rows).replacing(Column(rule.column, values))
    let found = try predictor.answers(for: asked, threads: threads).levels(of: positive)
    var failing = 0
    var samples: [RowSample] = []
    for (index, row) in chosen.enumerated() {
      let levels = found[index * steps..<(index + 1) * steps]
      let broken = zip(levels, levels.dropFirst()).enumerated().first {
        (rule.rises ? $1.0 - $1.1 : $1.1 - $1.0) > rule.tolerance
      }
      guard let broken else { continue }
      failing += 1
      if samples.count < RowSample.most {
        let text =
          "\(rule.column) \(shortNumber(grid[broken.offset])) → \(shortNumber(grid[broken.offset + 1])): "
          + "\(shortNumber(broken.element.0)) → \(shortNumber(broken.element.1))"
        samples.append(RowSample(row: row, line: Self.line(table, row), value: text))
      }
    }
    return shared(test, failing, chosen.count, 0, samples, "violated")
  }

  // MARK: Cases

  func minimumFunction(_ test: ModelTest, _ row: ModelCase) throws -> TestOutcome {
    let known = (try? evaluation.get())?.table
    if let features = predictor.features {
      for input in row.inputs where !features.contains(input.column) {
        throw Failure(
          .notFound, "the model looks at no column `\(input.column)`",
          hint: nearestName(to: input.column, among: features).map { "did you mean `\($0)`?" }
            ?? "it looks at \(features.prefix(20).joined(separator: ", "))")
      }
    }
    var columns = row.inputs.map { input in self.column(input, known) }
    // What a case does not say is missing.
    for name in predictor.features ?? [] where !row.inputs.contains(where: { $0.column == name }) {
      columns.append(column(.init(name, .missing), known))
    }
    let answers = try predictor.answers(for: Table(columns), threads: 1)
    let (passed, found) = try meets(row, answers)
    return TestOutcome(test, passed: passed, found: found)
  }

  /// A column of one cell, of the kind that it has in the data.
  private func column(_ input: ModelCase.Input, _ known: Table?) -> Column {
    let isText: Bool
    if let column = known?[input.column] {
      if case .codes = column.values { isText = true } else { isText = false }
    } else {
      isText = predictor.textColumns.contains(input.column)
    }
    switch input.value {
    case .number(let number):
      return isText
        ? Column(input.column, [PlainValue.text(number)]) : Column(input.column, [number])
    case .text(let text): return Column(input.column, [text])
    case .missing:
      return isText ? Column(input.column, [String?.none]) : Column(input.column, [Double.nan])
    }
  }

  private func meets(_ row: ModelCase, _ answers: Answers) throws -> (Bool, String) {
    switch (row.expectation, answers.content) {
    case (.bounds(let bounds), _):
      let level = try answers.levels(of: positive(answers))[0]
      return (bounds.contains(level), shortNumber(level))
    case (.value(.number(let wanted)), .numbers(let values)):
      return (
        abs(values[0] - wanted) <= row.tolerance * max(1, abs(wanted)), shortNumber(values[0])
      )
    case (.value(let value), .classes(let names, let labels, let probabilities)):
      let wanted: String
      switch value {
      case .number(let number): wanted = PlainValue.text(number)
      case .text(let text): wanted = text
      case .missing: wanted = ""
      }
      let own = Int(labels[0])
      guard let probabilities else {
        // One answer knows one class: it is that one or not.
        return (ClassPlaces([wanted])[names[own]] != nil, names[own])
      }
      guard let place = ClassPlaces(names)[wanted] else {
        throw Failure(
          .notFound, "the model knows no class `\(wanted)`",
          hint: "classes are \(names.prefix(20).joined(separator: ", "))")
      }
      return (own == place, "\(names[own]) (\(shortNumber(probabilities[0, own])))")
    case (.value(let value), .numbers(let values)):
      guard case .text(let text) = value else { return (false, shortNumber(values[0])) }
      throw Failure(.invalid, "the model predicts numbers, and `\(text)` is none")
    }
  }
}
