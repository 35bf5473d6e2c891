import Formats
import Platform

extension EntryPoint {
  /// Checks what was given against what is declared, and fills in the defaults. Touches no file.
  ///
  /// A name that is not declared is passed on as an extra parameter, as MLflow does, with a warning when it looks like a
  /// misspelling; an entry point of a trainer takes none.
  ///
  /// - Throws: ``Failure`` with every problem: missing and repeated parameters, values of the wrong type, out of range or
  ///   not among the choices.
  package func arguments(given: [(name: String, value: String)]) throws(Failure) -> Arguments {
    var problems: [Failure] = []
    var values: [String: String] = [:]
    for (name, value) in given {
      if values.updateValue(value, forKey: name) != nil {
        problems.append(
          Failure(.usage, "`\(name)` is given twice", hint: "give -P \(name)=… once"))
      }
    }
    let declared = Set(parameters.map(\.name))
    let extra = given.filter { !declared.contains($0.name) }
    var resolved: [ResolvedParameter] = []
    var missing: [String] = []
    for parameter in parameters {
      let value = values[parameter.name]
      if let chosen = value ?? parameter.defaultValue ?? (parameter.flag == nil ? nil : "False") {
        if let problem = parameter.problem(with: chosen) { problems.append(problem) }
        resolved.append(
          ResolvedParameter(parameter.name, parameter.kind, value: chosen, given: value))
      } else if parameter.isRequired {
        missing.append(parameter.name)
        problems.append(missingFailure(parameter, extra: extra.map(\.name)))
      } else {
        resolved.append(
          ResolvedParameter(parameter.name, parameter.kind, value: "", isAbsent: true))
      }
    }
    if trainer != nil || takesOnlyDeclared { problems += extra.map { unknownFailure($0.name) } }
    let summary =
      missing.count > 1 && missing.count == problems.count
      ? "no values for the parameters \(quotedList(missing)) of `\(name)`"
      : "\(problems.count) problems with the parameters of `\(name)`"
    if let failure = Failure.together(problems, summary) { throw failure }
    resolved += extra.map {
      ResolvedParameter($0.name, value: $0.value, given: $0.value, isExtra: true)
    }
    return Arguments(resolved, warnings: extra.compactMap { misspelling($0.name, values) })
  }

  /// The entry point of a trainer with the trainer's own parameters: their types and limits, and the file's values as
  /// defaults. The order is the trainer's.
  ///
  /// - Throws: ``Failure`` with every problem: a parameter that the trainer does not have, a value that it does not take.
  package func declaring(_ own: [Parameter]) throws(Failure) -> EntryPoint {
    var result = self
    result.parameters = own
    var problems: [Failure] = []
    for written in parameters {
      guard let index = own.firstIndex(where: { $0.name == written.name }) else {
        var failure = result.unknownFailure(written.name)
        failure.location = written.location
        problems.append(failure)
        continue
      }
      var merged = own[index]
      merged.location = written.location
      merged.description = written.description ?? merged.description
      if let value = written.defaultValue {
        merged.defaultValue = value
        merged.isRequired = false
        if let problem = merged.problem(with: value, at: written.location) {
          problems.append(problem)
        }
      }
      result.parameters[index] = merged
    }
    let summary = "\(problems.count) problems with the parameters of `\(name)`"
    if let failure = Failure.together(problems, summary) { throw failure }
    return result
  }

  private func missingFailure(_ parameter: Parameter, extra: [String]) -> Failure {
    let hint =
      if let near = nearestName(to: parameter.name, among: extra) {
        "`\(near)` is given: did you mean -P \(parameter.name)=…?"
      } else {
        "add -P \(parameter.name)=VALUE"
      }
    return Failure(
      .usage, "no value for the parameter `\(parameter.name)` of `\(name)`", hint: hint,
      at: parameter.location)
  }

  private func unknownFailure(_ unknown: String) -> Failure {
    let names = parameters.map(\.name)
    let near = nearestName(to: unknown, among: names).map { "did you mean `\($0)`? " } ?? ""
    let list = names.isEmpty ? "it has none" : "it has: " + names.joined(separator: ", ")
    let owner = trainer.map { "the trainer `\($0)`" } ?? "the notebook of `\(name)`"
    return Failure(.usage, "\(owner) has no parameter `\(unknown)`", hint: near + list)
  }

  private func misspelling(_ extra: String, _ values: [String: String]) -> Warning? {
    let candidates = parameters.map(\.name).filter { values[$0] == nil }
    guard let near = nearestName(to: extra, among: candidates) else { return nil }
    return Warning(
      "`\(extra)` is not a parameter of `\(name)`; it is passed on as `--\(extra)`",
      hint: "did you mean `\(near)`?")
  }

  private func quotedList(_ names: [String]) -> String {
    names.map { "`\($0)`" }.joined(separator: ", ")
  }
}
