import Formats
import Platform

/// Compares the values that a notebook is to be run with, with what its parameters cell says, before a kernel starts.
package struct ParameterCheck: Sendable {
  /// What stops the run.
  package private(set) var failures: [Failure] = []
  /// What is worth a warning: values that papermill takes as they are.
  package private(set) var warnings: [Failure] = []

  /// - Parameters:
  ///   - document: without a parameters cell, or with one that is not Python, everything is unknown, as for papermill,
  ///     and nothing is said.
  ///   - isStrict: whether unknown names, and values of another type than the default's, stop the run too.
  ///   - injected: names that we gave ourselves.
  package init(
    of parameters: NotebookParameters, for document: NotebookDocument, isStrict: Bool,
    injected: Set<String> = []
  ) {
    let known = document.parameters
    let listed = document.firstIndex(tagged: NotebookDocument.parametersTag)
      .map { ListedParameter.list(in: document.cells[$0].source).map(\.name) }
    for entry in parameters.entries where !injected.contains(entry.name) {
      if let parameter = known.first(where: { $0.name.hasSameBytes(as: entry.name) }) {
        check(entry.value, of: parameter, isStrict: isStrict)
      } else if !(listed ?? []).contains(where: { $0.hasSameBytes(as: entry.name) }) {
        guard document.readsParameters || listed == nil else { continue }
        var unknown = Self.unknown(entry.name, known: known.map(\.name))
        guard !isStrict else {
          failures.append(unknown)
          continue
        }
        // In papermill's words, for which logs are searched.
        unknown.message = "Passed unknown parameter: \(entry.name)"
        warnings.append(unknown)
      }
    }
  }

  /// Throws what stops the run: one failure, or one that holds them all.
  package func throwFailures() throws {
    guard let first = failures.first else { return }
    if failures.count == 1 { throw first }
    throw Failure(
      .invalid, "\(failures.count) parameters do not fit the notebook", details: failures)
  }

  private mutating func check(
    _ value: YAMLValue, of parameter: NotebookParameter, isStrict: Bool
  ) {
    guard parameter.type.accepts(value) else {
      let failure = Self.mismatch(value, parameter)
      if isStrict || parameter.isDeclared {
        failures.append(failure)
      } else {
        warnings.append(failure)
      }
      return
    }
    if let range = parameter.range, let number = value.number, !range.contains(number) {
      failures.append(
        Failure(
          .invalid,
          "the parameter `\(parameter.name)` lies in \(range.text), and \(value.pythonRepr) does not",
          hint: Self.place(parameter)))
    }
  }

  private static func unknown(_ name: String, known: [String]) -> Failure {
    let near = nearestName(to: name, among: known).map { "did you mean `\($0)`?" }
    let list =
      known.isEmpty ? "it declares none" : "it has: \(known.joined(separator: ", "))"
    return Failure(
      .invalid, "the notebook has no parameter `\(name)`",
      hint: [near, list].compactMap(\.self).joined(separator: " "))
  }

  private static func mismatch(_ value: YAMLValue, _ parameter: NotebookParameter) -> Failure {
    var hint = place(parameter)
    let choices = parameter.type.choices.compactMap(\.string)
    if let text = value.string, let near = nearestName(to: text, among: choices) {
      hint = "did you mean `\(near)`?"
    } else if parameter.type.accepts(.string("")), value.number != nil {
      hint = "to give it as text, write `-r \(parameter.name) \(value.pythonText)`"
    }
    return Failure(
      .invalid,
      "the parameter `\(parameter.name)` is \(parameter.type.text), and \(value.pythonRepr) is "
        + (parameter.type.choices.isEmpty ? value.typeName : "none of these"),
      hint: hint)
  }

  private static func place(_ parameter: NotebookParameter) -> String {
    "line \(parameter.line) of the parameters cell says so"
  }
}
