import Platform

extension NotebookDocument {
  package static let parametersTag = "parameters"
  package static let injectedTag = "injected-parameters"

  /// Puts the cell that assigns parameters into the notebook: in place of the one of an earlier run, else behind the cell
  /// tagged `parameters`, else at the top. No parameters change nothing.
  ///
  /// The cell keeps the id of the one it takes the place of, and `metadata.papermill.parameters` gets the values.
  ///
  /// - Parameters:
  ///   - kernel: in place of the notebook's own.
  ///   - language: in place of the notebook's own.
  ///   - hidesSource: as in a report.
  /// - Returns: the place of the cell; nil when there are no parameters.
  /// - Throws: ``Failure``: no kernel or language is known, or one that parameters cannot be written for, or values that
  ///   it has no form for.
  @discardableResult
  package mutating func inject(
    _ parameters: NotebookParameters, kernel: String? = nil, language: String? = nil,
    hidesSource: Bool = false
  ) throws -> Int? {
    guard !parameters.isEmpty else { return nil }
    let translator = try translator(kernel: kernel, language: language)
    let source = try translator.source(of: parameters)
    let values = try parameters.json()
    var cell = Cell(.code, id: "", source: source, metadata: ["tags": [.string(Self.injectedTag)]])
    if hidesSource { cell.metadata["jupyter"] = ["source_hidden": true] }
    let place: Int
    if let old = firstIndex(tagged: Self.injectedTag) {
      place = old
      cell.id = cells[old].id
      cells[old] = cell
    } else {
      place = firstIndex(tagged: Self.parametersTag).map { $0 + 1 } ?? 0
      var identifiers = CellIdentifiers(taken: cells.map(\.id))
      // Not of the values, so that the next run's cell has the same.
      cell.id = identifiers.next(kind: Self.injectedTag, index: 0, source: "")
      cells.insert(cell, at: place)
    }
    metadata["papermill", default: [:]]["parameters"] = values
    return place
  }

  /// What writes parameters for the notebook's kernel.
  package func translator(
    kernel: String? = nil, language: String? = nil
  ) throws -> any ParameterTranslator {
    guard let kernel = kernel ?? kernelName else {
      throw Failure(
        .invalid, "the notebook names no kernel",
        hint: "name one with `-k`, or save the notebook in Jupyter, which writes `kernelspec`")
    }
    guard let language = language ?? self.language else {
      throw Failure(
        .invalid, "the notebook does not say which language its cells are in",
        hint: "name it with `-l`, or save the notebook in Jupyter, which writes `language_info`")
    }
    return try ParameterTranslators.find(kernel: kernel, language: language)
  }
}
