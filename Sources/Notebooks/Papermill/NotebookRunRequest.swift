/// One notebook that is ready to run, and how: what papermill's command line says, with our additions.
package struct NotebookRunRequest: Sendable {
  /// With its parameters injected and its metadata prepared.
  package var document: NotebookDocument
  package var parameters: NotebookParameters
  /// As it is written into the metadata; `-` for standard input.
  package var inputPath: String
  /// As it is written into the metadata; `-` for standard output.
  package var outputPath: String
  package var options: NotebookRunOptions

  package init(
    document: NotebookDocument, parameters: NotebookParameters, inputPath: String,
    outputPath: String, options: NotebookRunOptions
  ) {
    self.document = document
    self.parameters = parameters
    self.inputPath = inputPath
    self.outputPath = outputPath
    self.options = options
  }

  /// The kernel to start; nil when neither the options nor the notebook name one.
  package var kernel: String? { options.kernel ?? document.kernelName }
}
