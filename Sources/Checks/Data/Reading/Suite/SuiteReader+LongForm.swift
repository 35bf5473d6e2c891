import Formats

extension SuiteReader {
  /// Reads `{test: range, min: 18, max: 90, severity: warn, where: "country == 'KR'"}`.
  mutating func readLongForm(
    _ mapping: SuiteMapping, _ scope: TestScope
  ) throws(SuiteProblem) {
    let form = try longForm(mapping, scope)
    let common =
      ["test", "severity", "guess"]
      + (form.isOfChosenRows ? ["where", "by"] : [])
      + (form.place == .column ? ["mostly"] : []) + (form.name == "compare" ? ["mostly"] : [])
    var scope = scope
    let takesColumn = form.place == .column && scope.place == .table
    refuseUnknown(
      mapping,
      known: form.parameters.flatMap(\.keys) + common + (takesColumn ? ["column"] : []),
      "`\(form.name)`")
    if takesColumn {
      guard let node = mapping["column"] else {
        throw SuiteProblem(
          "`\(form.name)` of which column?", at: mapping.offset, hint: "add `column: NAME`")
      }
      let column = try text(node, "`column`").trimmed
      scope.column = SuiteName(text: column.string, offset: column.offset(0))
    }
    valueType = scope.column.flatMap { types[$0.text] }
    var arguments = TestArguments(at: mapping.fields.first?.offset ?? mapping.offset)
    for parameter in form.parameters {
      guard let (value, offset) = try argument(parameter, mapping, form) else { continue }
      arguments.set(parameter.key, value, at: offset)
    }
    try finish(form, arguments, try modifiers(mapping, form), scope)
  }

  private func longForm(
    _ mapping: SuiteMapping, _ scope: TestScope
  ) throws(SuiteProblem) -> TestForm {
    guard let node = mapping["test"] else {
      if scope.isDrift, let form = TestForm.named("drift") { return form }
      throw SuiteProblem("a test needs `test`, its name", at: mapping.offset)
    }
    let name = try text(node, "`test`").trimmed
    let fitting = TestForm.all.filter {
      $0.place == scope.place || scope.place == .table && $0.place == .column
    }
    guard let form = TestForm.named(name.string, under: scope.place) else {
      let same = TestForm.all.first { $0.words == name.string }?.name
      let near = same ?? nearestKey(name.string, fitting.map(\.name))
      throw SuiteProblem(
        "there is no test `\(SuiteCursor.shortened(name.string))`", at: name.offset(0),
        hint: near.map { "did you mean `\($0)`?" }
          ?? "there are: " + fitting.map(\.name).joined(separator: ", "))
    }
    guard fitting.contains(where: { $0.name == form.name && $0.place == form.place }),
      !scope.isDrift || form.name == "drift"
    else {
      throw SuiteProblem(
        "`\(form.name)` is \(form.place.noun)", at: name.offset(0),
        hint: "put it under \(form.place.section)")
    }
    return form
  }

  /// The value of a parameter, and where it stands; nil when it is not said.
  private mutating func argument(
    _ parameter: TestParameter, _ mapping: SuiteMapping, _ form: TestForm
  ) throws(SuiteProblem) -> (TestArgument, Int)? {
    if parameter.keys.count > 1 {
      if parameter.syntax == .set { return try set(mapping, form) }
      guard case .bounds(let measure) = parameter.syntax else { return nil }
      return try bounds(mapping, measure)
    }
    guard let node = mapping[parameter.key] else { return nil }
    let what = "`\(parameter.key)`"
    switch parameter.syntax {
    case .columns, .choices:
      let columns = try list(node, what)
      guard case .choices(let words) = parameter.syntax else {
        if form.place != .split, form.name != "schema" { name(columns) }
        return (.words(columns.map(\.text)), node.mark.offset)
      }
      for column in columns { try requireWord(column, words, what) }
      return (.words(words.filter(columns.map(\.text).contains)), node.mark.offset)
    default: break
    }
    let text = try text(node, what).trimmed
    let word = SuiteName(text: text.string, offset: text.offset(0))
    let value: TestArgument
    switch parameter.syntax {
    case .bounds(let measure):
      var cursor = SuiteCursor(text)
      value = .bounds(try cursor.bounds(measure, of: what))
      try requireEnd(cursor, what)
    case .most(let measure), .least(let measure), .below(let measure), .above(let measure),
      .number(let measure):
      value = .number(try number(text, measure, what))
    case .flag:
      guard try truth(word, what) else { return nil }
      value = .flag
    case .choice(let words):
      try requireWord(word, words, what)
      value = .word(word.text)
    case .column, .label:
      if form.place != .split { name([word]) }
      value = .word(word.text)
    case .pattern:
      let whole = try self.text(node, what)
      try Self.checkPattern(whole)
      value = .text(whole.string)
    case .timeFormat:
      let whole = try self.text(node, what)
      try Self.checkTimeFormat(whole)
      value = .text(whole.string)
    case .cell: value = try cell(text)
    case .expression: value = .expression(try condition(node, what))
    case .columns, .choices, .set: return nil
    }
    return (value, word.offset)
  }

  private mutating func modifiers(
    _ mapping: SuiteMapping, _ form: TestForm
  ) throws(SuiteProblem) -> TestModifiers {
    var modifiers = TestModifiers()
    if let node = mapping["severity"] {
      modifiers.severity = .init(value: try severity(node), offset: node.mark.offset)
    }
    if form.isOfChosenRows, let node = mapping["where"] {
      modifiers.filter = .init(value: try condition(node, "`where`"), offset: node.mark.offset)
    }
    if form.isOfChosenRows, let node = mapping["by"] {
      let text = try text(node, "`by`").trimmed
      name([SuiteName(text: text.string, offset: text.offset(0))])
      modifiers.group = .init(value: text.string, offset: text.offset(0))
    }
    if let node = mapping["mostly"] {
      let text = try text(node, "`mostly`").trimmed
      let share = try number(text, .share, "`mostly`")
      guard share > 0 else { throw Self.noneOf(text.offset(0)) }
      modifiers.mostly = .init(value: share, offset: text.offset(0))
    }
    if let node = mapping["guess"] {
      let text = try text(node, "`guess`").trimmed
      modifiers.isGuess = try truth(SuiteName(text: text.string, offset: text.offset(0)), "`guess`")
    }
    return modifiers
  }
}
