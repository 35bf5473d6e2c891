import Formats

/// What the cell tagged `parameters` says of a parameter.
package struct NotebookParameter: Sendable, Hashable {
  package var name: String
  package var type: ParameterType
  /// Whether the type is written down, and not only that of the default.
  package var isDeclared: Bool
  /// Where a number must lie.
  package var range: ParameterRange?
  /// The default as it is written; nil when there is none.
  package var defaultText: String?
  /// The default, where it is a literal.
  package var defaultValue: YAMLValue?
  /// The comment behind it, without type and range.
  package var help: String
  /// In the cell, from 1.
  package var line: Int
}

extension NotebookDocument {
  /// The parameters that the notebook declares; empty without a cell tagged `parameters`, and for languages whose cells are
  /// not read here.
  package var parameters: [NotebookParameter] {
    guard let index = firstIndex(tagged: Self.parametersTag), cells[index].kind == .code else {
      return []
    }
    if isSwift { return SwiftParameters.parameters(in: cells[index].source) }
    return isPython ? ParameterSchema.parameters(in: cells[index].source) : []
  }

  /// Whether its cell of parameters is in a language that is read here.
  package var readsParameters: Bool { isPython || isSwift }

  /// Whether the cells are Python, as far as the notebook says.
  package var isPython: Bool {
    (try? ParameterTranslators.find(kernel: kernelName, language: language ?? "python"))
      is PythonTranslator
  }

  package var isSwift: Bool { language?.lowercased() == "swift" }
}
