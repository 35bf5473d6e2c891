import Formats
import Notebooks
import Platform
import Projects
import SystemPackage

/// The notebook of an entry point, as it was read.
struct NotebookEntry: Sendable {
  /// As MLproject has it: below the project's folder.
  let name: String
  let path: FilePath
  let document: NotebookDocument

  /// Reads what an entry point names.
  ///
  /// - Throws: ``Failure``: it is not there, is no notebook, or lies outside of the project.
  init(_ name: String, of entry: EntryPoint, in project: Project) throws {
    self.name = name
    let root = FileSystem.realPath(project.folder) ?? project.folder
    path = try FileSystem.absolute(FilePath(name), in: root).lexicallyNormalized()
    guard path.starts(with: root) else {
      throw Failure(
        .invalid, "the notebook `\(name)` of `\(entry.name)` lies outside the project",
        hint: "notebooks are paths below \(root)", at: entry.location)
    }
    guard try FileSystem.status(path)?.kind == .file else {
      throw Failure(
        .notFound, "the notebook `\(name)` of `\(entry.name)` does not exist",
        hint: "correct `notebook`, which is a path below the project's folder", at: entry.location)
    }
    document = try NotebookDocument(readingAnyForm: path)
  }

  /// Whether it is a script in Swift, which runs as one program and needs no kernel.
  var isLiterate: Bool { path.extension == "swift" && document.kernelName == nil }

  // MARK: Parameters

  /// The entry point with what the notebook's cell of parameters declares: types, limits and defaults, over which what the
  /// file says goes.
  ///
  /// A notebook without such a cell, or in a language that nobody reads here, takes what the file says as it is.
  ///
  /// - Throws: ``Failure`` with every parameter of the file that the notebook does not have, or has with another type.
  func declaring(_ entry: EntryPoint) throws -> EntryPoint {
    guard document.readsParameters,
      document.firstIndex(tagged: NotebookDocument.parametersTag) != nil
    else { return entry }
    let own = document.parameters
    var result = entry
    result.takesOnlyDeclared = true
    result.parameters = own.map(\.declaration)
    var problems: [Failure] = []
    for written in entry.parameters {
      guard let place = result.parameters.firstIndex(where: { $0.name == written.name }) else {
        let near = nearestName(to: written.name, among: own.map(\.name))
        problems.append(
          Failure(
            .invalid, "the notebook `\(name)` has no parameter `\(written.name)`",
            hint: near.map { "did you mean `\($0)`?" }
              ?? "assign it in the cell that is tagged `parameters`", at: written.location))
        continue
      }
      let inferred = result.parameters[place]
      guard let merged = NotebookEntry.merge(written, over: inferred) else {
        problems.append(
          Failure(
            .invalid,
            "`\(written.name)` is \(written.kind.word) here and \(inferred.kind.word) in the notebook `\(name)`",
            hint: "give both the same type", at: written.location))
        continue
      }
      result.parameters[place] = merged
    }
    let summary = "\(problems.count) parameters of `\(entry.name)` do not fit its notebook"
    if let failure = Failure.together(problems, summary) { throw failure }
    return result
  }

  /// Nil when the two do not agree on a type. A file that says nothing says `string`.
  private static func merge(_ written: Parameter, over inferred: Parameter) -> Parameter? {
    var merged = inferred
    switch (written.kind, inferred.kind) {
    case (.string, _): break
    case (.int, .float): merged.kind = .int
    case (let kind, .string) where kind == .path || kind == .uri: merged.kind = kind
    case (let kind, .other): merged.kind = kind
    case (let kind, let other): if kind != other { return nil }
    }
    merged.location = written.location
    merged.description = written.description ?? inferred.description
    if let value = written.defaultValue {
      merged.defaultValue = value
      merged.isRequired = false
    }
    if !written.choices.isEmpty { merged.choices = written.choices }
    merged.minimum = written.minimum ?? inferred.minimum
    merged.maximum = written.maximum ?? inferred.maximum
    return merged
  }

  // MARK: What will run

  /// The notebook with the values in it: those that were given, and the file's own defaults. Those of the notebook stand in it.
  ///
  /// - Throws: ``Failure``: a value that the notebook does not take, or no kernel that is known.
  func plan(_ arguments: Arguments, written: EntryPoint) throws -> RunPlan.Action {
    let parameters = try parameters(arguments, written: written)
    if isLiterate {
      try ParameterCheck(of: parameters, for: document, isStrict: true).throwFailures()
      let program = try LiterateSwift(FileSystem.readText(path))
        .program(with: parameters, name: name)
      return .program(SwiftPlan(name: name, path: path, program: program))
    }
    var options = NotebookRunOptions()
    options.isStrict = document.readsParameters
    let preparation = try NotebookPreparation(
      document, parameters: parameters, inputPath: name, outputPath: "out.ipynb", options: options)
    guard let kernel = preparation.request.kernel else {
      throw Failure(
        .invalid, "the notebook `\(name)` names no kernel",
        hint: "save it in Jupyter, which writes `kernelspec`", at: SourceLocation(file: name))
    }
    return .notebook(
      NotebookPlan(name: name, path: path, document: preparation.request.document, kernel: kernel))
  }

  private func parameters(
    _ arguments: Arguments, written: EntryPoint
  ) throws -> NotebookParameters {
    var parameters = NotebookParameters()
    for argument in arguments.parameters where !argument.isAbsent {
      let isWritten = written.parameter(named: argument.name)?.defaultValue != nil
      guard argument.given != nil || isWritten else { continue }
      try set(argument, in: &parameters)
    }
    return parameters
  }

  private func set(_ argument: ResolvedParameter, in parameters: inout NotebookParameters) throws {
    let text = argument.value
    switch argument.kind {
    case .string, .path, .uri: parameters.set(argument.name, to: .string(text))
    case .int:
      parameters.set(argument.name, to: PythonNumber.wholeNumber(text) ?? .string(text))
    case .float:
      parameters.set(
        argument.name, to: PythonNumber.float(text).map { .float($0) } ?? .string(text))
    case .bool:
      let isTrue = ["true", "1", "yes", "on"].contains(text.lowercased())
      parameters.set(argument.name, to: .bool(isTrue))
    case .other:
      // A list or a mapping, as YAML has it on one line.
      guard text.hasPrefix("[") || text.hasPrefix("{") else {
        return parameters.set(argument.name, toText: text)
      }
      do throws(ParseFailure) {
        try parameters.merge(yaml: Array("\(argument.name): \(text)".utf8))
      } catch {
        throw Failure(
          .invalid, "the value of `\(argument.name)` cannot be read: \(error.message)",
          hint: "write it as YAML on one line, such as [1, 2] or {a: 1}")
      }
    }
  }
}

extension NotebookParameter {
  /// As an entry point declares it.
  fileprivate var declaration: Parameter {
    var kind: Parameter.Kind
    switch type {
    case .bool: kind = .bool
    case .int: kind = .int
    case .float: kind = .float
    case .string: kind = .string
    case .choice(let values):
      kind = values.allSatisfy { $0.string != nil } ? .string : .other(type.text)
    case .any, .none, .list, .dictionary, .union: kind = .other(type.text)
    }
    // Where the range leaves out its end, the notebook's own check says so.
    let isNumber = kind == .int || kind == .float
    return Parameter(
      name, kind, default: defaultValue?.pythonText ?? defaultText,
      choices: kind == .string ? type.choices.compactMap(\.string) : [],
      minimum: isNumber ? range.map(\.lower).flatMap { $0.isFinite ? $0 : nil } : nil,
      maximum: isNumber ? range.map(\.upper).flatMap { $0.isFinite ? $0 : nil } : nil,
      description: help.isEmpty ? nil : help)
  }
}
