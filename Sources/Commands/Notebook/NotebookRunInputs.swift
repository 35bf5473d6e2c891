import Formats
import Notebooks
import Platform

/// The parameters of a command line, merged in papermill's order.
struct NotebookRunInputs {
  private let options: PapermillOptions
  private let place: Place

  init(_ options: PapermillOptions, in place: Place) {
    self.options = options
    self.place = place
  }

  /// Names that we give and no notebook has to declare.
  static let pathNames: Set<String> = ["PAPERMILL_INPUT_PATH", "PAPERMILL_OUTPUT_PATH"]

  func parameters(for job: NotebookRunPlan.Job) throws -> NotebookParameters {
    var parameters = NotebookParameters()
    if options.injectInputPath || options.injectPaths {
      parameters.set("PAPERMILL_INPUT_PATH", to: .string(job.input))
    }
    if options.injectOutputPath || options.injectPaths {
      parameters.set("PAPERMILL_OUTPUT_PATH", to: .string(job.output))
    }
    for text in options.base64Parameters {
      try Self.reading("-b") { () throws(ParseFailure) in try parameters.merge(base64: text) }
    }
    for name in options.parameterFiles {
      let bytes = try Self.bytes(of: name, in: place)
      try Self.reading(name) { () throws(ParseFailure) in try parameters.merge(yaml: bytes) }
    }
    for text in options.yamlParameters {
      try Self.reading("-y") { () throws(ParseFailure) in
        try parameters.merge(yaml: Array(text.utf8))
      }
    }
    for pair in options.parameters { parameters.set(pair.name, toText: pair.value ?? "") }
    for pair in options.rawParameters { parameters.set(pair.name, to: .string(pair.value ?? "")) }
    for (name, value) in job.swept { parameters.set(name, toText: value) }
    return parameters
  }

  /// The content of a file; as for papermill, JSON itself may stand where its name is expected.
  private static func bytes(of name: String, in place: Place) throws -> [UInt8] {
    do {
      return try NotebookFile(name, in: place).bytes()
    } catch let failure as Failure {
      let text = Array(name.utf8)
      guard (try? NotebookJSON(parsing: text)) != nil else { throw failure }
      return text
    }
  }

  private static func reading(
    _ place: String, _ body: () throws(ParseFailure) -> Void
  ) throws {
    do throws(ParseFailure) {
      try body()
    } catch {
      throw error.failure(in: place)
    }
  }
}
