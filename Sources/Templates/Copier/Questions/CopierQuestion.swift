import Formats
import Platform

/// One question of a copier template, with the templates in it rendered as they are needed.
struct CopierQuestion {
  let name: String
  private let details: ContextValue
  private let engine: CopierEngine
  private let context: TemplateContext

  private static let keys: Set<String> = [
    "type", "help", "default", "choices", "multiselect", "when", "validator", "secret",
    "placeholder", "multiline", "qmark", "ask", "use_shortcuts", "use_search_filter",
    "choices_style",
  ]

  init(
    _ name: String, _ details: ContextValue, engine: CopierEngine, context: TemplateContext
  ) throws {
    self.name = name
    self.details = details
    self.engine = engine
    self.context = context
    if isSecret, details["default"] == nil {
      throw Failure(.invalid, "the question `\(name)` is secret and needs a default")
    }
    for pair in details.pairs ?? [] where !Self.keys.contains(pair.key.pythonText) {
      throw Failure(
        .invalid, "the question `\(name)` has an unknown key `\(pair.key.pythonText)`",
        hint: nearestName(to: pair.key.pythonText, among: Self.keys.sorted()).map {
          "did you mean `\($0)`?"
        })
    }
  }

  var isSecret: Bool { details["secret"]?.isTrue == true }
  private var isSeveral: Bool { details["multiselect"]?.isTrue == true }

  /// A template in a question, rendered; lists item by item, all else as it is.
  private func render(
    _ value: ContextValue, with extra: [(String, ContextValue)] = []
  ) throws -> ContextValue {
    if let text = value.plainText {
      var context = context
      for (name, value) in extra { context.set(Text(name), value) }
      return .text(try engine.text(text, context, what: "the question `\(name)`"))
    }
    if case .list(let items) = value { return .list(try items.map { try render($0, with: extra) }) }
    return value
  }

  private func type() throws -> CopierType {
    let word = details["type"]?.pythonText ?? ""
    guard !word.isEmpty else { return CopierType(of: details["default"]) }
    let name = try render(.text(word)).pythonText
    guard let type = CopierType(rawValue: name) else {
      throw Failure(.invalid, "Unsupported type \"\(name)\" in question \"\(self.name)\"")
    }
    return type
  }

  /// Whether the question is asked at all.
  func applies() throws -> Bool { CopierType.truth(try render(details["when"] ?? .bool(true))) }

  /// Whether it may be asked when there is an answer or a default.
  func asks() throws -> Bool { CopierType.truth(try render(details["ask"] ?? .bool(true))) }

  /// The default as the question has it, or an earlier answer; nil when there is none.
  func defaultAnswer(_ answers: CopierAnswers) throws -> ContextValue? {
    var found = answers.given[name] ?? answers.last[name]
    if found == nil {
      guard let value = details["default"] else { return nil }
      guard !mentionsUnset(value) else { return try unsetDefault(value) }
      found = try render(value)
    }
    guard let found else { return nil }
    let answer = try parse(found)
    if try applies(), !isSecret { try validate(answer) }
    return answer
  }

  private func mentionsUnset(_ value: ContextValue) -> Bool {
    if let text = value.plainText { return text.contains("UNSET") }
    return value.items?.contains(where: mentionsUnset) == true
  }

  /// A default that may say `UNSET`, which means that there is none: an undefined name that must not be printed.
  private func unsetDefault(_ value: ContextValue) throws -> ContextValue? {
    // No other text has this in it.
    let mark = "\u{1}UNSET\u{1}"
    let rendered = try render(value, with: [("UNSET", .text(mark))])
    guard !rendered.pythonText.contains(mark) else { return nil }
    let answer = try parse(rendered)
    if try applies(), !isSecret { try validate(answer) }
    return answer
  }

  /// An answer as its type wants it.
  ///
  /// - Throws: ``Failure`` when the type or the choices do not allow it.
  func parse(_ answer: ContextValue) throws -> ContextValue {
    guard isSeveral else { return try parseOne(answer) }
    var items = answer.items
    if items == nil, let text = answer.plainText { items = try Self.shallowList(text) }
    guard let items else { throw wrong("\(answer.pythonRepr) is not a list") }
    let parsed = try items.map(parseOne)
    return .list(try choices().map(\.value).filter(parsed.contains))
  }

  private func parseOne(_ answer: ContextValue) throws -> ContextValue {
    let value = try cast(answer)
    let choices = try choices()
    guard !choices.isEmpty else { return value }
    var problem: String?
    for choice in choices where choice.value == value {
      guard let reason = choice.problem else { return value }
      problem = problem ?? reason
    }
    let valid = choices.filter { $0.problem == nil }.map(\.value.pythonRepr).joined(separator: ", ")
    throw Failure(
      .invalid,
      "Invalid choice for '\(name)': \(problem ?? "\(value.pythonRepr) is not in [\(valid)]")")
  }

  private func wrong(_ message: String) -> Failure {
    Failure(.invalid, "the question `\(name)`: \(message)")
  }

  private func cast(_ answer: ContextValue) throws -> ContextValue {
    let type = try type()
    if answer == .none, type != .json, type != .yaml {
      throw wrong("Invalid answer \"None\" of type \"\(type.rawValue)\"")
    }
    do { return try type.cast(answer) } catch { throw wrong(error.message) }
  }

  struct Choice {
    var label: String
    var value: ContextValue
    /// Why it cannot be chosen; nil when it can.
    var problem: String?
  }

  func choices() throws -> [Choice] {
    guard var list = details["choices"] else { return [] }
    if list.plainText != nil {
      let text = try render(list).pythonText
      do { list = ContextValue(try YAMLValue(parsing: text)) } catch {
        throw wrong("its choices are no YAML: \(error.message)")
      }
    }
    let pairs: [(ContextValue, ContextValue)] =
      list.pairs.map { $0.map { ($0.key, $0.value) } }
      ?? (list.items ?? []).map { item in
        if let pair = item.items, pair.count == 2 { return (pair[0], pair[1]) }
        return (item, item)
      }
    let isPaired = list.pairs != nil
    return try pairs.map { label, raw in
      var value = raw
      var problem: String?
      let isDetailed = raw.pairs != nil && (isPaired || label != raw)
      if isDetailed {
        guard let inner = raw["value"] else { throw wrong("Property 'value' is required") }
        problem = try render(raw["validator"] ?? .text("")).pythonText
        value = inner
      }
      return Choice(
        label: try render(label).pythonText, value: try cast(try render(value)),
        problem: problem.flatMap { $0.isEmpty ? nil : $0 })
    }
  }

  /// - Throws: ``Failure`` with what the validator says.
  func validate(_ answer: ContextValue) throws {
    guard let validator = details["validator"], validator.isTrue else { return }
    let said: String
    do {
      said = try render(validator, with: [(name, answer)]).pythonText.trimmingWhitespace
    } catch let failure as Failure { said = failure.message }
    guard said.isEmpty else {
      throw Failure(.invalid, "Validation error for question '\(name)': \(said)")
    }
  }

  /// The items of a YAML list as they are written: only the outermost list is read.
  private static func shallowList(_ text: String) throws -> [ContextValue] {
    guard let node = try? YAMLNode(parsing: Array(text.utf8)), let items = node.items else {
      throw Failure(.invalid, "Not a YAML list: \(text)")
    }
    let scalars = Array(text.unicodeScalars)
    return items.map { item in
      var raw = String(
        String.UnicodeScalarView(
          scalars[min(item.start.offset, scalars.count)..<min(item.end.offset, scalars.count)])
      ).trimmingWhitespace
      let quotes = ["\"", "'"]
      if item.text != nil, raw.utf8.count >= 2,
        quotes.contains(where: { raw.hasPrefix($0) && raw.hasSuffix($0) })
      {
        raw = String(raw.dropFirst().dropLast())
      }
      return .text(raw)
    }
  }

  /// What is asked of a person.
  func prompt(_ shown: ContextValue?) throws -> CopierPrompt {
    let help = try details["help"].map { try render($0).pythonText } ?? ""
    return CopierPrompt(
      name: name, text: help.isEmpty ? name : help, type: try type(), isSeveral: isSeveral,
      isSecret: isSecret, choices: try choices().map { ($0.label, $0.value, $0.problem) },
      shown: shown)
  }
}

/// A question that is put to a person.
package struct CopierPrompt: Sendable {
  package var name: String
  package var text: String
  let type: CopierType
  package var isSeveral: Bool
  package var isSecret: Bool
  package var choices: [(label: String, value: ContextValue, problem: String?)]
  /// What an empty answer means; nil when there must be one.
  package var shown: ContextValue?
}

extension CopierPrompt {
  package var isYesNo: Bool { type == .bool }

  /// The values that are marked when several may be chosen.
  package var shownItems: [ContextValue] { shown?.items ?? [] }

  /// What an empty line stands for, as it is shown; JSON and YAML in one line.
  package var shownText: String? {
    guard let shown else { return nil }
    if shown == .none { return "" }
    switch type {
    case .json, .yaml:
      return shown.plainText
        ?? (try? PythonJSONText.text(shown, indent: nil, sortsKeys: false, escapes: false))
    default: return shown.pythonText
    }
  }
}
