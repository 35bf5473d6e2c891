import Platform

/// What a template says of its questions beyond cookiecutter, under names that cookiecutter takes for private variables:
/// `__when__`, `__validators__`, `__types__` and `__help__`.
struct QuestionPlan {
  enum Kind: String, CaseIterable {
    case text = "str"
    case int, float, bool, secret, multiselect
  }

  private let conditions: AnswerMap
  private let validators: AnswerMap
  private let types: AnswerMap
  private let helps: AnswerMap

  init(_ variables: AnswerMap) {
    conditions = variables["__when__"]?.map ?? AnswerMap()
    validators = variables["__validators__"]?.map ?? AnswerMap()
    types = variables["__types__"]?.map ?? AnswerMap()
    helps = variables["__help__"]?.map ?? AnswerMap()
  }

  /// The expression that decides whether a variable is asked; nil when it always is.
  func condition(_ key: String) -> String? {
    switch conditions[key] {
    case .bool(let value)?: value ? nil : "false"
    case .string(let text)?: text
    default: nil
    }
  }

  func help(_ key: String) -> String? { helps[key]?.string }

  func type(_ key: String) -> Kind? {
    let name = types[key]?.string ?? types[key]?.map?["type"]?.string
    return name.flatMap { Kind(rawValue: $0) }
  }

  /// Which values of a choice are marked, when several may be; nil when only one may.
  func marked(_ key: String, _ values: [Answer]) -> [Int]? {
    guard type(key) == .multiselect else { return nil }
    guard let wanted = types[key]?.map?["default"]?.list else {
      return values.isEmpty ? [] : [0]
    }
    return values.indices.filter { index in wanted.contains { $0.equals(values[index]) } }
  }

  /// An answer of the type that the template wants.
  ///
  /// - Throws: ``Failure`` when the text is none.
  func typed(_ answer: Answer, _ key: String) throws -> Answer {
    guard let type = type(key), let text = answer.string else { return answer }
    guard let value = Self.value(text, type) else {
      throw Failure(.invalid, "`\(key)`: \(Self.wish(type)), not `\(text)`")
    }
    return value
  }

  private static func value(_ text: String, _ type: Kind) -> Answer? {
    let word = text.trimmingPythonSpace()
    return switch type {
    case .text, .secret, .multiselect: .string(text)
    case .int: Int(word).map { .int($0) }
    case .float: Double(word).flatMap { $0.isFinite ? .float($0) : nil }
    case .bool: YesNo.value(of: word).map { .bool($0) }
    }
  }

  private static func wish(_ type: Kind) -> String {
    switch type {
    case .int: "a whole number is wanted"
    case .float: "a number is wanted"
    case .bool: "yes or no is wanted"
    case .text, .secret, .multiselect: "text is wanted"
    }
  }

  /// What checks the answers to a variable; nil when all are good.
  func check(
    _ key: String, _ engine: ScaffoldEngine, _ context: TemplateContext
  ) throws -> (@Sendable (Answer) -> String?)? {
    let type = type(key)
    guard let rule = validators[key] else {
      guard let type else { return nil }
      return { answer in Self.typeProblem(answer, type) }
    }
    let pattern = rule.string ?? rule.map?["regex"]?.string
    let expression = rule.map?["expression"]?.string
    let message = rule.map?["message"]?.string
    if let pattern, (try? Regex(pattern)) == nil {
      throw Failure(
        .invalid, "`__validators__` of `\(key)` is no regular expression: \(pattern)")
    }
    return { (answer: Answer) -> String? in
      if let type, let problem = Self.typeProblem(answer, type) { return problem }
      let text = answer.pythonText
      if let pattern, let regex = try? Regex(pattern), (try? regex.wholeMatch(in: text)) == nil {
        return message ?? "`\(text)` does not match \(pattern)"
      }
      if let expression {
        var context = context
        context.set("value", answer.contextValue)
        do throws(TemplateError) {
          guard try !engine.truth(of: expression, in: context) else { return nil }
          return message ?? "`\(text)` does not meet \(expression)"
        } catch {
          return "the validator of `\(key)` fails: \(error.message)"
        }
      }
      return nil
    }
  }

  private static func typeProblem(_ answer: Answer, _ type: Kind) -> String? {
    guard let text = answer.string, value(text, type) == nil else { return nil }
    return wish(type) + ", not `\(text)`"
  }
}
