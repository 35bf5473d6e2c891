import Formats

extension TestForm {
  /// The short form: `nulls <= 5%`, and with a column in front of its parameters `class balance label >= 10%`.
  func shortForm(_ arguments: TestArguments, column: String? = nil) -> String {
    var parts = words.isEmpty ? [] : [words]
    if let column { parts.append(SuiteQuotes.column(column, besides: Set(shortWords))) }
    for parameter in parameters {
      guard let value = arguments[parameter.key] else { continue }
      if parameter.hidesStandard, parameter.standard == value { continue }
      if let lead = parameter.lead { parts.append(lead) }
      parts.append(parameter.shortForm(value, besides: Set(shortWords)))
    }
    return parts.joined(separator: " ")
  }

  /// The keys and values of the long form, without those of all tests.
  func longForm(_ arguments: TestArguments) -> [YAMLValue.Entry] {
    var entries = [YAMLValue.Entry(.string("test"), .string(name))]
    for parameter in parameters {
      guard let value = arguments[parameter.key] else { continue }
      if parameter.hidesStandard, parameter.standard == value { continue }
      entries += parameter.longForm(value)
    }
    return entries
  }
}

extension TestParameter {
  func shortForm(_ value: TestArgument, besides taken: Set<String> = []) -> String {
    switch (syntax, value) {
    case (.bounds(let measure), .bounds(let bounds)): bounds.shortForm(measure)
    // A share is never below 0, so at most nothing is nothing.
    case (.most(.share), .number(0)): "== 0"
    case (.most(let measure), .number(let number)): "<= " + measure.text(number)
    case (.least(let measure), .number(let number)): ">= " + measure.text(number)
    case (.below(let measure), .number(let number)): "< " + measure.text(number)
    case (.above(let measure), .number(let number)): "> " + measure.text(number)
    case (.number(let measure), .number(let number)): measure.text(number)
    case (.flag, _): key
    case (.column, .word(let word)), (.label, .word(let word)):
      SuiteQuotes.column(word, besides: taken)
    case (.columns, .words(let words)):
      "[" + words.map { SuiteQuotes.column($0) }.joined(separator: ", ") + "]"
    case (_, .word(let word)): word
    case (_, .words(let words)): "[" + words.joined(separator: ", ") + "]"
    case (_, .text(let text)): SuiteQuotes.text(text, "\"")
    case (_, .set(let set)): set.shortForm
    case (_, .cell(let table, let column)): SuiteQuotes.path("\(table.text)#\(column)")
    case (_, .expression(let expression)): expression.text
    case (_, .flag), (_, .number), (_, .bounds): ""
    }
  }

  fileprivate func longForm(_ value: TestArgument) -> [YAMLValue.Entry] {
    func entry(_ key: String, _ value: YAMLValue) -> YAMLValue.Entry { .init(.string(key), value) }
    switch (syntax, value) {
    case (.bounds(let measure), .bounds(let bounds)) where lead == nil:
      func end(_ value: Double) -> YAMLValue {
        measure == .share ? .string(measure.text(value)) : .number(value)
      }
      let low = bounds.lower.map { entry(bounds.excludesLower ? "above" : "min", end($0)) }
      let high = bounds.upper.map { entry(bounds.excludesUpper ? "below" : "max", end($0)) }
      return [low, high].compactMap(\.self)
    case (.most(let measure), .number(let number)), (.least(let measure), .number(let number)),
      (.below(let measure), .number(let number)), (.above(let measure), .number(let number)),
      (.number(let measure), .number(let number)):
      switch measure {
      case .share, .ratio, .duration: return [entry(key, .string(measure.text(number)))]
      case .number, .size, .probability, .count: return [entry(key, .number(number))]
      }
    case (.flag, _): return [entry(key, .bool(true))]
    case (_, .word(let word)): return [entry(key, .string(word))]
    case (_, .words(let words)): return [entry(key, .list(words.map { .string($0) }))]
    case (_, .text(let text)): return [entry(key, .string(text))]
    case (_, .set(.values(let values))):
      return [entry("values", .list(values.map { .string($0) }))]
    case (_, .set(.file(let path))): return [entry("file", .string(path))]
    case (_, .set(.column(let table, let column))):
      return [entry("from", .string("\(table.text)#\(column)"))]
    case (_, .cell(let table, let column)):
      return [entry(key, .string("\(table.text)#\(column)"))]
    case (_, .bounds), (_, .number), (_, .expression), (_, .flag):
      return [entry(key, .string(shortForm(value)))]
    }
  }
}

extension YAMLValue {
  fileprivate static func number(_ value: Double) -> YAMLValue {
    value == value.rounded() && value.magnitude < 1e15 ? .int(Int64(value)) : .float(value)
  }
}

extension ValueSet {
  var shortForm: String {
    switch self {
    case .values(let values):
      "[" + values.map(SuiteQuotes.value).joined(separator: ", ") + "]"
    case .file(let path): SuiteQuotes.path(path)
    case .column(let table, let column): SuiteQuotes.path("\(table.text)#\(column)")
    }
  }
}

extension TableReference {
  /// As a suite has it.
  package var text: String {
    switch place {
    case .path(let path):
      return path.contains("@") || Self.hasScheme(path) ? "file:\(path)" : path
    case .version(let path, let revision):
      return (Self.hasScheme(path) ? "dvc:" : "") + "\(path)@\(revision)"
    case .artifact(let run, let path): return "run:\(run)/\(path)"
    }
  }

  /// Whether a path would be read as something else.
  private static func hasScheme(_ path: String) -> Bool {
    let letters = path.prefix { $0.isASCII && ($0.isLowercase || $0.isNumber) }
    return letters.count > 1 && path.dropFirst(letters.count).first == ":"
  }
}

extension SuiteQuotes {
  /// A path: as it is where it can be told from what is around it, in quotes otherwise.
  static func path(_ path: String) -> String {
    guard let first = path.unicodeScalars.first else { return text(path, "\"") }
    let isOdd = path.unicodeScalars.contains {
      SuiteSource.isBlank($0) || ",[]()'\"`".unicodeScalars.contains($0)
    }
    // A range begins so.
    let isRange =
      SuiteCursor.isDigit(first) || "+-<>=!≤≥".unicodeScalars.contains(first)
      || path.hasPrefix("..") && !path.hasPrefix("../")
      || path.hasPrefix(".")
        && path.unicodeScalars.dropFirst().first.map(SuiteCursor.isDigit) == true
    return isOdd || isRange ? text(path, "\"") : path
  }

  /// A value of a list: as it is where it can be told from what is around it, in quotes otherwise.
  static func value(_ value: String) -> String {
    let scalars = value.unicodeScalars
    let isOdd = scalars.contains {
      ",[]`\"'#:{}\n\r".unicodeScalars.contains($0) || $0.value < 0x20
    }
    let isPadded =
      scalars.first.map(SuiteSource.isBlank) ?? true
      || scalars.last.map(SuiteSource.isBlank) ?? true
    let isMissing = value == "null" || value == "~"
    return isOdd || isPadded || isMissing ? text(value) : value
  }
}
