import Formats
import Platform
import SystemPackage

/// Renders a template with many combinations of its choices, and runs a command in each project.
package struct TemplateTrials: Sendable {
  package struct Result: Sendable {
    /// The answers that differ from the defaults or are choices, in the order of the questions.
    package var answers: [RenderingRequest.Given]
    /// Why it failed; nil when it did not.
    package var failure: Failure?
    package var files: Int
  }

  package let template: FilePath
  package let variables: [String: String]
  package let renderer: any TemplateRenderer
  private let kind: ScaffoldState.Kind
  package var isTrusted = false

  package init(
    template: FilePath, variables: [String: String],
    renderer: (ScaffoldState.Kind) -> any TemplateRenderer
  ) {
    self.template = template
    self.variables = variables
    kind = TemplateKind.of(template)
    self.renderer = renderer(kind)
  }

  /// The questions that have choices, yes-or-no questions included.
  package func factors() throws -> [AnswerCombinations.Factor] {
    switch kind {
    case .copier:
      return try CopierConfiguration(in: template).questions.compactMap { name, details in
        if let list = details["choices"], list.plainText == nil, details["multiselect"] == nil {
          let values = (list.pairs?.map(\.value) ?? list.items ?? []).map { item in
            item["value"]?.pythonText ?? item.items?.last?.pythonText ?? item.pythonText
          }
          return values.isEmpty ? nil : .init(name, values)
        }
        let isBool =
          details["type"]?.pythonText == "bool"
          || (details["type"] == nil && details["default"]?.isBool == true)
        return isBool ? .init(name, ["true", "false"]) : nil
      }
    case .cookiecutter:
      return try TemplateQuestions.declared(in: template).entries.compactMap { entry in
        guard !entry.key.hasPrefix("_") else { return nil }
        if case .bool(let value) = entry.value {
          return .init(entry.key, value ? ["true", "false"] : ["false", "true"])
        }
        guard let list = entry.value.list, list.count > 1 else { return nil }
        let values = list.compactMap { $0.string ?? $0.map?.entries.first?.key }
        return values.count == list.count ? .init(entry.key, values) : nil
      }
    }
  }

  /// Tries one combination.
  ///
  /// - Parameter command: shell text that is run in the project; a status other than 0 is a failure.
  package func attempt(_ given: [RenderingRequest.Given], command: String?) async throws -> Result {
    var result = Result(answers: given, failure: nil, files: 0)
    do {
      let checkout = TemplateCheckout(
        top: template, folder: template, version: .init(commit: nil, name: nil), removed: nil)
      let rendering = try await renderer.render(
        RenderingRequest(
          side: .fresh, template: checkout, address: template.string, given: given,
          isTrusted: isTrusted, folderName: "project"))
      result.files = rendering.tree.files.count
      if let command { try await run(command, in: rendering.tree) }
    } catch let failure as Failure {
      if failure.code == .interrupted { throw failure }
      result.failure = failure
    }
    return result
  }

  private func run(_ command: String, in tree: RenderedTree) async throws {
    let temporary = try TemporaryDirectory(prefix: "reprise-trial-").keep()
    defer { try? FileSystem.removeTree(temporary) }
    let folder = temporary.appending("project")
    try CopierProject(tree: tree).write(to: folder)
    let (end, output, error) = try await ChildProcess.capture(
      ChildCommand(
        "/bin/sh", ["-c", command], environment: variables, directory: folder))
    guard end.exitCode == 0 else {
      let said = String(decoding: error.isEmpty ? output : error, as: UTF8.self)
      let tail = said.split(separator: "\n").suffix(5).joined(separator: "\n")
      throw Failure(
        .no, "`\(command)` ended with \(end.exitCode)", cause: tail.isEmpty ? nil : tail)
    }
  }
}

extension ContextValue {
  fileprivate var isBool: Bool { if case .bool = self { true } else { false } }
}
