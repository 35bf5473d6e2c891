import Formats
import Platform

extension ManifestReader {
  mutating func readParameters(
    _ field: YAMLNode.Field, of entryPoint: EntryPoint
  ) -> [Parameter] {
    if field.value == .none {
      warn(
        "`parameters` of `\(entryPoint.name)` is empty; MLflow cannot read that",
        hint: "remove it, or write `parameters: {}`", field.keyNode)
      return []
    }
    guard
      let section = section(
        field, "`parameters` of `\(entryPoint.name)`",
        hint: "write parameters below it, such as `alpha: float`")
    else { return [] }
    warnRepeated(section)
    var parameters: [Parameter] = []
    for field in section.fields {
      let name = name(of: field)
      if entryPoint.trainer != nil, field.value.entries == nil {
        parameters.append(readValue(field, name))
      } else if let parameter = readParameter(field, name) {
        parameters.append(parameter)
      }
    }
    return parameters
  }

  /// A trainer's parameter with its value alone: `rounds: 100`.
  private mutating func readValue(_ field: YAMLNode.Field, _ name: String) -> Parameter {
    let value = field.value == .none ? nil : field.value.pythonText
    return Parameter(name, default: value, location: location(field.keyNode.mark))
  }

  private mutating func readParameter(_ field: YAMLNode.Field, _ name: String) -> Parameter? {
    var parameter = Parameter(name, location: location(field.keyNode.mark))
    if let word = field.value.string {
      parameter.kind = kind(word, of: name, field.valueNode)
      return parameter
    }
    guard
      let section = section(
        field, "the parameter `\(name)`",
        hint: "write its type, such as `\(name): float`, or `\(name): {type: float, default: …}`")
    else { return nil }
    warnMisspelled(
      section,
      known: ["type", "default", "choices", "min", "max", "required", "flag", "description"])
    let flag = present(section["flag"])
    if let type = section["type"] {
      parameter.kind = kind(type.value.pythonText, of: name, type.valueNode)
    } else if flag != nil {
      parameter.kind = .bool
    }
    parameter.description = text(
      section["description"], "the description of `\(name)`", hint: "write one line of text")
    if let flag { parameter.flag = readFlag(flag, parameter) }
    readBounds(section, &parameter)
    readChoices(section, &parameter)
    readDefault(section, &parameter)
    return parameter
  }

  private mutating func kind(_ word: String, of name: String, _ node: YAMLNode) -> Parameter.Kind {
    let kind = Parameter.Kind(word)
    if case .other = kind, let near = nearestName(to: word, among: Parameter.Kind.words) {
      warn(
        "`\(name)` has the unknown type `\(word)` and is taken as text",
        hint: "did you mean `\(near)`?", node)
    }
    return kind
  }

  private mutating func readFlag(_ field: YAMLNode.Field, _ parameter: Parameter) -> String? {
    guard parameter.kind == .bool else {
      report(
        "`flag` is for `bool`, and `\(parameter.name)` is `\(parameter.kind.word)`",
        hint: "write `type: bool`", field.keyNode)
      return nil
    }
    guard let flag = field.value.string, !flag.isEmpty else {
      report(
        "`flag` is \(field.value.typeName), not an option",
        hint:
          "write what to put into the command when it is true, such as `flag: --\(parameter.name)`",
        field.valueNode)
      return nil
    }
    return flag
  }

  private mutating func readBounds(_ section: Section, _ parameter: inout Parameter) {
    parameter.minimum = readBound("min", section, parameter)
    parameter.maximum = readBound("max", section, parameter)
    if let low = parameter.minimum, let high = parameter.maximum, low > high,
      let field = section["max"]
    {
      report(
        "`max` of `\(parameter.name)` is \(Parameter.shown(high)), below `min`, \(Parameter.shown(low))",
        hint: "swap them", field.valueNode)
      parameter.maximum = nil
    }
  }

  private mutating func readBound(
    _ key: String, _ section: Section, _ parameter: Parameter
  ) -> Double? {
    guard let field = present(section[key]) else { return nil }
    guard parameter.kind == .int || parameter.kind == .float else {
      report(
        "`\(key)` is for `int` and `float`, and `\(parameter.name)` is `\(parameter.kind.word)`",
        hint: "write `type: float`, or remove `\(key)`", field.keyNode)
      return nil
    }
    // `1e-3` is a text to YAML 1.1, and plainly a number to whoever wrote it.
    let written = field.value.string.flatMap { PythonNumber.float($0) }
    guard let bound = field.value.number ?? written, !bound.isNaN else {
      report(
        "`\(key)` of `\(parameter.name)` is `\(field.value.pythonText)`, which is not a number",
        hint: "write a number, such as `\(key): 1`", field.valueNode)
      return nil
    }
    return bound
  }

  private mutating func readChoices(_ section: Section, _ parameter: inout Parameter) {
    guard let field = present(section["choices"]) else { return }
    guard let items = field.valueNode.items, case .list(let values) = field.value else {
      report(
        "`choices` of `\(parameter.name)` is \(field.value.typeName), not a list",
        hint: "write it as `choices: [small, large]`", field.valueNode)
      return
    }
    if values.isEmpty {
      report(
        "`choices` of `\(parameter.name)` is empty", hint: "name at least one value, or remove it",
        field.valueNode)
    }
    // The choices that were read must not judge those that follow.
    var choices: [String] = []
    for (node, value) in zip(items, values) {
      switch value {
      case .none, .list, .tuple, .set, .map:
        report(
          "`choices` of `\(parameter.name)` has \(value.typeName), which is not a single value",
          hint: "write single values, such as `choices: [small, large]`", node)
      default:
        if let problem = parameter.problem(with: value.pythonText, at: location(node.mark)) {
          problems.append(inKey("choices", problem))
        } else {
          choices.append(value.pythonText)
        }
      }
    }
    parameter.choices = choices
  }

  private mutating func readDefault(_ section: Section, _ parameter: inout Parameter) {
    let required = readRequired(section, parameter)
    guard let field = present(section["default"]) else {
      parameter.isRequired = required ?? (parameter.flag == nil)
      return
    }
    parameter.defaultValue = field.value.pythonText
    parameter.isRequired = false
    if required == true, let key = section["required"] {
      warn(
        "`\(parameter.name)` is required and has a default, which is used",
        hint: "remove one of them", key.keyNode)
    }
    // A URI is looked at when it is used: MLflow lets a default stand that every run replaces.
    guard parameter.kind != .uri || !parameter.choices.isEmpty else { return }
    let mark = location(field.valueNode.mark)
    if let problem = parameter.problem(with: field.value.pythonText, at: mark) {
      problems.append(inKey("default", problem))
    }
  }

  private mutating func readRequired(_ section: Section, _ parameter: Parameter) -> Bool? {
    guard let field = present(section["required"]) else { return nil }
    if let value = field.value.bool { return value }
    report(
      "`required` of `\(parameter.name)` is \(field.value.typeName), not true or false",
      hint: "write `required: false`", field.valueNode)
    return nil
  }

  /// The problem told of the key that it stands under.
  private func inKey(_ key: String, _ problem: Failure) -> Failure {
    var problem = problem
    problem.message = "`\(key)` of " + problem.message
    return problem
  }
}
