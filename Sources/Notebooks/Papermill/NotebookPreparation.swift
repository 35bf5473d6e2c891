import Formats
import Platform

/// Everything that happens to a notebook before its kernel starts, in papermill's order.
package struct NotebookPreparation: Sendable {
  package var request: NotebookRunRequest
  /// Worth a warning, and no reason to stop.
  package var warnings: [Failure] = []

  /// - Parameters:
  ///   - document: as it was read.
  ///   - inputPath: what is written down of where it was read.
  ///   - outputPath: what is written down of where it is written.
  /// - Throws: ``Failure``: parameters that the notebook does not take, or that cannot be written in its language.
  package init(
    _ document: NotebookDocument, parameters: NotebookParameters, inputPath: String,
    outputPath: String, options: NotebookRunOptions
  ) throws {
    var document = document
    document.addPapermillMetadata()
    if !parameters.isEmpty {
      let check = ParameterCheck(
        of: parameters, for: document, isStrict: options.isStrict, injected: options.injectedNames)
      try check.throwFailures()
      warnings = check.warnings
      let hasPlace =
        document.firstIndex(tagged: NotebookDocument.injectedTag) != nil
        || document.firstIndex(tagged: NotebookDocument.parametersTag) != nil
      if !hasPlace {
        warnings.append(
          Failure(
            .invalid, "Input notebook does not contain a cell with tag 'parameters'",
            hint: "the parameters stand in a cell at the top"))
      }
      try document.inject(
        parameters, kernel: options.kernel, language: options.language,
        hidesSource: options.isReport)
    }
    if options.isReport { document.hideSources() }
    document.setPaths(input: inputPath, output: outputPath)
    document.removeErrorMarkers()
    request = NotebookRunRequest(
      document: document, parameters: parameters, inputPath: inputPath, outputPath: outputPath,
      options: options)
  }
}
